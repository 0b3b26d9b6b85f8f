// The app's Home tab.

import { get } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { collect } from "./inputs.js";
import { workspace } from "./workspace.js";

/** The Home of the app for the current person; `press(payload)` reports a press in it. */
export class Home {
  constructor({ press }) {
    this.press = press;
    this.node = h("div", { class: "home", role: "region", "aria-label": "App home", tabindex: 0 });
    this.shown = null;
  }

  /** Fetch the view and show it; what was typed stays while the view stays the same. */
  async refresh() {
    const me = workspace.me.id;
    const { view } = await get("home", { as: me });
    if (me !== workspace.me.id) return;
    const mark = view ? `${view.id} ${view.hash ?? JSON.stringify(view.blocks)}` : `none ${me}`;
    if (mark === this.shown) return;
    const kept = view && this.shown?.startsWith(`${view.id} `) ? collect(this.node) : view?.state?.values;
    this.shown = mark;
    fill(this.node, view ? this.body(view, kept) : this.empty());
  }

  body(view, kept) {
    const press = (payload) => this.press({ view_id: view.id, state: collect(this.node), ...payload });
    return renderBlocks(view.blocks, { kept, press });
  }

  empty() {
    return h("p", { class: "empty" }, `${workspace.app.name} has not published a home page yet. Its messages are under Messages.`);
  }
}
