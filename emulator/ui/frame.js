// Draws what surrounds the messages: connection, heading, tabs and the thread's frame.

import { h } from "./dom.js";
import { drawSessionHead } from "./sessions.js";
import { botIn, channel, channelName, workspace } from "./workspace.js";

/** The element of this id. */
export const $ = (id) => document.getElementById(id);

/** The app's Messages and Home tabs; other conversations have none. */
export function drawTabs(one) {
  const isHome = workspace.tab === "home";
  $("tabs").hidden = !one?.dm_with_app;
  drawTab($("tab-messages"), !isHome);
  drawTab($("tab-home"), isHome);
}

/** Say that the server itself is gone. */
export function drawLost() {
  $("connection").textContent = "The local workspace does not answer";
  $("connection").classList.add("off");
}

/** Where the composer writes, and whether this person may. */
export function addressComposer(composer, one) {
  const member = Boolean(one?.members.includes(workspace.me.id));
  const target = channelName(one);
  if (!one) composer.address("Choose a conversation", false);
  else composer.address(member ? `Message ${target}` : `You are not a member of ${target}`, member);
}

function drawTab(node, selected) {
  node.setAttribute("aria-selected", String(selected));
  node.tabIndex = selected ? 0 : -1;
}

/** Say whether the app is there to answer. */
export function drawConnection() {
  const { app } = workspace;
  const node = $("connection");
  const reached = Boolean(app.connections || app.request_url);
  const how = app.request_url ? "is reached over HTTP" : "is connected";
  const line = `${app.name} ${reached ? how : "is not connected; messages wait for it"}`;
  node.classList.toggle("off", !reached);
  if (node.textContent !== line) node.textContent = line;
}

/** The heading over a conversation, with a way to bring the app in. */
export function drawHead(one) {
  $("title").textContent = channelName(one) || "Choose a conversation";
  $("members").textContent = one && one.kind !== "im" ? membersLine(one) : "";
  const invite = $("invite");
  const mine = one?.members.includes(workspace.me.id);
  invite.hidden = !one || one.kind === "im" || !mine || one.members.includes(botIn(one));
  invite.textContent = `Add ${workspace.app.name}`;
  document.title = one ? `${channelName(one)} | Local workspace` : "Local workspace";
}

function membersLine(one) {
  const count = `${one.members.length} members`;
  return one.is_ext_shared ? `${count}, shared with another company` : count;
}

/** Show or hide the thread beside the conversation; `refresh` follows a session's new title. */
export function drawThread(refresh) {
  const open = Boolean(workspace.thread) && workspace.tab === "messages";
  $("thread").hidden = !open;
  document.body.classList.toggle("with-thread", open);
  const where = h("span", { class: "muted small" }, channelName(channel(workspace.channel)));
  drawSessionHead($("thread-title"), ["Thread ", where], refresh);
}
