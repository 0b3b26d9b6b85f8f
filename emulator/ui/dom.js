// Builds page elements without ever parsing a string as HTML, so text from people stays text.

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "value") node.value = value;
  else if (name === "checked" || name === "selected") node[name] = true;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function append(node, child) {
  if (Array.isArray(child)) child.forEach((one) => append(node, one));
  else if (child !== null && child !== undefined && child !== false) node.append(child);
}

/** Create `tag` with attributes (`on…` are listeners, `data` is the dataset) and children. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  children.forEach((child) => append(node, child));
  // After the children, because a select only takes a value it already has as an option.
  Object.entries(attributes).forEach(([name, value]) => assign(node, name, value));
  return node;
}

/** Replace everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  children.forEach((child) => append(node, child));
  return node;
}

/** The address when it is one a person may safely follow, else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens elsewhere; plain text when the address is not a safe one. */
export function link(address, ...label) {
  const href = safeUrl(address);
  const content = label.length ? label : [address];
  if (!href) return h("span", {}, ...content);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...content);
}

/** A line icon drawn from path data (24 x 24), hidden from screen readers. */
export function icon(paths) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", paths);
  svg.append(path);
  return svg;
}

export const ICONS = {
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M4 5h16v11H9l-5 4z",
  attach: "M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.3 3.3 0 015 5l-8.5 8.5a1.7 1.7 0 01-2.4-2.4L15 7",
  send: "M4 12l16-8-6 16-3-7z",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 6h16M4 12h16M4 18h16",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  pencil: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  stop: "M7 7h10v10H7z",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4",
  check: "M5 12l5 5 9-10",
  up: "M7 11v9H4v-9zM7 11l4-8c2 0 3 1 2.5 3L13 9h6c1 0 2 1 1.6 2.2l-2 7.3A2 2 0 0116.7 20H7",
  down: "M7 13V4H4v9zM7 13l4 8c2 0 3-1 2.5-3L13 15h6c1 0 2-1 1.6-2.2l-2-7.3A2 2 0 0016.7 4H7",
  smile: "M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14.5c1 1.3 2.2 2 3.5 2s2.5-.7 3.5-2M9 9.5h.01M15 9.5h.01",
};
