// The Block Kit elements a person presses: buttons, menus, feedback, and value elements that act at once.

import { h, icon, ICONS, safeUrl } from "./dom.js";
import { buildInput, holdsValue } from "./inputs.js";
import { plain, textObject } from "./mrkdwn.js";
import { follow } from "./permalink.js";
import { confirmed, showMenu } from "./popup.js";
import { workspace } from "./workspace.js";

let serial = 0;

/** A fresh id for a control and its label. */
export function freshId() {
  serial += 1;
  return `field-${serial}`;
}

async function press(node, element, block, context, payload) {
  if (!(await confirmed(element.confirm)) || node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await context.press({ block_id: block.block_id, action_id: element.action_id, type: element.type, ...payload });
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function pressable(element, block, attributes, ...children) {
  const data = { block: block.block_id ?? "", press: element.action_id ?? "" };
  return h("button", { type: "button", data, "aria-label": element.accessibility_label, ...attributes }, ...children);
}

function button(element, block, context) {
  const url = element.url && safeUrl(element.url);
  const run = (event) => {
    if (url) follow(url);
    return press(event.currentTarget, element, block, context, { value: element.value });
  };
  const style = ["primary", "danger"].includes(element.style) ? ` ${element.style}` : "";
  return pressable(element, block, { class: `btn${style}`, onclick: run }, plain(element.text));
}

/** A select outside a form: a button with the choice on it, opening the options as a menu. */
function picker(element, block, context) {
  let chosen = element.initial_option ?? null;
  const face = h("span", {}, plain(chosen?.text) || plain(element.placeholder) || "Choose one");
  const choose = (option) => async () => {
    chosen = { text: option.text, value: option.value };
    face.textContent = plain(option.text);
    await press(node, element, block, context, { selected_option: chosen });
  };
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  const items = groups.flatMap((group) => [
    ...(group.label ? [{ heading: plain(group.label) }] : []),
    ...group.options.map((option) => ({ label: plain(option.text), note: plain(option.description), run: choose(option) })),
  ]);
  const open = () => showMenu(node, items, plain(element.placeholder) || "Options");
  const node = pressable(element, block, { class: "btn picker", "aria-haspopup": "menu", "aria-expanded": "false", onclick: open }, face);
  node.dataset.action = element.action_id ?? "";
  node.readState = () => ({ type: element.type, selected_option: chosen });
  return node;
}

function overflow(element, block, context) {
  const choose = (option) => () => {
    const url = option.url && safeUrl(option.url);
    if (url) follow(url);
    const selected = { text: option.text, value: option.value };
    return press(node, element, block, context, { selected_option: selected });
  };
  const items = element.options.map((option) => ({ label: plain(option.text), note: plain(option.description), run: choose(option) }));
  const node = pressable(element, block, {
    class: "btn icon-only", "aria-label": "More options", "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: () => showMenu(node, items, "More options"),
  }, icon(ICONS.more));
  return node;
}

function feedback(element, block, context) {
  const half = (side, paths) => {
    const one = element[side];
    const run = async (event) => {
      const group = event.currentTarget.parentElement;
      await press(event.currentTarget, element, block, context, { value: one.value });
      group.querySelectorAll("button").forEach((other) => other.setAttribute("aria-pressed", "false"));
      group.querySelector(`[data-side=${side}]`).setAttribute("aria-pressed", "true");
    };
    const data = { block: block.block_id ?? "", press: element.action_id ?? "", side };
    return h("button", { type: "button", class: "btn quiet", data, onclick: run, "aria-pressed": "false",
      "aria-label": one.accessibility_label }, icon(paths), plain(one.text));
  };
  return h("span", { class: "feedback", role: "group", "aria-label": "Was this helpful" },
    half("positive_button", ICONS.up), half("negative_button", ICONS.down));
}

function iconButton(element, block, context) {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(workspace.me.id)) return null;
  const run = (event) => press(event.currentTarget, element, block, context, { value: element.value });
  return pressable(element, block, { class: "btn quiet", onclick: run }, icon(ICONS[element.icon] ?? ICONS.bolt), plain(element.text));
}

/** A value element that reports every change (in actions, as accessory, or with dispatch_action). */
export function dispatching(node, element, block, context) {
  const report = () => {
    const { type, ...state } = node.readState();
    return press(node, element, block, context, { value: Object.values(state)[0], ...state });
  };
  if (!element.type.endsWith("_input")) node.addEventListener("change", report);
  else node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    report();
  });
  return node;
}

function value(element, block, context) {
  const kept = context.kept?.[block.block_id]?.[element.action_id];
  const node = buildInput(element, block.block_id ?? "", freshId(), kept);
  node.setAttribute("aria-label", plain(element.placeholder) || element.action_id || element.type);
  return dispatching(node, element, block, context);
}

const BUILDERS = {
  button,
  workflow_button: button,
  overflow,
  static_select: picker,
  feedback_buttons: feedback,
  icon_button: iconButton,
  mrkdwn: textObject,
  plain_text: textObject,
  image: (element) => picture(element, "accessory-image"),
};

/** An image by its address, with its alternative text; a frame with that text when it cannot be loaded. */
export function picture(element, className) {
  const source = safeUrl(element.image_url ?? "");
  const missing = () => h("span", { class: `${className} missing`, role: "img", "aria-label": element.alt_text }, element.alt_text || "Picture");
  if (!source) return missing();
  const image = h("img", { src: source, alt: element.alt_text ?? "", class: className, loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(missing()));
  return image;
}

/** Render one element of an actions, context or section block. */
export function renderElement(element, block, context) {
  const build = BUILDERS[element.type] ?? (holdsValue(element.type) ? value : null);
  if (build) return build(element, block, context);
  return h("span", { class: "unknown small" }, `element type ${element.type}`);
}
