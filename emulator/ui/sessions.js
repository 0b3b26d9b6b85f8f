// The person's sessions with the agent: a history in the sidebar, and the heading over an open one.

import { post } from "./api.js";
import { shortDate } from "./dates.js";
import { fill, h, icon, ICONS } from "./dom.js";
import { unescape } from "./mrkdwn.js";
import { askText, attempt } from "./popup.js";
import { workspace } from "./workspace.js";

const WORDS = { processing: "Processing", active: "Active", suspended: "Waiting for you", closed: "Closed" };
const SHOWN_FIRST = 5;
const TITLE_MOST = 200;
let showsAll = false;

/** The session of a thread in the open conversation, or undefined. */
export function sessionOf(thread) {
  return workspace.sessions.find((one) => one.channel === workspace.channel && one.thread_ts === thread);
}

/** What to call a session: its title, else how it began. */
export function sessionTitle(session) {
  return session.title || unescape(session.first_words.replace(/<[@#!][^>]*>/g, "")).trim().slice(0, 80) || "New question";
}

/** The state of a session as a word. */
export function stateTag(session) {
  return h("span", { class: `tag session-${session.status}` }, WORDS[session.status] ?? session.status);
}

function row(session, open) {
  const current = session.channel === workspace.channel && session.thread_ts === workspace.thread;
  return h("li", {}, h("button", {
    type: "button", class: `session${current ? " current" : ""}`, "aria-current": current ? "true" : null,
    data: { session: session.thread_ts }, onclick: () => open(session),
  }, h("span", { class: "session-title" }, sessionTitle(session)),
  h("span", { class: "session-note" }, stateTag(session), h("span", { class: "when" }, shortDate(session.latest_ts)))));
}

/** The history; `open(session)` follows a press, `redraw()` draws the list again. */
export function history(open, redraw) {
  const { sessions } = workspace;
  if (!sessions.length) return null;
  const hidden = sessions.length - SHOWN_FIRST;
  const toggle = () => {
    showsAll = !showsAll;
    redraw();
  };
  return h("section", { class: "history", "aria-label": "Your sessions" }, h("h2", {}, "Your sessions"),
    h("ul", {}, (showsAll ? sessions : sessions.slice(0, SHOWN_FIRST)).map((one) => row(one, open))),
    hidden > 0 ? h("button", { type: "button", class: "btn quiet small", "aria-expanded": String(showsAll), data: { session: "more" }, onclick: toggle },
      showsAll ? "Show fewer" : `Show ${hidden} older`) : null);
}

async function rename(session, refresh) {
  const title = await askText({
    title: "Rename this session", label: "Title", value: sessionTitle(session), most: TITLE_MOST, confirm: "Rename",
  });
  if (!title) return;
  const { channel, thread_ts } = session;
  await attempt(() => post("rename_session", { as: workspace.me.id, channel, thread_ts, title }));
  await refresh();
}

/** Fill the thread's heading with the session's title, state and rename button, or with `otherwise`. */
export function drawSessionHead(node, otherwise, refresh) {
  const session = sessionOf(workspace.thread);
  if (!session) return fill(node, h("h2", {}, ...otherwise));
  const title = sessionTitle(session);
  return fill(node, h("h2", { title }, title), stateTag(session),
    h("button", { type: "button", class: "btn icon-only quiet", "aria-label": "Rename this session", onclick: () => rename(session, refresh) }, icon(ICONS.pencil)));
}
