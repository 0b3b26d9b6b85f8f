// Turns Slack's mrkdwn into page nodes: a small parser whose only output is text nodes and known elements.

import { h, link } from "./dom.js";
import { fillDate } from "./dates.js";
import { emoji, isEmoji } from "./emoji.js";
import { channel, nameOf, workspace } from "./workspace.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

/** Undo Slack's three escapes; nothing else is an entity in a message. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A person, channel or group named inside a text, as a pill. */
export function pill(label, mine = false) {
  return h("span", { class: mine ? "pill mine" : "pill" }, label);
}

/** The pill of a user id. */
export function userPill(id, label) {
  return pill(`@${label || nameOf(id)}`, id === workspace.me?.id);
}

/** The pill of a channel id. */
export function channelPill(id, label) {
  return pill(`#${label || channel(id)?.name || id}`);
}

function special(body, label) {
  const [kind, seconds, pattern, address] = body.slice(1).split("^");
  if (kind === "date") {
    const said = pattern ? fillDate(seconds, unescape(pattern)) : unescape(label ?? "");
    const title = unescape(label ?? "");
    return address ? link(unescape(address), said) : h("time", { title }, said);
  }
  if (["here", "channel", "everyone"].includes(kind)) return pill(`@${kind}`, true);
  return pill(`@${unescape(label ?? kind)}`);
}

function entity(content) {
  const bar = content.indexOf("|");
  const body = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? null : content.slice(bar + 1);
  if (body.startsWith("@")) return userPill(body.slice(1), label && unescape(label));
  if (body.startsWith("#")) return channelPill(body.slice(1), label && unescape(label));
  if (body.startsWith("!")) return special(body, label);
  const address = unescape(body);
  return link(address, label ? unescape(label) : address.replace(/^mailto:/, ""));
}

// One alternative for each construct, tried left to right at each place.
const INLINE = new RegExp(
  [
    "<(?<entity>[^<>\\n]+)>",
    "`(?<code>[^`\\n]+)`",
    "(?<![\\w*_~])(?<mark>[*_~])(?=\\S)(?<styled>[^\\n]*?\\S)\\k<mark>(?![\\w*_~])",
    ":(?<emoji>[a-z0-9_+-]+):",
    "(?<url>https?://[^\\s<>|]*[^\\s<>|.,;:!?)\\]'\"])",
    "(?<newline>\\n)",
  ].join("|"),
  "g",
);

function inlineNode(groups, source, options) {
  if (groups.entity !== undefined) return entity(groups.entity);
  if (groups.code !== undefined) return h("code", {}, unescape(groups.code));
  if (groups.mark !== undefined) return h(STYLES[groups.mark], {}, ...inline(groups.styled, options));
  if (groups.emoji !== undefined) return isEmoji(groups.emoji) ? emoji(groups.emoji) : source;
  if (groups.url !== undefined) return options.verbatim ? source : link(unescape(groups.url));
  return h("br");
}

/** The nodes of one run of inline mrkdwn. */
export function inline(text, options = {}) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(from, match.index)), inlineNode(match.groups, match[0], options));
    from = match.index + match[0].length;
  }
  nodes.push(unescape(text.slice(from)));
  return nodes.filter((node) => node !== "");
}

const LINE_KINDS = [
  ["quote", /^&gt;\s?/],
  ["bullet", /^\s*[•◦▪‣-]\s+/],
  ["number", /^\s*\d{1,3}[.)]\s+/],
];

function lineKind(line) {
  const found = LINE_KINDS.find(([, pattern]) => pattern.test(line));
  return found ? found[0] : "text";
}

/** Neighbouring lines of one kind belong together. */
function runs(lines) {
  const grouped = [];
  for (const line of lines) {
    const kind = lineKind(line);
    const last = grouped.at(-1);
    if (last && last.kind === kind) last.lines.push(line);
    else grouped.push({ kind, lines: [line] });
  }
  return grouped;
}

function stripped(line, kind) {
  return line.replace(LINE_KINDS.find(([name]) => name === kind)[1], "");
}

function renderRun({ kind, lines }, options) {
  if (kind === "quote") return h("blockquote", {}, ...inline(lines.map((l) => stripped(l, kind)).join("\n"), options));
  if (kind === "bullet") return h("ul", {}, lines.map((l) => h("li", {}, ...inline(stripped(l, kind), options))));
  if (kind === "number") {
    const start = Number.parseInt(lines[0].trim(), 10);
    return h("ol", { start }, lines.map((l) => h("li", {}, ...inline(stripped(l, kind), options))));
  }
  return h("div", { class: "para" }, ...inline(lines.join("\n").replace(/^\n+|\n+$/g, ""), options));
}

/** A whole mrkdwn text as one element; `verbatim` leaves bare addresses unlinked. */
export function mrkdwn(text, options = {}) {
  const box = h("div", { class: "mrkdwn" });
  text.split("```").forEach((part, index) => {
    if (index % 2) box.append(h("pre", {}, unescape(part.replace(/^\n|\n$/g, ""))));
    else if (part.trim()) runs(part.replace(/^\n|\n$/g, "").split("\n")).forEach((run) => box.append(renderRun(run, options)));
  });
  return box;
}

/** A text object of Block Kit: mrkdwn is parsed, plain text keeps its line breaks and emoji names. */
export function textObject(object) {
  if (!object) return h("span");
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim });
  return h("span", { class: "plain" }, plain(object));
}

/** The characters of a plain_text object. */
export function plain(object) {
  const text = unescape(object?.text ?? "");
  if (object?.emoji === false) return text;
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (isEmoji(name) ? emoji(name) : whole));
}
