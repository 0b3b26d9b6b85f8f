// The workspaces of this local Slack: who belongs where, where the app is installed, how it is reached.

import { get, post } from "./api.js";
import { fill, h, icon, ICONS } from "./dom.js";
import { attempt, confirmed, notify } from "./popup.js";
import { nameOf, person, workspace } from "./workspace.js";

const SIDES = { client: "client staff", cio: "CIO", consultant: "consultant" };

function plainText(text) {
  return { type: "plain_text", text };
}

function sure(title, text, confirm) {
  return confirmed({ title: plainText(title), text: plainText(text), confirm: plainText(confirm), deny: plainText("Cancel"), style: "danger" });
}

function member({ id, is_guest: isGuest, is_admin: isAdmin }) {
  const notes = [SIDES[person(id)?.persona], isGuest && "guest", isAdmin && "admin"].filter(Boolean).join(", ");
  return h("li", {}, nameOf(id), notes ? h("span", { class: "muted small" }, ` ${notes}`) : null);
}

/** The dialog; `open()` fetches and shows it. */
export class WorkspacePanel {
  constructor() {
    this.body = h("div", { class: "panel-body", tabindex: 0 });
    this.dialog = h("dialog", { class: "panel", "aria-labelledby": "panel-title" },
      h("header", { class: "modal-head" }, h("h2", { id: "panel-title" }, "Workspaces"),
        h("button", { type: "button", class: "btn icon-only quiet", "aria-label": "Close", onclick: () => this.dialog.close() }, icon(ICONS.close))),
      this.body);
    document.body.append(this.dialog);
  }

  async open() {
    await this.refresh();
    this.dialog.showModal();
  }

  /** Show what changed while the panel is open. */
  changed() {
    if (this.dialog.open) attempt(() => this.refresh());
  }

  async refresh() {
    const { workspaces, delivery } = await get("workspaces", { as: workspace.me.id });
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    fill(this.body, this.delivery(delivery), workspaces.map((one) => this.workspace(one)));
    if (focused) (this.body.querySelector(`[data-act="${CSS.escape(focused)}"]`) ?? this.body).focus();
  }

  act(name, key, words, run, style = "") {
    return h("button", { type: "button", class: `btn${style}`, data: { act: `${name} ${key}` }, onclick: run }, words);
  }

  async run(path, body) {
    const answer = await attempt(() => post(path, { as: workspace.me.id, ...body }));
    this.changed();
    return answer;
  }

  delivery({ request_url: url, connections, on_the_way: onTheWay, given_up: givenUp, last_answer: last }) {
    const counted = connections === 1 ? "1 connection" : `${connections} connections`;
    const way = url ? ["HTTP to ", h("code", {}, url)] : [`Socket Mode, ${connections ? counted : "not connected"}`];
    const facts = [onTheWay && `${onTheWay} on the way`, givenUp && `${givenUp} given up`, url && last && `last answer ${last}`];
    const refresh = (reason) => () => this.run("disconnect", { reason });
    return h("section", { class: "panel-part" }, h("h3", {}, `How ${workspace.app.name} is reached`),
      h("p", {}, way), h("p", { class: "muted small" }, facts.filter(Boolean).join(", ")),
      url || !connections ? null : h("div", { class: "row" },
        this.act("refresh", "all", "Refresh connections", refresh("warning")),
        this.act("disconnect", "all", "Disconnect", refresh("refresh_requested"))));
  }

  workspace(one) {
    const state = one.install ? `Installed with ${one.install.scopes} scopes` : "Not installed";
    const shared = one.shared_channels.map((name) => `#${name}`).join(", ");
    return h("section", { class: "panel-part", data: { team: one.id } },
      h("div", { class: "panel-head" }, h("h3", {}, one.name), h("span", { class: `tag${one.install ? " complete" : ""}` }, state)),
      h("ul", { class: "members" }, one.people.map(member)),
      shared ? h("p", { class: "muted small" }, `Shares ${shared} with another company`) : null,
      h("div", { class: "row" }, one.install ? this.removal(one) : this.installing(one)));
  }

  installing(one) {
    const { install_url: url, id, name } = one;
    if (url) return h("a", { class: "btn primary", href: url, target: "_blank", rel: "noopener" }, `Install in ${name}`);
    return this.act("install", id, `Install in ${name}`, async () => {
      const answer = await this.run("install", { team: id });
      if (answer) notify(`Installed. Start the app with this workspace's token: ${answer.token}`);
    }, " primary");
  }

  removal({ id, name }) {
    const app = workspace.app.name;
    const uninstall = async () => {
      const says = `${app} leaves the channels of ${name} and its token stops working.`;
      if (await sure(`Uninstall ${app}?`, says, "Uninstall")) await this.run("uninstall", { team: id });
    };
    const revoke = async () => {
      const says = `The token of ${app} in ${name} stops working; its bot stays in the channels.`;
      if (await sure("Revoke the token?", says, "Revoke")) await this.run("revoke", { team: id });
    };
    return [this.act("uninstall", id, "Uninstall", uninstall, " danger"), this.act("revoke", id, "Revoke token", revoke)];
  }
}
