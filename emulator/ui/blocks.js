// Renders Block Kit blocks; what this page does not know is shown as a grey box that says so.

import { h } from "./dom.js";
import { dispatching, freshId, picture, renderElement } from "./elements.js";
import { buildInput, holdsValue } from "./inputs.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

function section(block, context) {
  const fields = block.fields?.map((field) => h("div", { class: "field" }, textObject(field)));
  return h("div", { class: "block section" },
    h("div", { class: "section-text" },
      block.text ? textObject(block.text) : null,
      fields ? h("div", { class: "fields" }, fields) : null),
    block.accessory ? h("div", { class: "accessory" }, renderElement(block.accessory, block, context)) : null);
}

function header(block) {
  return h("div", { class: "block header", role: "heading", "aria-level": 3 }, plain(block.text));
}

function context(block, surroundings) {
  return h("div", { class: "block context" }, block.elements.map((element) =>
    element.type === "image" ? picture(element, "context-image") : renderElement(element, block, surroundings)));
}

function actions(block, surroundings) {
  const kind = block.type === "context_actions" ? "block actions slim" : "block actions";
  return h("div", { class: kind }, block.elements.map((element) => renderElement(element, block, surroundings)));
}

function image(block) {
  return h("figure", { class: "block image" },
    block.title ? h("figcaption", {}, plain(block.title)) : null, picture(block, "block-image"));
}

function cell(content) {
  if (content.type === "rich_text") return richText(content);
  return String(content.text ?? content.value ?? "");
}

function aligned(settings, index) {
  const { align, is_wrapped: wraps } = settings?.[index] ?? {};
  return `${align ? `align-${align}` : ""}${wraps === false ? " nowrap" : ""}`.trim() || null;
}

function table(block) {
  const [head, ...rows] = block.rows;
  const line = (row, tag) => h("tr", {}, row.map((one, index) =>
    h(tag, { class: aligned(block.column_settings, index), scope: tag === "th" ? "col" : null }, cell(one))));
  return h("div", { class: "block table-scroll", tabindex: 0, role: "group", "aria-label": block.caption ?? "Table" },
    h("table", {}, block.caption ? h("caption", {}, block.caption) : null,
      h("thead", {}, line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td")))));
}

function labelled(block, control, id) {
  const group = control.matches(".choices");
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const label = [plain(block.label), block.optional ? h("span", { class: "muted" }, " (optional)") : null];
  control.setAttribute("aria-describedby", `${hintId} ${errorId}`);
  if (group) control.setAttribute("aria-labelledby", `${id}-label`);
  else control.setAttribute("aria-required", String(!block.optional));
  return h("div", { class: "block input", data: { input: block.block_id ?? "", optional: String(Boolean(block.optional)) } },
    group ? h("div", { class: "label", id: `${id}-label` }, label) : h("label", { for: id }, label),
    control,
    h("div", { class: "muted small", id: hintId }, block.hint ? plain(block.hint) : null),
    h("div", { class: "field-error", id: errorId, role: "alert" }));
}

function input(block, surroundings) {
  const { element } = block;
  if (!holdsValue(element.type)) return unknown({ type: `input with ${element.type}` });
  const id = freshId();
  const kept = surroundings.kept?.[block.block_id]?.[element.action_id];
  const control = buildInput(element, block.block_id ?? "", id, kept);
  if (block.dispatch_action) dispatching(control, element, block, surroundings);
  return labelled(block, control, id);
}

function card(block, surroundings) {
  const line = (name) => (block[name] ? h("div", { class: `card-${name}` }, textObject(block[name])) : null);
  return h("article", { class: "block card" },
    block.hero_image ? picture(block.hero_image, "card-hero") : null,
    h("div", { class: "card-content" },
      h("div", { class: "card-head" }, block.icon ? picture(block.icon, "card-icon") : null,
        h("div", {}, line("title"), line("subtitle"))),
      line("body"), line("subtext"),
      block.actions ? h("div", { class: "actions" }, block.actions.map((one) => renderElement(one, block, surroundings))) : null));
}

function alert(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  const word = level === "default" ? "Note" : level[0].toUpperCase() + level.slice(1);
  return h("div", { class: `block alert ${level}`, role: "note" }, h("strong", {}, `${word}: `), textObject(block.text));
}

const TASK_WORDS = { pending: "Waiting", in_progress: "In progress", complete: "Done", error: "Failed" };

function task(block) {
  const source = (one) => h("li", {}, mrkdwn(`<${one.url}|${one.text}>`));
  return h("div", { class: "block task" },
    h("div", {}, h("span", { class: `tag ${block.status}` }, TASK_WORDS[block.status] ?? block.status), " ", block.title),
    block.details ? richText(block.details) : null,
    block.output ? richText(block.output) : null,
    block.sources ? h("ul", {}, block.sources.map(source)) : null);
}

function plan(block) {
  return h("div", { class: "block plan" }, h("strong", {}, plain(block.title?.text ? block.title : { text: block.title })),
    (block.tasks ?? []).map(task));
}

function unknown(block) {
  return h("div", { class: "block unknown" }, `block type ${block.type}`,
    h("span", { class: "muted small" }, " (Slack shows it; this local page does not)"));
}

const BUILDERS = {
  section, header, context, actions, image, table, input, card, alert, plan,
  context_actions: actions,
  data_table: table,
  task_card: task,
  divider: () => h("hr", { class: "block" }),
  markdown: (block) => h("div", { class: "block" }, markdown(block.text)),
  rich_text: (block) => h("div", { class: "block" }, richText(block)),
};

/** Render one block; `surroundings` has `press(payload)` and, in views, `kept` values. */
export function renderBlock(block, surroundings) {
  const build = BUILDERS[block.type] ?? unknown;
  return build(block, surroundings);
}

/** Render a list of blocks in order. */
export function renderBlocks(blocks, surroundings) {
  return blocks.map((block) => renderBlock(block, surroundings));
}
