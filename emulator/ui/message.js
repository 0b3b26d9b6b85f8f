// Renders one message with its author, blocks, files, reactions and menu.

import { renderBlocks } from "./blocks.js";
import { withNames } from "./completion.js";
import { clock, dateOf, dayName } from "./dates.js";
import { h, icon, ICONS } from "./dom.js";
import { emoji, OFFERED } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { showMenu } from "./popup.js";
import { nameOf, person, workspace } from "./workspace.js";

const HUES = [205, 160, 265, 25, 330, 95, 230, 0];

function hue(id) {
  return HUES[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length];
}

/** A round picture made of a person's initials (square for the app). */
export function avatar(id, name, isApp) {
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const node = h("span", { class: isApp ? "avatar app" : "avatar", "aria-hidden": "true" }, initials);
  if (!isApp) node.style.setProperty("--hue", hue(id));
  return node;
}

/** The name a message is shown under: a custom user name wins over the account's. */
export function authorName(message) {
  return message.username || nameOf(message.user);
}

function team(message) {
  const author = person(message.user);
  const foreign = author && author.team_id !== workspace.me.team_id;
  return foreign ? h("span", { class: "tag" }, author.team_name) : null;
}

function byline(message) {
  const written = dateOf(message.ts);
  return h("div", { class: "byline" },
    h("span", { class: "author" }, authorName(message)),
    message.is_app ? h("span", { class: "tag" }, "App") : team(message),
    h("time", { datetime: written.toISOString(), title: `${dayName(written)} ${clock(written)}` }, clock(written)),
    message.edited ? h("span", { class: "muted small" }, "edited") : null,
    message.stopped_by ? h("span", { class: "tag stopped" }, `Stopped by ${message.stopped_by === workspace.me.id ? "you" : nameOf(message.stopped_by)}`) : null);
}

// Apps may send blocks; what a person types is mrkdwn and its rich_text copy would lose the styling.
function body(message, actions) {
  const blocks = message.blocks ?? [];
  const typed = !message.is_app && blocks.every((block) => block.type === "rich_text");
  const surroundings = { press: (payload) => actions.press(message, payload) };
  // A streamed text is Markdown, and the blocks that end a stream stand below it.
  if (message.streaming || message.streamed) return [markdown(message.text ?? ""), renderBlocks(blocks, surroundings)];
  if (typed || !blocks.length) return mrkdwn(message.text ?? "");
  return renderBlocks(blocks, surroundings);
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function files(message) {
  if (!message.files?.length) return null;
  const one = (file) => h("li", { class: "file" }, icon(ICONS.attach),
    file.href ? h("a", { href: file.href, download: file.name }, file.name) : h("span", {}, file.name ?? file.title),
    h("span", { class: "muted small" }, size(file.size)),
    file.href && file.mimetype?.startsWith("image/")
      ? h("img", { src: file.href, alt: file.alt_txt ?? file.title, class: "picture", loading: "lazy" }) : null);
  return h("ul", { class: "files", "aria-label": "Files" }, message.files.map(one));
}

function reactions(message, actions) {
  if (!message.reactions?.length) return null;
  const one = (reaction) => {
    const mine = reaction.users.includes(workspace.me.id);
    const who = reaction.users.map(nameOf).join(", ");
    return h("button", { type: "button", class: "reaction", "aria-pressed": String(mine), title: who,
      "aria-label": `${reaction.name}, ${reaction.count}`, onclick: () => actions.react(message, reaction.name) },
    emoji(reaction.name), " ", String(reaction.count));
  };
  return h("div", { class: "reactions" }, message.reactions.map(one));
}

function replies(message, actions) {
  if (!actions.openThread || !message.reply_count) return null;
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h("button", { type: "button", class: "replies", onclick: () => actions.openThread(message.ts) }, icon(ICONS.reply), count);
}

function menuItems(message, actions) {
  const mine = message.user === workspace.me.id && !message.is_app && !message.ephemeral;
  const offers = message.ephemeral ? [] : OFFERED.map((name) => ({
    label: emoji(name), run: () => actions.react(message, name),
  }));
  const shortcuts = message.ephemeral ? [] : workspace.shortcuts
    .filter((shortcut) => shortcut.is_message)
    .map((shortcut) => ({ label: shortcut.name, note: workspace.app.name, run: () => actions.shortcut(message, shortcut) }));
  return [
    ...(actions.openThread && !message.ephemeral ? [{ label: "Reply in thread", run: () => actions.openThread(message.ts) }] : []),
    ...shortcuts,
    ...(mine ? [{ label: "Edit message", run: () => actions.edit(message) }] : []),
    ...(mine ? [{ label: "Delete message", danger: true, run: () => actions.remove(message) }] : []),
    ...(offers.length ? [{ heading: "React" }, ...offers] : []),
  ];
}

function toolbar(message, actions) {
  const items = menuItems(message, actions);
  if (!items.length) return null;
  const open = (event) => showMenu(event.currentTarget, items, "Message actions");
  return h("div", { class: "toolbar" },
    h("button", { type: "button", class: "btn icon-only", "aria-haspopup": "menu", "aria-expanded": "false",
      "aria-label": `Actions for the message of ${authorName(message)}`, onclick: open }, icon(ICONS.more)));
}

/** An editor in place of a message; `save(text)` and `cancel()` end it. */
export function editor(message, { save, cancel }) {
  const field = h("textarea", { rows: 3, "aria-label": "Edit message", value: unescape(withNames(message.text)) });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    save(field.value);
  });
  return h("div", { class: "editor" }, field, h("div", { class: "row end" },
    h("button", { type: "button", class: "btn", onclick: cancel }, "Cancel"),
    h("button", { type: "button", class: "btn primary", onclick: () => save(field.value) }, "Save")));
}

const QUIET = ["channel_join", "tombstone"];

/** A line Slack itself writes: somebody joined, a message is gone. */
function quietLine(message) {
  return h("div", { class: "message quiet", data: { ts: message.ts } }, mrkdwn(message.text));
}

/** A message as an article; `actions` has press, react, shortcut, edit, remove and perhaps openThread. */
export function renderMessage(message, actions) {
  if (QUIET.includes(message.subtype)) return quietLine(message);
  const name = authorName(message);
  const classes = ["message", message.ephemeral && "ephemeral", message.streaming && "streaming"].filter(Boolean).join(" ");
  return h("article", { class: classes, data: { ts: message.ts }, "aria-label": `Message from ${name}` },
    avatar(message.user ?? "", name, message.is_app),
    h("div", { class: "message-main" },
      message.ephemeral ? h("div", { class: "only-you" }, "Only visible to you") : null,
      byline(message),
      h("div", { class: "body" }, body(message, actions)),
      files(message), reactions(message, actions), replies(message, actions)),
    toolbar(message, actions));
}

/** A line between two days. */
export function dayLine(message) {
  return h("div", { class: "day", role: "separator" }, h("span", {}, dayName(dateOf(message.ts))));
}

/** The words of a message for a screen reader's announcement; of one that grows only that it does. */
export function spoken(message) {
  if (message.streaming) return `${authorName(message)} is writing.`;
  return `${authorName(message)}: ${unescape(message.text ?? "").slice(0, 300)}`;
}
