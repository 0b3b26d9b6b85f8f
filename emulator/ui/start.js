// Where the page begins: as whom, and in which conversation.

import { get, post } from "./api.js";
import { absorb, appAvailable, botIn, channel, recall, workspace } from "./workspace.js";

/** The id of the person the page begins as when its address names nobody: the first of a client's staff. */
export async function firstPerson() {
  const { people } = await get("state");
  return (people.find((one) => one.persona === "client") ?? people.find((one) => !one.is_bot)).id;
}

/** Where a person starts: what they had open, their desk, the app's DM, or a channel the app is in. */
export async function startChannel(wanted) {
  const { me, channels } = workspace;
  const kept = [wanted, recall(`channel of ${me.id}`, null)].find((id) => id && channel(id));
  if (kept) return kept;
  const desk = channels.find((one) => one.kind === "private" && one.members.includes(me.id));
  if (me.persona === "consultant" && desk) return desk.id;
  if (appAvailable()) {
    const opened = await post("dm", { as: me.id });
    absorb(await get("state", { as: me.id }));
    return opened.channel;
  }
  const shared = channels.find((one) => one.members.includes(botIn(one)) && one.members.includes(me.id));
  return (shared ?? channels[0])?.id ?? null;
}
