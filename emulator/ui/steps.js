// The strip of four next steps, ticked by what really happened.

import { fill, h, icon, ICONS } from "./dom.js";
import { recall, remember, workspace } from "./workspace.js";

const STEPS = [
  { id: "ask", title: "Ask a question", hint: "Pick one below, or write your own and press Enter." },
  { id: "source", title: "Open a source", hint: "Under the answer, press a source to read the section it came from." },
  { id: "talk", title: "Talk to a consultant", hint: "Under any answer, press Talk to a consultant." },
  { id: "switch", title: "Switch to the consultant's side", hint: "Choose a consultant in You are, then look at the desk channel." },
];

const QUESTIONS = [
  "How long should we keep records?",
  "How do we know our backups work?",
  "How should we choose a supplier?",
  "Which security basics do we need?",
];

const SOURCE = /source|citation|section|article|passage/i;
const TALK = /talk|escalate/i;
const TOPIC = /topic/i;
const ASK = /ask/i;
const KEY = "next-steps";

/** The strip; `say(question)` posts a suggested question where the person is, `visit(stop)` looks elsewhere as somebody else. */
export class Steps {
  constructor(node, { say, visit }) {
    this.node = node;
    this.say = say;
    this.visit = visit;
    const kept = recall(KEY, { done: [], hidden: false });
    this.done = new Set(kept.done);
    this.hidden = kept.hidden;
    this.sourcePressed = false;
  }

  save() {
    remember(KEY, { done: [...this.done], hidden: this.hidden });
    this.draw();
  }

  tick(id) {
    if (this.done.has(id)) return;
    this.done.add(id);
    this.save();
  }

  /** The person posted something. */
  posted() {
    this.tick("ask");
  }

  /** The person presses something; its window may open before the press is acknowledged. */
  pressing(payload) {
    this.sourcePressed = SOURCE.test(`${payload.action_id ?? ""} ${payload.block_id ?? ""}`);
  }

  /** The app took a press. */
  pressed(payload) {
    if (TALK.test(payload.action_id ?? "")) this.tick("talk");
    if (TOPIC.test(payload.action_id ?? "")) this.tick("ask");
  }

  /** The app took a form. */
  submitted(view) {
    if (ASK.test(view.callback_id ?? "")) this.tick("ask");
  }

  /** A window opened. */
  viewOpened() {
    if (this.sourcePressed) this.tick("source");
    this.sourcePressed = false;
  }

  /** Another person took the page over. */
  switched() {
    this.sourcePressed = false;
    if (workspace.me.persona === "consultant") this.tick("switch");
  }

  get current() {
    return STEPS.find((step) => !this.done.has(step.id));
  }

  toggle() {
    this.hidden = !this.hidden;
    this.save();
    this.node.querySelector(".steps-toggle").focus();
  }

  item(step, index) {
    const done = this.done.has(step.id);
    const state = done ? "done" : step === this.current ? "current" : "ahead";
    return h("li", { class: `step ${state}`, "aria-current": state === "current" ? "step" : null, data: { step: step.id } },
      h("span", { class: "step-mark", "aria-hidden": "true" }, done ? icon(ICONS.check) : String(index + 1)),
      h("span", {}, h("span", { class: "step-title" }, step.title), h("span", { class: "hidden" }, done ? " (done)" : ""),
        h("span", { class: "step-hint" }, step.hint)));
  }

  /** The app's own prompts say the same, where there are any. */
  offersChips() {
    const isMine = this.current?.id === "ask" && workspace.me?.persona !== "consultant";
    const showsPrompts = workspace.tab === "messages" && workspace.assist.prompts.length > 0;
    return isMine && !showsPrompts;
  }

  chips() {
    if (!this.offersChips()) return null;
    return h("div", { class: "chips", role: "group", "aria-label": "Questions to try" }, QUESTIONS.map((question) =>
      h("button", { type: "button", class: "chip", onclick: () => this.say(question) }, question)));
  }

  /** Where else to look, as whom. */
  tour() {
    if (!workspace.tour.length) return null;
    return h("div", { class: "tour", role: "group", "aria-label": "Look around as a sample person" },
      h("span", { class: "small" }, "Everybody here is a sample person. Look around as"),
      h("div", { class: "chips" },
        workspace.tour.map((stop) => h("button", { type: "button", class: "chip", onclick: () => this.visit(stop) }, stop.title))));
  }

  /** Draw the strip for the current state. */
  draw() {
    const mark = [...this.done, this.hidden, this.offersChips(), workspace.tour.length].join(" ");
    // Drawing again what is there would take the focus from a chip.
    if (mark === this.drawn) return;
    this.drawn = mark;
    const count = `${this.done.size} of ${STEPS.length} done`;
    const summary = this.current ? `Next steps: ${count}` : "All four steps done. Look around as you like.";
    fill(this.node,
      h("div", { class: "steps-head" }, h("h2", { "aria-live": "polite" }, summary),
        h("button", { type: "button", class: "btn quiet steps-toggle", "aria-expanded": String(!this.hidden), onclick: () => this.toggle() },
          this.hidden ? "Show" : "Hide")),
      this.hidden ? null : h("ol", { class: "steps-list" }, STEPS.map((step, index) => this.item(step, index))),
      this.hidden ? null : this.chips(),
      this.hidden ? null : this.tour());
  }
}
