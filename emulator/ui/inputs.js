// The Block Kit elements that hold a value: each returns its node and a function reading its state.

import { h } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { channelName, workspace } from "./workspace.js";

function text(type, extra = {}) {
  return (element, id) => {
    const common = {
      id,
      placeholder: plain(element.placeholder),
      value: element.initial_value ?? "",
      minlength: element.min_length,
      maxlength: element.max_length,
      ...extra,
    };
    const node = element.multiline
      ? h("textarea", { rows: 5, ...common })
      : h("input", { type, autocomplete: "off", ...common });
    return { node, read: () => ({ value: node.value === "" ? null : node.value }) };
  };
}

function number(element, id) {
  const step = element.is_decimal_allowed ? "any" : 1;
  const { min_value: min, max_value: max } = element;
  return text("number", { step, min, max })(element, id);
}

/** Longer text with formatting in Slack; here plain lines, reported as one rich text section. */
function richInput(element, id) {
  const node = h("textarea", { id, rows: 5, placeholder: plain(element.placeholder) });
  const section = () => ({ type: "rich_text_section", elements: [{ type: "text", text: node.value }] });
  const read = () => ({ rich_text_value: node.value ? { type: "rich_text", elements: [section()] } : null });
  return { node, read };
}

function picked(type, key, initial) {
  return (element, id) => {
    const node = h("input", { type, id, value: element[initial] ?? "" });
    return { node, read: () => ({ [key]: node.value || null }) };
  };
}

function dateTime(element, id) {
  const given = element.initial_date_time;
  const local = given ? new Date(given * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
  const node = h("input", { type: "datetime-local", id, value: local });
  return { node, read: () => ({ selected_date_time: node.value ? Math.floor(new Date(node.value) / 1000) : null }) };
}

function groupsOf(element) {
  return element.option_groups ?? [{ label: null, options: element.options ?? [] }];
}

function allOptions(element) {
  return groupsOf(element).flatMap((group) => group.options);
}

function bare(option) {
  return option ? { text: option.text, value: option.value } : null;
}

function select(element, id) {
  const options = allOptions(element);
  const chosen = options.findIndex((option) => option.value === element.initial_option?.value);
  const choice = (option) => h("option", { value: options.indexOf(option) }, plain(option.text));
  const groups = groupsOf(element).map((group) =>
    group.label ? h("optgroup", { label: plain(group.label) }, group.options.map(choice)) : group.options.map(choice));
  const node = h("select", { id, value: chosen < 0 ? "" : chosen },
    h("option", { value: "" }, plain(element.placeholder) || "Choose one"), groups);
  return { node, read: () => ({ selected_option: node.value === "" ? null : bare(options[node.value]) }) };
}

function tick(type, name, option, isChosen) {
  const box = h("input", { type, name, checked: isChosen });
  const label = h("label", { class: "choice" }, box, h("span", {}, plain(option.text),
    option.description ? h("span", { class: "muted small" }, plain(option.description)) : null));
  return { box, label, option };
}

/** A group of radio buttons or tick boxes; `many` decides which and what is reported. */
function choices(many, scrolls = false) {
  return (element, id) => {
    const initial = many ? element.initial_options ?? [] : [element.initial_option].filter(Boolean);
    const isChosen = (option) => initial.some((one) => one.value === option.value);
    const ticks = allOptions(element).map((option) => tick(many ? "checkbox" : "radio", id, option, isChosen(option)));
    const node = h("div", { id, class: scrolls ? "choices scrolls" : "choices", role: many ? "group" : "radiogroup" },
      ticks.map((one) => one.label));
    const selected = () => ticks.filter((one) => one.box.checked).map((one) => bare(one.option));
    return { node, read: () => (many ? { selected_options: selected() } : { selected_option: selected()[0] ?? null }) };
  };
}

function people() {
  return workspace.people.filter((one) => !one.is_bot).map((one) => ({ text: { text: one.real_name || one.name }, value: one.id }));
}

function conversations() {
  return workspace.channels.map((one) => ({ text: { text: channelName(one) }, value: one.id }));
}

function option(options, value) {
  return options.find((one) => one.value === value);
}

/** A single choice among people or conversations: `key` is what Slack calls the chosen id. */
function directory(listing, key, initial) {
  return (element, id) => {
    const options = listing();
    const preset = element.default_to_current_conversation ? workspace.channel : element[initial];
    const { node, read } = select({ ...element, options, initial_option: option(options, preset) }, id);
    return { node, read: () => ({ [key]: read().selected_option?.value ?? null }) };
  };
}

function directories(listing, key, initial) {
  return (element, id) => {
    const options = listing();
    const preset = (element[initial] ?? []).map((value) => option(options, value)).filter(Boolean);
    const { node, read } = choices(true, true)({ ...element, options, initial_options: preset }, id);
    return { node, read: () => ({ [key]: read().selected_options.map((one) => one.value) }) };
  };
}

const BUILDERS = {
  plain_text_input: text("text"),
  email_text_input: text("email"),
  url_text_input: text("url"),
  number_input: number,
  rich_text_input: richInput,
  datepicker: picked("date", "selected_date", "initial_date"),
  timepicker: picked("time", "selected_time", "initial_time"),
  datetimepicker: dateTime,
  static_select: select,
  multi_static_select: choices(true, true),
  radio_buttons: choices(false),
  checkboxes: choices(true),
  users_select: directory(people, "selected_user", "initial_user"),
  conversations_select: directory(conversations, "selected_conversation", "initial_conversation"),
  channels_select: directory(conversations, "selected_channel", "initial_channel"),
  multi_users_select: directories(people, "selected_users", "initial_users"),
  multi_conversations_select: directories(conversations, "selected_conversations", "initial_conversations"),
  multi_channels_select: directories(conversations, "selected_channels", "initial_channels"),
};

/** Whether an element type holds a value. */
export function holdsValue(type) {
  return Object.hasOwn(BUILDERS, type);
}

// What a person entered before a view was redrawn wins over the view's own initial values, as in Slack.
function restored(element, kept) {
  if (!kept) return element;
  const entries = Object.entries(kept)
    .filter(([key]) => key !== "type")
    .map(([key, value]) => [key.replace(/^selected_/, "initial_").replace(/^value$/, "initial_value"), value ?? undefined]);
  return { ...element, ...Object.fromEntries(entries) };
}

/** Build a value element; its node carries `readState` for `collect`. */
export function buildInput(element, blockId, id, kept) {
  const { node, read } = BUILDERS[element.type](restored(element, kept), id);
  node.dataset.block = blockId;
  node.dataset.action = element.action_id ?? "";
  node.readState = () => ({ type: element.type, ...read() });
  return node;
}

/** All values inside `container`, shaped as Slack's `state.values`. */
export function collect(container) {
  const values = {};
  for (const node of container.querySelectorAll("[data-action]")) {
    if (!node.readState) continue;
    values[node.dataset.block] ??= {};
    values[node.dataset.block][node.dataset.action] = node.readState();
  }
  return values;
}

/** Whether a state as returned by `readState` holds nothing. */
export function isEmpty(state) {
  return Object.entries(state).every(
    ([key, value]) => key === "type" || value === null || (Array.isArray(value) && !value.length) || /^\s*$/.test(value),
  );
}
