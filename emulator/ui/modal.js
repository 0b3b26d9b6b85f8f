// Shows the top of a person's stack of modals, keeps what was typed, and shows errors at their field.

import { get, post } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { h, icon, ICONS } from "./dom.js";
import { collect, isEmpty } from "./inputs.js";
import { plain } from "./mrkdwn.js";
import { announce, attempt } from "./popup.js";
import { workspace } from "./workspace.js";

const REQUIRED = "Please complete this required field.";

/** What a window below is about: its first heading tells more than a title that all of them share. */
function nameOfView(view) {
  return plain(view.blocks.find((block) => block.type === "header")?.text ?? view.title);
}

/** The modal of this page; `press(payload)` reports a press inside it, `onSubmit(view)` a form that was taken. */
export class Modal {
  constructor({ press, onCount, onSubmit }) {
    this.press = press;
    this.onSubmit = onSubmit;
    this.onCount = onCount;
    this.dialog = h("dialog", { class: "modal" });
    this.stack = [];
    this.shown = null;
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    document.body.append(this.dialog);
  }

  get body() {
    return this.dialog.querySelector(".modal-body");
  }

  get top() {
    return this.stack.at(-1);
  }

  /** Fetch the stack again and show its top. */
  async refresh() {
    const me = workspace.me.id;
    const { views } = await get("views", { as: me });
    if (me !== workspace.me.id) return;
    const grew = views.length > 0 && !this.stack.some((view) => view.id === views.at(-1).id);
    this.stack = views;
    this.onCount({ count: views.length, grew });
    this.draw();
  }

  /** Forget everything, as when another person takes the page over. */
  clear() {
    this.stack = [];
    this.draw();
  }

  draw() {
    const view = this.top;
    if (!view) {
      this.shown = null;
      if (this.dialog.open) this.dialog.close();
      return;
    }
    const mark = `${view.id} ${view.hash ?? JSON.stringify(view.blocks)}`;
    if (this.shown === mark) return;
    const same = this.shown?.startsWith(`${view.id} `);
    const kept = same ? collect(this.dialog) : view.state?.values;
    const scrolled = same && plain(view.title) === this.title ? this.body.scrollTop : 0;
    this.title = plain(view.title);
    const focused = same ? document.activeElement?.dataset : null;
    this.shown = mark;
    this.render(view, kept);
    if (!this.dialog.open) this.dialog.showModal();
    this.focus(focused);
    if (scrolled) this.body.scrollTop = scrolled;
    if (!same) announce(`Window opened: ${plain(view.title)}`);
  }

  focus(data) {
    const same = data && [...this.dialog.querySelectorAll("[data-action],[data-press]")].find((node) =>
      node.dataset.block === data.block && (node.dataset.action ?? node.dataset.press) === (data.action ?? data.press));
    const first = this.dialog.querySelector(".modal-body :is(input, textarea, select)");
    (same ?? first ?? this.body).focus();
  }

  render(view, kept) {
    const surroundings = {
      kept,
      press: (payload) => this.press({ view_id: view.id, state: collect(this.dialog), ...payload }),
    };
    const deeper = this.stack.length > 1;
    const form = h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => this.submit(event, view) },
      h("header", { class: "modal-head" },
        h("div", { class: "avatar app", "aria-hidden": "true" }, "VC"),
        h("h2", { id: "modal-title" }, plain(view.title)),
        h("button", { type: "button", class: "btn icon-only quiet", "aria-label": deeper ? "Close all windows" : "Close",
          onclick: () => this.close({ all: deeper }) }, icon(ICONS.close))),
      h("div", { class: "modal-body", tabindex: 0 }, renderBlocks(view.blocks, surroundings)),
      h("footer", { class: "modal-foot" },
        h("span", { class: "muted small trail" }, deeper ? `In ${this.stack.slice(0, -1).map(nameOfView).join(" › ")}` : ""),
        h("button", { type: "button", class: "btn", onclick: () => this.close() }, plain(view.close) || (deeper ? "Back" : "Close")),
        view.submit ? h("button", { type: "submit", class: "btn primary" }, plain(view.submit)) : null));
    this.dialog.setAttribute("aria-labelledby", "modal-title");
    this.dialog.replaceChildren(form);
  }

  /** Close the top window, or with `all` the whole stack, as the cross does. */
  async close({ all = false } = {}) {
    const view = this.top;
    if (!view) return;
    await attempt(() => post("close_view", { as: workspace.me.id, view_id: view.id, all }));
    await this.refresh();
  }

  async submit(event, view) {
    event.preventDefault();
    this.showErrors(this.missing());
    if (this.dialog.querySelector("[aria-invalid=true]")) return;
    const button = this.dialog.querySelector("[type=submit]");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const body = { as: workspace.me.id, view_id: view.id, values: collect(this.dialog) };
    const answer = await attempt(() => post("submit", body));
    button.removeAttribute("aria-busy");
    if (!answer) return;
    if (answer.response_action === "errors") {
      this.showErrors(answer.errors);
      return;
    }
    this.onSubmit(view);
    await this.refresh();
  }

  /** The required fields left empty and those the browser itself finds wrong, with what to say at each. */
  missing() {
    const errors = {};
    for (const block of this.dialog.querySelectorAll("[data-input]")) {
      const control = block.querySelector("[data-action]");
      const empty = isEmpty(control.readState());
      if (empty && block.dataset.optional === "false") errors[block.dataset.input] = REQUIRED;
      else if (control.validity && !control.validity.valid) errors[block.dataset.input] = control.validationMessage;
    }
    return errors;
  }

  showErrors(errors = {}) {
    let first = null;
    for (const block of this.dialog.querySelectorAll("[data-input]")) {
      const said = errors[block.dataset.input] ?? "";
      const control = block.querySelector("[data-action]");
      block.querySelector(".field-error").textContent = said;
      if (said) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      if (said) first ??= control.matches(".choices") ? control.querySelector("input") : control;
    }
    first?.focus();
  }
}
