// Starts the page and joins its parts: who you are, what is open, and what the server reports.

import { get, listen, post } from "./api.js";
import { appOpened, lookedAt } from "./attention.js";
import { coalesce } from "./coalesce.js";
import { fill, h, icon, ICONS } from "./dom.js";
import { $, addressComposer, drawConnection, drawHead, drawLost, drawTabs, drawThread } from "./frame.js";
import { Home } from "./home.js";
import { Modal } from "./modal.js";
import { Pane } from "./pane.js";
import { WorkspacePanel } from "./panel.js";
import { followLinks } from "./permalink.js";
import { attempt, notify } from "./popup.js";
import { drawSidebar, drawSwitch } from "./sidebar.js";
import { firstPerson, startChannel } from "./start.js";
import { Steps } from "./steps.js";
import { absorb, appAvailable, botIn, channel, NOTHING_OFFERED, remember, workspace } from "./workspace.js";

const NARROW = window.matchMedia("(max-width: 820px)");
const events = { press, posted, assisted: () => steps.draw() };
const panel = new WorkspacePanel();
const modal = new Modal({ press, onCount: ({ grew }) => grew && steps.viewOpened(), onSubmit: (view) => steps.submitted(view) });
const home = new Home({ press });
const pane = new Pane({ id: "channel", label: "Messages", inThread: false, openThread, events });
const thread = new Pane({ id: "thread-pane", label: "Thread", inThread: true, openThread: null, events });
const steps = new Steps($("steps"), {
  say: (question) => attempt(() => saySuggested(question)),
  visit: (stop) => attempt(() => visit(stop)),
});

let stopListening = () => {};
let followed = null;
// Threads that got a reply: the answer can be quicker than the server's word that the question was posted.
const replied = new Set();

const refreshPane = coalesce(() => pane.refresh(emptyNote()));
const refreshThread = coalesce(() => thread.refresh());
const refreshModal = coalesce(() => modal.refresh());
const refreshHome = coalesce(() => home.refresh());
const refreshSessions = coalesce(async () => {
  const { id } = workspace.me;
  const { sessions } = await get("sessions", { as: id });
  if (id !== workspace.me.id) return;
  workspace.sessions = sessions;
  drawConversations();
});
const refreshState = coalesce(async () => {
  const { id } = workspace.me;
  const state = await get("state", { as: id });
  if (id !== workspace.me.id) return;
  absorb(state);
  drawFrame();
});

function emptyNote() {
  const one = channel(workspace.channel);
  const words = one?.dm_with_app
    ? `This is the start of your conversation with ${workspace.app.name}. Ask a question in your own words.`
    : `Nothing here yet. Mention @${workspace.app.name} to ask it something.`;
  return h("p", { class: "empty" }, words);
}

async function press(payload) {
  steps.pressing(payload);
  if (await attempt(() => post("press", { as: workspace.me.id, ...payload }))) steps.pressed(payload);
}

function posted({ ts, thread_ts }) {
  steps.posted();
  if (thread_ts) return;
  followed = ts;
  showAnswer();
}

/** Open the thread under my latest question once something stands in it. */
function showAnswer() {
  if (replied.has(followed)) openThread(followed, { focus: false });
}

/** Ask a suggested question where the app will hear it: plainly in its DM, by mention elsewhere. */
function saySuggested(question) {
  const direct = channel(workspace.channel)?.dm_with_app;
  workspace.tab = "messages";
  drawFrame();
  return pane.send({ text: direct ? question : `<@${botIn(channel(workspace.channel))}> ${question}`, files: [] });
}

function drawFrame() {
  const one = channel(workspace.channel);
  const isHome = workspace.tab === "home";
  drawSwitch($("who"));
  drawConnection();
  drawHead(one);
  drawTabs(one);
  pane.node.hidden = isHome;
  home.node.hidden = !isHome;
  addressComposer(pane.composer, one);
  thread.composer.address("Reply in this thread");
  drawConversations();
  pane.drawSurroundings();
  steps.draw();
}

/** What shows the person's sessions: the list of conversations and the heading over a thread. */
function drawConversations() {
  drawSidebar($("sidebar"), { open: openChannel, openApp, openSession: openPlace });
  drawThread(refreshSessions);
}

function openThread(ts, { focus = true } = {}) {
  followed = null;
  workspace.thread = ts;
  drawFrame();
  refreshThread();
  lookedAt(workspace.channel, ts);
  if (focus) thread.composer.field.focus();
}

function closeThread() {
  const root = workspace.thread;
  workspace.thread = null;
  drawFrame();
  const opener = pane.transcript.list.querySelector(`[data-ts="${CSS.escape(root ?? "")}"] .replies`);
  (opener ?? pane.composer.field).focus();
}

function toggleSidebar(open) {
  document.body.classList.toggle("with-sidebar", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

function openChannel(id) {
  Object.assign(workspace, { channel: id, thread: null, tab: "messages", assist: NOTHING_OFFERED });
  workspace.unread.delete(id);
  followed = null;
  remember(`channel of ${workspace.me.id}`, id);
  history.replaceState(null, "", `?as=${workspace.me.id}&channel=${id}`);
  toggleSidebar(false);
  drawFrame();
  refreshPane();
  if (channel(id)?.dm_with_app) openMessages();
  lookedAt(id);
  if (!NARROW.matches) pane.composer.field.focus();
}

/** Open the app's Messages tab, if the app is there for this person; its prompts follow. */
function openMessages() {
  appOpened();
  if (appAvailable()) attempt(() => post("open_messages_tab", { as: workspace.me.id }));
}

/** Open a thread wherever it is: one of the sessions, or the one a link leads to. */
function openPlace({ channel: id, ts, thread_ts: root }) {
  if (!channel(id)) return notify("This person cannot see that conversation.", "error");
  if (id !== workspace.channel || workspace.tab !== "messages") openChannel(id);
  toggleSidebar(false);
  return openThread(root ?? ts);
}

async function openApp() {
  const opened = await attempt(() => post("dm", { as: workspace.me.id }));
  if (!opened) return;
  await refreshState();
  openChannel(opened.channel);
}

function openTab(tab) {
  workspace.tab = tab;
  drawFrame();
  $(`tab-${tab}`).focus();
  if (tab === "home") attempt(() => post("home", { as: workspace.me.id }).then(refreshHome));
  else openMessages();
}

async function become(id, wantedChannel) {
  stopListening();
  modal.clear();
  const state = await get("state", { as: id });
  absorb(state);
  workspace.unread.clear();
  workspace.sessions = [];
  const start = await startChannel(wantedChannel);
  stopListening = listen(workspace.me.id, onEvent);
  openChannel(start);
  refreshSessions();
  if (workspace.tab === "home") refreshHome();
}

/** Look where a stop of the tour leads: into a channel, or on the app's Home. */
async function visit({ person: id, channel: wanted }) {
  workspace.tab = "messages";
  await become(id, wanted);
  steps.switched();
  if (wanted) return;
  await openApp();
  openTab("home");
}

function refreshAll() {
  refreshState();
  refreshSessions();
  refreshPane();
  refreshThread();
  refreshModal();
  if (workspace.tab === "home") refreshHome();
}

function onMessage(event) {
  if (event.type === "message" && channel(event.channel)?.dm_with_app) refreshSessions();
  if (event.channel !== workspace.channel) {
    if (event.type === "message") workspace.unread.add(event.channel);
    return channel(event.channel) ? drawFrame() : refreshState();
  }
  if (event.type === "message" && event.thread_ts) replied.add(event.thread_ts);
  showAnswer();
  refreshPane();
  return refreshThread();
}

function onAssist(event) {
  if (event.type === "status") refreshSessions();
  if (event.channel !== workspace.channel) return;
  refreshPane();
  refreshThread();
}

function onConnections() {
  refreshState();
  panel.changed();
}

const HANDLERS = {
  opened: refreshAll,
  lost: drawLost,
  message: onMessage,
  message_changed: onMessage,
  message_deleted: onMessage,
  ephemeral: onMessage,
  view: refreshModal,
  home: refreshHome,
  status: onAssist,
  prompts: onAssist,
  connections: onConnections,
};

function onEvent(event) {
  HANDLERS[event.type]?.(event);
}

function onTabKey(event) {
  if (["ArrowLeft", "ArrowRight"].includes(event.key)) openTab(workspace.tab === "home" ? "messages" : "home");
}

function wire() {
  fill($("menu"), icon(ICONS.menu));
  fill($("workspaces"), icon(ICONS.plug), h("span", {}, "Workspaces"));
  $("workspaces").setAttribute("aria-haspopup", "dialog");
  $("workspaces").addEventListener("click", () => attempt(() => panel.open()));
  fill($("thread-close"), icon(ICONS.close));
  followLinks(openPlace);
  $("stage").append(pane.node, home.node);
  home.node.id = "home";
  $("thread").append(thread.node);
  $("who").addEventListener("change", (event) => attempt(async () => {
    await become(event.target.value);
    steps.switched();
    $("who").focus();
  }));
  $("menu").addEventListener("click", () => toggleSidebar(!document.body.classList.contains("with-sidebar")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !document.body.classList.contains("with-sidebar")) return;
    toggleSidebar(false);
    $("menu").focus();
  });
  $("main").addEventListener("pointerdown", () => toggleSidebar(false));
  $("thread-close").addEventListener("click", closeThread);
  $("thread").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());
  $("tab-messages").addEventListener("click", () => openTab("messages"));
  $("tab-home").addEventListener("click", () => openTab("home"));
  $("tabs").addEventListener("keydown", onTabKey);
  $("invite").addEventListener("click", () => attempt(() =>
    post("invite", { as: workspace.me.id, channel: workspace.channel, user: botIn(channel(workspace.channel)) }).then(refreshState)));
}

async function start() {
  wire();
  const wanted = new URLSearchParams(location.search);
  await become(wanted.get("as") || await firstPerson(), wanted.get("channel"));
}

attempt(start);
