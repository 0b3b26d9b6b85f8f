// The switch that says who you are, and the list of conversations.

import { fill, h } from "./dom.js";
import { avatar } from "./message.js";
import { history } from "./sessions.js";
import { appAvailable, channelName, workspace } from "./workspace.js";

const SIDES = { client: "Client staff", cio: "CIO", consultant: "Consultant" };

function choice(one) {
  const detail = one.title || one.team_name;
  const label = `${one.real_name || one.name}${detail ? ` – ${detail}` : ""}`;
  return h("option", { value: one.id }, label);
}

/** Fill the “You are” select with people grouped by the side they stand on. */
export function drawSwitch(select) {
  const groups = Object.entries(SIDES).map(([persona, label]) => {
    const people = workspace.people.filter((one) => one.persona === persona);
    return people.length ? h("optgroup", { label }, people.map(choice)) : null;
  });
  const others = workspace.people.filter((one) => !one.is_bot && !(one.persona in SIDES));
  fill(select, groups, others.length ? h("optgroup", { label: "Others" }, others.map(choice)) : null);
  select.value = workspace.me.id;
}

/** Who the current person is and where they belong. */
function aboutMe() {
  const { me } = workspace;
  const notes = [SIDES[me.persona], me.is_guest && "guest", me.is_admin && "workspace admin"].filter(Boolean);
  return h("p", { class: "muted small pad" }, h("strong", { class: "block-line" }, me.team_name), notes.join(", "));
}

function mark(one) {
  if (one.kind === "im") return null;
  const kind = one.kind === "private" ? "private" : "";
  const words = [kind, one.is_ext_shared ? "shared" : ""].filter(Boolean).join(", ");
  return words ? h("span", { class: "tag" }, words) : null;
}

function row(one, open) {
  const current = one.id === workspace.channel;
  const fresh = workspace.unread.has(one.id);
  const name = channelName(one);
  return h("li", {}, h("button", {
    type: "button", class: `channel${current ? " current" : ""}${fresh ? " unread" : ""}`,
    "aria-current": current ? "page" : null, data: { channel: one.id }, onclick: () => open(one.id),
  }, one.kind === "im" ? avatar(one.id, name, one.dm_with_app) : null, h("span", { class: "channel-name" }, name), mark(one),
  fresh ? h("span", { class: "dot" }, h("span", { class: "hidden" }, "new messages")) : null));
}

function group(title, rows) {
  return rows.length ? h("section", {}, h("h2", {}, title), h("ul", {}, rows)) : null;
}

function appRow(openApp, open) {
  const known = workspace.channels.find((one) => one.dm_with_app);
  if (known) return [row(known, open)];
  const name = workspace.app.name;
  if (!appAvailable()) return [h("li", { class: "muted small pad" }, `${name} cannot be messaged directly from here. Mention it in a channel you share.`)];
  return [h("li", {}, h("button", { type: "button", class: "channel", onclick: openApp }, avatar("", name, true), h("span", { class: "channel-name" }, name)))];
}

/** Draw the conversations; `open(channelId)`, `openApp()` and `openSession(session)` follow a press. */
export function drawSidebar(node, { open, openApp, openSession }) {
  const redraw = () => drawSidebar(node, { open, openApp, openSession });
  const channels = workspace.channels.filter((one) => one.kind !== "im");
  const people = workspace.channels.filter((one) => one.kind === "im" && !one.dm_with_app);
  const { channel: held, session } = node.contains(document.activeElement) ? document.activeElement.dataset : {};
  fill(node, aboutMe(), group("App", appRow(openApp, open)), history(openSession, redraw), group("Channels", channels.map((one) => row(one, open))),
    group("Direct messages", people.map((one) => row(one, open))));
  const focused = held ? `[data-channel="${CSS.escape(held)}"]` : session && `[data-session="${CSS.escape(session)}"]`;
  if (focused) node.querySelector(focused)?.focus();
}
