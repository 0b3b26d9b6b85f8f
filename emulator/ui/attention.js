// Tells an open agent what the person looks at, as Slack does: quietly, and only once the app was opened.

import { get, post } from "./api.js";
import { h, icon, ICONS } from "./dom.js";
import { attempt } from "./popup.js";
import { channel, channelName, workspace } from "./workspace.js";

const openedBy = new Set();

/** The person opened the app; from here on it hears where they turn. */
export function appOpened() {
  openedBy.add(workspace.me.id);
}

/** The person turned to a conversation, or to one message of it. The app not hearing of it is no news to them. */
export function lookedAt(id, ts) {
  if (!openedBy.has(workspace.me.id) || channel(id)?.dm_with_app) return;
  post("look_at", { as: workspace.me.id, channel: id, ts }).catch(() => undefined);
}

/** The conversation an entity of the context names, if I can see it. */
function place({ value }) {
  return channel(value?.channel_id ?? value);
}

/** A line saying what the app may take as a hint, with a way to take it back; null when there is nothing. */
export function contextLine(refresh) {
  const where = (workspace.assist.context?.entities ?? []).map(place).find(Boolean);
  if (!where) return null;
  const forget = () => attempt(() => post("look_at", { as: workspace.me.id }).then(refresh));
  return h("div", { class: "app-context" }, h("span", {}, `${workspace.app.name} knows you were looking at ${channelName(where)}`),
    h("button", { type: "button", class: "btn icon-only quiet", "aria-label": `Do not tell ${workspace.app.name}`, onclick: forget }, icon(ICONS.close)));
}

/** Fetch what the app offers and does in a conversation, and what it may know. */
export function assistOf(id) {
  return get("assist", { as: workspace.me.id, channel: id });
}
