// Turns the `markdown` block and streamed text (standard Markdown) into page nodes, raw HTML staying text.

import { h, link } from "./dom.js";
import { channelPill, userPill } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "\\\\(?<escaped>[\\\\`*_~\\[\\]()#>|!.+-])",
    "`(?<code>[^`]+)`",
    "!?\\[(?<label>[^\\]]*)\\]\\((?<address>[^)\\s]+)[^)]*\\)",
    "<(?<sigil>[@#])(?<id>[A-Z0-9]+)(?:\\|[^>]*)?>",
    "<(?<auto>https?://[^>\\s]+)>",
    "(?<strong>\\*\\*|__)(?=\\S)(?<strongText>.+?)\\k<strong>",
    "~~(?<struck>.+?)~~",
    "(?<![\\w*_])(?<em>[*_])(?=\\S)(?<emText>[^*_]+?)\\k<em>(?!\\w)",
    "(?<url>https?://[^\\s<>]*[^\\s<>.,;:!?)\\]'\"])",
    "(?<newline>\\n)",
  ].join("|"),
  "g",
);

function inlineNode(g) {
  if (g.escaped !== undefined) return g.escaped;
  if (g.code !== undefined) return h("code", {}, g.code);
  if (g.address !== undefined) return link(g.address, ...inline(g.label || g.address));
  if (g.id !== undefined) return g.sigil === "@" ? userPill(g.id) : channelPill(g.id);
  if (g.auto !== undefined) return link(g.auto);
  if (g.strong !== undefined) return h("strong", {}, ...inline(g.strongText));
  if (g.struck !== undefined) return h("s", {}, ...inline(g.struck));
  if (g.em !== undefined) return h("em", {}, ...inline(g.emText));
  if (g.url !== undefined) return link(g.url);
  return h("br");
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, match.index), inlineNode(match.groups));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
}

function table(lines) {
  const [head, , ...rows] = lines;
  const headers = cells(head).map((cell) => h("th", { scope: "col" }, ...inline(cell)));
  const body = rows.map((row) => h("tr", {}, cells(row).map((cell) => h("td", {}, ...inline(cell)))));
  return h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    h("table", {}, h("thead", {}, h("tr", {}, headers)), h("tbody", {}, body)));
}

const ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;

/** Builds nested lists from indented items; a deeper indent opens a list inside the last item. */
function list(lines) {
  const [, indent, marker] = lines[0].match(ITEM);
  const ordered = /\d/.test(marker);
  const node = h(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(marker, 10) } : {});
  let inner = [];
  const flush = () => {
    if (inner.length) node.lastChild.append(list(inner));
    inner = [];
  };
  for (const line of lines) {
    const [, space, , text] = line.match(ITEM);
    if (space.length > indent.length) {
      inner.push(line);
    } else {
      flush();
      node.append(h("li", {}, ...inline(text)));
    }
  }
  flush();
  return node;
}

const KINDS = [
  ["blank", /^\s*$/],
  ["heading", /^#{1,6}\s+/],
  ["rule", /^\s*([-*_])(\s*\1){2,}\s*$/],
  ["quote", /^>\s?/],
  ["list", ITEM],
  ["table", /^\s*\|.*\|\s*$/],
];

function kindOf(line) {
  return KINDS.find(([, pattern]) => pattern.test(line))?.[0] ?? "text";
}

function render(kind, lines) {
  if (kind === "heading") return lines.map((l) => h("div", { class: "md-heading", role: "heading", "aria-level": 4 }, ...inline(l.replace(/^#+\s+/, ""))));
  if (kind === "rule") return h("hr");
  if (kind === "quote") return h("blockquote", {}, ...inline(lines.map((l) => l.replace(/^>\s?/, "")).join("\n")));
  if (kind === "list") return list(lines);
  if (kind === "table" && lines.length > 1 && /^[\s|:-]+$/.test(lines[1])) return table(lines);
  if (kind === "blank") return null;
  return h("p", {}, ...inline(lines.join("\n")));
}

function paragraphs(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(({ kind, lines }) => render(kind, lines));
}

/** A Markdown text as one element. */
export function markdown(text) {
  const parts = text.split(/^```.*$/m).map((part, index) => {
    const body = part.replace(/^\n|\n$/g, "");
    return index % 2 ? h("pre", {}, body) : paragraphs(body);
  });
  return h("div", { class: "markdown" }, ...parts);
}
