// One conversation on screen: its messages, who is busy, suggested prompts and the composer.

import { get, post } from "./api.js";
import { assistOf, contextLine } from "./attention.js";
import { Composer } from "./composer.js";
import { withMentions } from "./completion.js";
import { fill, h } from "./dom.js";
import { collect } from "./inputs.js";
import { attempt } from "./popup.js";
import { Transcript } from "./transcript.js";
import { Working } from "./working.js";
import { channel as channelOf, workspace } from "./workspace.js";

/** The channel's pane or, with `inThread`, the thread's. `events` tells the page what the person did. */
export class Pane {
  constructor({ id, label, inThread, openThread, events }) {
    this.inThread = inThread;
    this.events = events;
    this.transcript = new Transcript(label, { ...this.actions(), openThread });
    this.working = new Working({ leave: () => this.composer.field.focus() });
    this.prompts = h("div", { class: "chips prompts", role: "group", "aria-label": "Suggested prompts" });
    this.context = h("div", { class: "context-slot" });
    this.composer = new Composer({
      id: `${id}-composer`, label: inThread ? "Reply in thread" : "Message", inThread,
      send: (message) => this.send(message),
      command: (command, text) => post("command", { ...this.here(), command, text }),
      shortcut: (one) => attempt(() => post("shortcut", { as: workspace.me.id, callback_id: one.callback_id })),
    });
    this.node = h("div", { class: "pane", id },
      this.transcript.list, this.working.node, this.prompts, this.context, this.composer.node);
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
    const { channel, me: { id: me } } = workspace;
    const thread = this.thread;
    if (!channel || (this.inThread && !thread)) return;
    const [answer, assist] = await Promise.all([get("messages", { as: me, channel, thread_ts: thread }), assistOf(channel)]);
    if (channel !== workspace.channel || me !== workspace.me.id || thread !== this.thread) return;
    workspace.assist = assist;
    this.transcript.update(`${me} ${channel} ${thread ?? ""}`, answer.messages, empty);
    this.drawSurroundings();
    this.events.assisted();
  }

  /** Show who is busy here, which prompts the app suggests and what it may know. */
  drawSurroundings() {
    const { statuses, sessions } = workspace.assist;
    const threads = this.inThread ? [this.thread] : [...new Set([...Object.keys(statuses), ...Object.keys(sessions)])];
    // An open thread has its own Stop; a second one beside it would only ask which.
    this.working.draw(threads, this.inThread || !workspace.thread);
    if (this.inThread) return;
    const { prompts, prompts_title: title, context } = workspace.assist;
    const mark = JSON.stringify([workspace.channel, title, prompts, context]);
    // Drawing again what is there would take the focus from a chip.
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.drawPrompts(prompts, title);
    const isApp = channelOf(workspace.channel)?.dm_with_app;
    fill(this.context, isApp ? contextLine(() => this.refresh()) : null);
  }

  drawPrompts(prompts, title) {
    const say = (prompt) => () => attempt(() => this.send({ text: prompt.message, files: [] }));
    const chip = (prompt) => h("button", { type: "button", class: "chip", title: prompt.message, onclick: say(prompt) }, prompt.title);
    fill(this.prompts, prompts.length ? h("span", { class: "prompts-title" }, title || "Try asking") : null, prompts.map(chip));
  }
}
