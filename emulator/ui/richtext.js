// Renders `rich_text` blocks: sections, lists, quotes, preformatted text and their inline elements.

import { h, link } from "./dom.js";
import { fillDate } from "./dates.js";
import { emoji } from "./emoji.js";
import { channelPill, pill, userPill } from "./mrkdwn.js";

const WRAPPERS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style = {}) {
  return Object.keys(WRAPPERS)
    .filter((name) => style[name])
    .reduce((inner, name) => h(WRAPPERS[name], {}, inner), node);
}

/** Text whose line breaks show as breaks. */
function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const INLINE = {
  text: (e) => styled(h("span", {}, ...lines(e.text)), e.style),
  link: (e) => styled(link(e.url, e.text || e.url), e.style),
  user: (e) => userPill(e.user_id),
  channel: (e) => channelPill(e.channel_id),
  usergroup: (e) => pill(`@${e.usergroup_id}`),
  team: (e) => pill(e.team_id),
  broadcast: (e) => pill(`@${e.range}`, true),
  emoji: (e) => emoji(e.name),
  date: (e) => h("time", { title: e.fallback ?? "" }, fillDate(e.timestamp, e.format)),
  color: (e) => h("code", {}, e.value),
};

function inlineElement(element) {
  const build = INLINE[element.type];
  return build ? build(element) : h("span", { class: "unknown-inline" }, `[${element.type}]`);
}

function inlineAll(elements = []) {
  return elements.map(inlineElement);
}

function list(block) {
  const tag = block.style === "ordered" ? "ol" : "ul";
  const depth = Math.min(block.indent ?? 0, 8);
  const items = block.elements.map((item) => h("li", {}, ...inlineAll(item.elements)));
  const classes = `rich-list indent-${depth}${block.border ? " bordered" : ""}`;
  return h(tag, { class: classes, start: tag === "ol" ? (block.offset ?? 0) + 1 : null }, items);
}

const BLOCKS = {
  rich_text_section: (e) => h("div", { class: "para" }, ...inlineAll(e.elements)),
  rich_text_list: list,
  rich_text_quote: (e) => h("blockquote", {}, ...inlineAll(e.elements)),
  rich_text_preformatted: (e) => h("pre", {}, ...inlineAll(e.elements)),
};

/** A `rich_text` block, or the rich text in a table cell, as one element. */
export function richText(block) {
  const parts = (block.elements ?? []).map((element) => {
    const build = BLOCKS[element.type];
    return build ? build(element) : h("div", { class: "para" }, inlineElement(element));
  });
  return h("div", { class: "rich-text" }, ...parts);
}
