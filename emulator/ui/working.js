// The line that says what the agent is doing, with its Stop button.

import { post } from "./api.js";
import { h, icon, ICONS } from "./dom.js";
import { attempt } from "./popup.js";
import { workspace } from "./workspace.js";

const SESSION_WORDS = { processing: "is working on it", suspended: "is waiting for you" };

/** The status line of a pane; `leave()` says where the focus goes when the button disappears. */
export class Working {
  constructor({ leave }) {
    this.leave = leave;
    // The words alone are live: a changed button beside them must not read them out again.
    this.words = h("div", { class: "status-words", role: "status" });
    this.stop = h("button", { type: "button", class: "btn stop", hidden: true, onclick: () => this.press() }, icon(ICONS.stop), "Stop");
    this.node = h("div", { class: "status" }, this.words, this.stop);
    this.thread = null;
  }

  /** Show what goes on in these threads of the open conversation, and Stop where `offersStop`. */
  draw(threads, offersStop) {
    const { statuses, sessions } = workspace.assist;
    const said = threads.map((ts) => statuses[ts] || SESSION_WORDS[sessions[ts]?.status]).find(Boolean);
    const line = said ? `${workspace.app.name} ${said}` : "";
    if (this.words.textContent !== line) this.words.replaceChildren(...(line ? [h("span", { class: "busy" }, line)] : []));
    this.thread = offersStop ? threads.findLast((ts) => sessions[ts]?.can_stop) ?? null : null;
    const hadFocus = document.activeElement === this.stop;
    this.stop.hidden = this.thread === null;
    if (hadFocus && this.stop.hidden) this.leave();
  }

  async press() {
    if (!this.thread || this.stop.getAttribute("aria-busy") === "true") return;
    this.stop.setAttribute("aria-busy", "true");
    await attempt(() => post("stop", { as: workspace.me.id, channel: workspace.channel, thread_ts: this.thread }));
    this.stop.removeAttribute("aria-busy");
  }
}
