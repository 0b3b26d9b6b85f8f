// Holds what the page knows about the workspace, and what the person has open.

/** What the app offers and does where nothing was fetched yet. */
export const NOTHING_OFFERED = { prompts: [], statuses: {}, sessions: {} };

/** Shared, mutable: replaced piecewise by app.js after each fetch. */
export const workspace = {
  me: null,
  people: [],
  teams: [],
  channels: [],
  app: { id: "", name: "the app", bot_user_id: "", connections: 0, available: false },
  commands: [],
  shortcuts: [],
  tour: [],
  channel: null,
  thread: null,
  tab: "messages",
  unread: new Set(),
  assist: NOTHING_OFFERED,
  sessions: [],
};

/** Take over the answer of `/ui/state`. */
export function absorb(state) {
  const { people, teams, channels, app, commands, shortcuts, tour = [] } = state;
  Object.assign(workspace, { people, teams, channels, app, commands, shortcuts, tour });
  workspace.me = person(typeof state.me === "string" ? state.me : state.me.id);
}

/** The person with this id, or undefined. */
export function person(id) {
  return workspace.people.find((one) => one.id === id);
}

/** The channel with this id among those visible to me, or undefined. */
export function channel(id) {
  return workspace.channels.find((one) => one.id === id);
}

/** What to call a user id: a person's full name, the app's name, or the id itself. */
export function nameOf(id) {
  if (isAppBot(id)) return workspace.app.name;
  const known = person(id);
  return known ? known.real_name || known.name : id;
}

/** What to call a conversation in lists and headings. */
export function channelName(one) {
  if (!one) return "";
  if (one.dm_with_app) return workspace.app.name;
  if (one.kind !== "im") return `#${one.name}`;
  return one.members.filter((id) => id !== workspace.me.id).map(nameOf).join(", ") || one.name;
}

/** The bot of the app that hears a mention in a conversation: my own workspace's, else another's that is in it. */
export function botIn(one) {
  const { bot_user_id: own, bot_user_ids: bots = [own] } = workspace.app;
  const there = bots.filter((id) => one?.members.includes(id));
  return there.includes(own) ? own : there[0] ?? own;
}

/** Whether a user id is one of the app's bots, of whichever workspace. */
export function isAppBot(id) {
  return id === workspace.app.bot_user_id || Boolean(workspace.app.bot_user_ids?.includes(id));
}

/** Whether I can message the app directly: it must be installed in my team, and guests are kept out. */
export function appAvailable() {
  return workspace.app.available ?? workspace.teams.find((team) => team.id === workspace.me.team_id)?.app_installed ?? false;
}

/** Read a value kept for this browser tab. */
export function recall(key, fallback) {
  const stored = sessionStorage.getItem(key);
  return stored === null ? fallback : JSON.parse(stored);
}

/** Keep a value for this browser tab. */
export function remember(key, value) {
  sessionStorage.setItem(key, JSON.stringify(value));
}
