// Follows links to messages of these workspaces inside the page, and every other link outside it.

import { safeUrl } from "./dom.js";
import { workspace } from "./workspace.js";

const MESSAGE = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/;
let visit = () => {};

/** The message an address names: `{channel, ts, thread_ts}`; null for addresses of anywhere else. */
function placeOf(address) {
  const known = safeUrl(address);
  const url = known && new URL(known);
  const [, id, seconds, rest] = url?.pathname.match(MESSAGE) ?? [];
  const isHere = id && workspace.teams.some((team) => url.host === `${team.domain}.slack.com`);
  return isHere ? { channel: id, ts: `${seconds}.${rest}`, thread_ts: url.searchParams.get("thread_ts") } : null;
}

/** Go to an address a person pressed. */
export function follow(address) {
  const place = placeOf(address);
  if (place) visit(place);
  else window.open(address, "_blank", "noopener");
}

/** Call `open(place)` for every link to a message of these workspaces. */
export function followLinks(open) {
  visit = open;
  document.addEventListener("click", (event) => {
    const place = placeOf(event.target.closest?.("a[href]")?.href ?? "");
    if (!place) return;
    event.preventDefault();
    visit(place);
  });
}
