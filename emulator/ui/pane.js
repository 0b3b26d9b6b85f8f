// One conversation on screen: its messages, who is busy, suggested prompts and the composer.

import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { withMentions } from "./completion.js";
import { fill, h } from "./dom.js";
import { collect } from "./inputs.js";
import { attempt } from "./popup.js";
import { Transcript } from "./transcript.js";
import { workspace } from "./workspace.js";

const SESSION_WORDS = { processing: "is working on it", suspended: "is waiting for you" };

/** The channel's pane or, with `inThread`, the thread's. `events` tells the page what the person did. */
export class Pane {
  constructor({ id, label, inThread, openThread, events }) {
    this.inThread = inThread;
    this.events = events;
    this.transcript = new Transcript(label, { ...this.actions(), openThread });
    this.status = h("div", { class: "status", role: "status" });
    this.prompts = h("div", { class: "chips prompts", role: "group", "aria-label": "Suggested prompts" });
    this.composer = new Composer({
      id: `${id}-composer`, label: inThread ? "Reply in thread" : "Message", inThread,
      send: (message) => this.send(message),
      command: (command, text) => post("command", { ...this.here(), command, text }),
      shortcut: (one) => attempt(() => post("shortcut", { as: workspace.me.id, callback_id: one.callback_id })),
    });
    this.node = h("div", { class: "pane", id }, this.transcript.list, this.status, this.prompts, this.composer.node);
  }

  here() {
    return { as: workspace.me.id, channel: workspace.channel };
  }

  get thread() {
    return this.inThread ? workspace.thread : undefined;
  }

  actions() {
    const at = (message) => ({ ...this.here(), ts: message.ts });
    return {
      press: (message, payload) => this.press(message, payload),
      react: (message, name) => attempt(() => post("react", { ...at(message), name })),
      shortcut: (message, one) => attempt(() => post("shortcut", { ...at(message), callback_id: one.callback_id })),
      save: (message, text) => attempt(() => post("edit", { ...at(message), text: withMentions(text) })),
      remove: (message) => attempt(() => post("delete", at(message))),
    };
  }

  press(message, payload) {
    const node = this.transcript.list.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`);
    return this.events.press({ channel: workspace.channel, ts: message.ts, state: node ? collect(node) : {}, ...payload });
  }

  async send({ text, files }) {
    const thread_ts = this.thread;
    const { ts } = await post("post", { ...this.here(), text, thread_ts, files });
    this.events.posted({ ts, thread_ts });
    return true;
  }

  /** Fetch and show; does nothing with an answer that comes after the person moved on. */
  async refresh(empty) {
    const { channel, me } = workspace;
    const thread = this.thread;
    if (!channel || (this.inThread && !thread)) return;
    const [answer, assist] = await Promise.all([
      get("messages", { as: me.id, channel, thread_ts: thread }), get("assist", { as: me.id, channel }),
    ]);
    if (channel !== workspace.channel || me !== workspace.me || thread !== this.thread) return;
    workspace.assist = assist;
    this.transcript.update(`${me.id} ${channel} ${thread ?? ""}`, answer.messages, empty);
    this.drawSurroundings();
  }

  /** What the app says it is doing in this thread, or in any thread of this conversation. */
  busy() {
    const { statuses, sessions } = workspace.assist;
    const threads = this.inThread ? [this.thread] : [...Object.keys(statuses), ...Object.keys(sessions)];
    const words = threads.map((ts) => statuses[ts] || SESSION_WORDS[sessions[ts]?.status]);
    return words.find(Boolean);
  }

  /** Show who is busy here and which prompts the app suggests. */
  drawSurroundings() {
    const { prompts } = workspace.assist;
    const busy = this.busy();
    fill(this.status, busy ? h("span", { class: "busy" }, `${workspace.app.name} ${busy}`) : null);
    const offered = this.inThread ? [] : prompts;
    const say = (prompt) => () => attempt(() => this.send({ text: prompt.message, files: [] }));
    fill(this.prompts, offered.map((prompt) => h("button", { type: "button", class: "chip", onclick: say(prompt) }, prompt.title)));
  }
}
