// Keeps a list of messages on screen in step with the server, touching only what changed.

import { h } from "./dom.js";
import { dateOf } from "./dates.js";
import { dayLine, editor, renderMessage, spoken } from "./message.js";
import { announce } from "./popup.js";
import { workspace } from "./workspace.js";

const NEAR_BOTTOM_PX = 120;

/** Where the focus stands inside a message, so that a redrawn message can get it back. */
function focusMark(node) {
  const active = document.activeElement;
  if (!node.contains(active) || active === node) return null;
  const { press, action, side } = active.dataset;
  const wanted = press ?? action;
  if (wanted === undefined) return null;
  return (fresh) => [...fresh.querySelectorAll("[data-press],[data-action]")]
    .find((one) => (one.dataset.press ?? one.dataset.action) === wanted && one.dataset.side === side);
}

function sameDay(one, other) {
  return one && dateOf(one.ts).toDateString() === dateOf(other.ts).toDateString();
}

/** One scrolling list of messages: the channel's or a thread's. */
export class Transcript {
  /** `label` names the list to screen readers; `actions` is handed to every message. */
  constructor(label, actions) {
    this.list = h("div", { class: "transcript", role: "log", "aria-label": label, "aria-live": "off", tabindex: 0 });
    this.actions = { ...actions, edit: (message) => this.edit(message) };
    this.shown = new Map();
    this.place = null;
    this.editing = null;
    this.growing = new Set();
  }

  edit(message) {
    const entry = this.shown.get(message.ts);
    const stop = () => {
      this.editing = null;
      entry.signature = null;
      this.draw(this.messages);
    };
    const save = async (text) => {
      if (await this.actions.save(message, text)) stop();
    };
    const node = editor(message, { save, cancel: stop });
    this.editing = message.ts;
    entry.node.querySelector(".body").replaceChildren(node);
    node.querySelector("textarea").focus();
  }

  /** Show these messages, oldest first; `place` names the conversation they belong to. */
  update(place, messages, empty) {
    const moved = place !== this.place;
    const news = moved ? [] : messages.filter((one) => this.isNews(one));
    const grew = !moved && this.growing.size > 0;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_BOTTOM_PX;
    if (moved) this.reset(place);
    this.draw(messages, empty);
    this.growing = new Set(messages.filter((one) => one.streaming).map((one) => one.ts));
    if (moved || atEnd) this.showEnd(messages, grew);
    if (news.length) announce(news.map(spoken).join(" "));
  }

  /** Whether to read a message out: one of somebody else that is new, or that has stopped growing. */
  isNews(message) {
    if (message.user === workspace.me.id) return false;
    return this.shown.has(message.ts) ? this.growing.has(message.ts) && !message.streaming : true;
  }

  /**
   * Scroll to the newest message; one taller than the pane is shown from its start, to be read on from there,
   * unless the person has just watched it grow.
   */
  showEnd(messages, grew) {
    this.list.scrollTop = this.list.scrollHeight;
    if (grew || messages.at(-1)?.streaming) return;
    const newest = messages.length ? this.shown.get(messages.at(-1).ts).node : null;
    if (newest && newest.offsetHeight > this.list.clientHeight) newest.scrollIntoView({ block: "start" });
  }

  reset(place) {
    this.place = place;
    this.shown.clear();
    this.editing = null;
    this.list.replaceChildren();
  }

  draw(messages, empty) {
    this.messages = messages;
    this.empty = empty ?? this.empty;
    const wanted = messages.flatMap((message, index) => [
      ...(sameDay(messages[index - 1], message) ? [] : [this.separator(message)]),
      this.node(message),
    ]);
    const kept = new Set(messages.map((message) => message.ts));
    [...this.shown.keys()].filter((ts) => !kept.has(ts)).forEach((ts) => this.shown.delete(ts));
    this.arrange(wanted.length ? wanted : [this.empty].filter(Boolean));
  }

  separator(message) {
    this.separators ??= new Map();
    const day = dateOf(message.ts).toDateString();
    if (!this.separators.has(day)) this.separators.set(day, dayLine(message));
    return this.separators.get(day);
  }

  node(message) {
    const signature = JSON.stringify(message);
    const known = this.shown.get(message.ts);
    if (known && (known.signature === signature || this.editing === message.ts)) return known.node;
    const refocus = known && focusMark(known.node);
    const node = renderMessage(message, this.actions);
    this.shown.set(message.ts, { node, signature });
    if (known) known.node.replaceWith(node);
    if (refocus) refocus(node)?.focus();
    return node;
  }

  /** Put nodes in this order without moving those already in place, so that focus and menus survive. */
  arrange(wanted) {
    const keep = new Set(wanted);
    [...this.list.children].filter((child) => !keep.has(child)).forEach((child) => child.remove());
    wanted.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }
}
