// The box a person writes in: text, mentions, slash commands, pretend files.

import { Completion, withMentions } from "./completion.js";
import { h, icon, ICONS } from "./dom.js";
import { askFileName, attempt, notify, showMenu } from "./popup.js";
import { workspace } from "./workspace.js";

const TYPES = {
  png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", pdf: "application/pdf", csv: "text/csv",
  txt: "text/plain", md: "text/markdown", mp3: "audio/mpeg", m4a: "audio/mp4", mp4: "video/mp4", zip: "application/zip",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const PRETEND_BYTES = 48_000;

function pretendFile(name) {
  const ending = name.split(".").at(-1).toLowerCase();
  return { name, mimetype: TYPES[ending] ?? "application/octet-stream", size: PRETEND_BYTES };
}

/** One composer; `send({text, files})` and `command(name, text)` do the work and return whether it was done. */
export class Composer {
  constructor({ id, label, inThread, send, command, shortcut }) {
    Object.assign(this, { inThread, send, command, shortcut, files: [] });
    this.field = h("textarea", { id, rows: 1, "aria-label": label, autocomplete: "off" });
    this.completion = new Completion(this.field, `${id}-suggestions`);
    this.chips = h("ul", { class: "files", "aria-label": "Files to send" });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
    this.node = h("form", { class: "composer", onsubmit: (event) => this.submit(event) },
      this.completion.list, this.chips, this.field, this.tools());
  }

  tools() {
    const bolt = h("button", { type: "button", class: "btn icon-only quiet shortcuts", "aria-label": "Shortcuts", "aria-haspopup": "menu",
      "aria-expanded": "false", hidden: true, onclick: (event) => this.offerShortcuts(event.currentTarget) }, icon(ICONS.bolt));
    this.bolt = bolt;
    return h("div", { class: "composer-tools" },
      h("button", { type: "button", class: "btn icon-only quiet", "aria-label": "Attach a file", onclick: () => this.attach() }, icon(ICONS.attach)),
      bolt,
      h("span", { class: "muted small keys" }, "Enter sends, Shift+Enter starts a new line"),
      h("button", { type: "submit", class: "btn primary icon-only", "aria-label": "Send" }, icon(ICONS.send)));
  }

  /** Say where the text goes, and whether anything can be sent at all. */
  address(placeholder, enabled = true) {
    this.field.placeholder = placeholder;
    this.field.disabled = !enabled;
    this.bolt.hidden = !this.globals().length;
  }

  globals() {
    return workspace.shortcuts.filter((one) => !one.is_message);
  }

  offerShortcuts(anchor) {
    showMenu(anchor, this.globals().map((one) => ({ label: one.name, run: () => this.shortcut(one) })), "Shortcuts");
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 220)}px`;
  }

  key(event) {
    if (this.completion.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
  }

  async attach() {
    const name = await askFileName();
    if (name) this.files.push(pretendFile(name));
    this.drawFiles();
    this.field.focus();
  }

  drawFiles() {
    const drop = (file) => () => {
      this.files = this.files.filter((one) => one !== file);
      this.drawFiles();
    };
    this.chips.replaceChildren(...this.files.map((file) => h("li", { class: "file" }, icon(ICONS.attach), file.name,
      h("button", { type: "button", class: "btn icon-only quiet", "aria-label": `Remove ${file.name}`, onclick: drop(file) }, icon(ICONS.close)))));
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const { files } = this;
    if (!text && !files.length) return;
    // Emptied at once, so that the next words never run into those on their way.
    this.put("", []);
    if (await attempt(() => this.dispatch(text, files))) return;
    this.put([text, this.field.value].filter(Boolean).join("\n"), [...files, ...this.files]);
  }

  put(text, files) {
    this.field.value = text;
    this.files = files;
    this.completion.close();
    this.drawFiles();
    this.grow();
  }

  dispatch(text, files) {
    // Only a slash and a letter at once begins a command; "//" begins an internal note.
    const typed = text.match(/^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i);
    if (!typed) return this.send({ text: withMentions(text), files });
    return this.runCommand(typed[1], typed[2] ?? "");
  }

  runCommand(name, rest) {
    if (this.inThread) {
      notify(`Commands do not work inside a thread. Use ${name} in the conversation itself.`, "error");
      return false;
    }
    if (!workspace.commands.includes(name)) {
      notify(`${name} is not a command here. Try ${workspace.commands.join(", ") || "a message instead"}.`, "error");
      return false;
    }
    return this.command(name, withMentions(rest));
  }
}
