// Offers names after @ and commands after / while a person types in a composer.

import { h } from "./dom.js";
import { botIn, channel, isAppBot, workspace } from "./workspace.js";

const MOST = 8;

function mentionable() {
  const people = workspace.people.filter((one) => !isAppBot(one.id) && one.app_id !== workspace.app.id)
    .map((one) => ({ id: one.id, name: one.real_name || one.name, note: one.team_name }));
  return [{ id: botIn(channel(workspace.channel)), name: workspace.app.name, note: "App" }, ...people];
}

/** Replace every `@Full Name` by the mention Slack delivers, longest names first. */
export function withMentions(text) {
  const names = mentionable().sort((one, other) => other.name.length - one.name.length);
  return names.reduce((said, { id, name }) => said.replaceAll(`@${name}`, `<@${id}>`), text);
}

/** The opposite, for showing a message in an editor. */
export function withNames(text) {
  return mentionable().reduce((said, { id, name }) => said.replaceAll(`<@${id}>`, `@${name}`), text);
}

/** What stands before the cursor and can be completed: its start, the options, and what each inserts. */
function candidates(text, cursor) {
  const before = text.slice(0, cursor);
  const command = before.match(/^\/(\S*)$/);
  if (command) {
    const options = workspace.commands.filter((name) => name.startsWith(before));
    return { from: 0, options: options.map((name) => ({ label: name, note: workspace.app.name, insert: `${name} ` })) };
  }
  const mention = before.match(/(?:^|\s)@([\p{L}\p{N} .'-]{0,30})$/u);
  if (!mention) return null;
  const typed = mention[1].toLowerCase();
  const options = mentionable().filter(({ name }) =>
    name.toLowerCase().startsWith(typed) || name.toLowerCase().split(" ").some((word) => word.startsWith(typed)));
  return {
    from: cursor - mention[1].length - 1,
    options: options.slice(0, MOST).map(({ name, note }) => ({ label: name, note, insert: `@${name} ` })),
  };
}

/** A list of suggestions tied to one textarea (the combobox pattern). */
export class Completion {
  constructor(field, id) {
    this.field = field;
    this.list = h("ul", { class: "completion", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" };
    Object.entries(attributes).forEach(([name, value]) => field.setAttribute(name, value));
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("click", () => this.refresh());
    field.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  refresh() {
    const found = candidates(this.field.value, this.field.selectionStart);
    if (!found?.options.length) return this.close();
    this.from = found.from;
    this.options = found.options;
    this.active = 0;
    return this.draw();
  }

  draw() {
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.list.replaceChildren(...this.options.map((option, index) => this.row(option, index)));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  row(option, index) {
    // Pointer down, not click: a click would first take the focus from the field and close the list.
    const choose = (event) => {
      event.preventDefault();
      this.active = index;
      this.choose();
    };
    return h("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": String(index === this.active), onpointerdown: choose },
      h("span", {}, option.label), h("span", { class: "note" }, option.note));
  }

  choose() {
    const { insert } = this.options[this.active];
    this.field.setRangeText(insert, this.from, this.field.selectionStart, "end");
    this.close();
    this.field.focus();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Handle a key while open; true when it was used up. */
  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (!this.open) return false;
    if (event.key in moves) {
      this.active = (this.active + moves[event.key] + this.options.length) % this.options.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") this.choose();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
