// Menus, questions and short notices that appear above the page, all usable from the keyboard.

import { h } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

let openMenu = null;

function closeMenu(refocus) {
  if (!openMenu) return;
  const { menu, anchor } = openMenu;
  openMenu = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus) anchor.focus();
}

function moveFocus(menu, step) {
  const items = [...menu.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

function onMenuKey(event) {
  const menu = event.currentTarget;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) moveFocus(menu, moves[event.key]);
  else if (event.key === "Home") menu.querySelector("[role^=menuitem]").focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const below = at.bottom + menu.offsetHeight + 8 < window.innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - menu.offsetHeight - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - menu.offsetWidth - 8))}px`;
}

function menuItem(item) {
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const choose = () => {
    closeMenu(true);
    item.run();
  };
  return h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : null, tabindex: -1, onclick: choose },
    h("span", {}, item.label), item.note ? h("span", { class: "note" }, item.note) : null);
}

/** Open a menu of `{label, run, note?, danger?}` or `{heading}` items under `anchor`. */
export function showMenu(anchor, items, label) {
  const again = openMenu?.anchor === anchor;
  closeMenu(false);
  if (again) return;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, onkeydown: onMenuKey }, items.map(menuItem));
  // Inside an open dialog only its own descendants can be reached.
  (anchor.closest("dialog") ?? document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  openMenu = { menu, anchor };
  place(menu, anchor);
  menu.querySelector("[role^=menuitem]")?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (openMenu && !openMenu.menu.contains(event.target) && !openMenu.anchor.contains(event.target)) closeMenu(false);
});

/** Show a dialog; resolves to the value its form was submitted with, or "" when dismissed. */
function ask(content) {
  const dialog = h("dialog", { class: "question" }, h("form", { method: "dialog" }, content));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

/** Ask the question of a Block Kit confirm object; true when confirmed. */
export async function confirmed(confirm) {
  if (!confirm) return true;
  const style = confirm.style === "danger" ? "btn danger" : "btn primary";
  const answer = await ask([
    h("h2", {}, plain(confirm.title)),
    h("div", {}, textObject(confirm.text)),
    h("div", { class: "row end" },
      h("button", { class: "btn", value: "" }, plain(confirm.deny)),
      h("button", { class: style, value: "yes", autofocus: true }, plain(confirm.confirm))),
  ]);
  return answer === "yes";
}

/** Ask for one line of text; null when dismissed or left empty. The default answer of Enter is `confirm`. */
export async function askText({ title, hint, label, value, most, confirm }) {
  const field = h("input", { type: "text", id: "asked-text", value, maxlength: most, autofocus: true });
  field.addEventListener("focus", () => field.select(), { once: true });
  const answer = await ask([
    h("h2", {}, title),
    hint ? h("p", { class: "muted" }, hint) : null,
    h("label", { for: "asked-text" }, label),
    field,
    h("div", { class: "row end reversed" },
      h("button", { class: "btn primary", value: "yes" }, confirm),
      h("button", { class: "btn", value: "", formnovalidate: true }, "Cancel")),
  ]);
  return answer === "yes" && field.value.trim() ? field.value.trim() : null;
}

/** Ask for the name of the file to pretend to attach; null when dismissed. */
export function askFileName() {
  return askText({
    title: "Attach a file", hint: "Only the name is sent. Its ending says what kind of file it is.", label: "File name",
    value: "network-diagram.png", most: 120, confirm: "Attach",
  });
}

/** Say something for a few seconds; `kind` is "error" or "info". Errors stay longer. */
export function notify(text, kind = "info") {
  const note = h("div", { class: `notice ${kind}` }, text);
  document.getElementById("notices").append(note);
  setTimeout(() => note.remove(), kind === "error" ? 9000 : 5000);
}

/** Run an action and show its failure as a notice; returns what it returned, or undefined. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    notify(error.message, "error");
    return undefined;
  }
}

/** Tell screen readers about something that changed elsewhere on the page. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
