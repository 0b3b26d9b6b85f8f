"""HTML pages: the main text with headings, lists and tables, as Markdown."""

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingest.loaders.page import Page

_NOISE = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
    "svg",
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        "p",
        "ul",
        "ol",
        "table",
        "pre",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "main",
        "figure",
    }
    | set(_HEADINGS)
)
_WAYS = ("main", "article", "[role=main]", "#content", "#main", "body")


def read_html(text: str) -> Page:
    """A page from HTML: `main`, `article` or `body` without navigation, forms and scripts."""
    soup = BeautifulSoup(text, "html.parser")
    head = soup.title.get_text() if soup.title else ""
    for noise in soup(_NOISE):
        noise.decompose()
    found = next((tag for way in _WAYS if (tag := soup.select_one(way))), soup)
    first = found.find("h1")
    title = _inline(first) if isinstance(first, Tag) else " ".join(head.split())
    if isinstance(first, Tag):
        first.decompose()
    return Page(markdown="\n\n".join(_blocks(found)), title=title)


def _blocks(parent: Tag) -> list[str]:
    """Markdown blocks; loose text between blocks becomes paragraphs."""
    blocks: list[str] = []
    loose: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(list(_BLOCKS))):
            blocks += [*_paragraph(loose), *_block(child)]
            loose = []
        elif isinstance(child, Tag):
            loose.append(_inline(child))
        elif type(child) is NavigableString:
            loose.append(str(child))
    return blocks + _paragraph(loose)


def _paragraph(loose: list[str]) -> list[str]:
    text = " ".join(" ".join(loose).split())
    return [_escaped(text)] if text else []


def _block(tag: Tag) -> list[str]:
    match tag.name:
        case "ul" | "ol":
            return _list(tag, 0)
        case "table":
            return _table(tag)
        case "pre":
            return [f"```\n{tag.get_text().strip()}\n```"]
        case "p" | "dt" | "dd" if not tag.find(list(_BLOCKS)):
            return _paragraph([_inline(tag)])
        case name if name in _HEADINGS:
            text = _inline(tag)
            return [f"{_HEADINGS[name]} {text}"] if text else []
        case _:
            return _blocks(tag)


def _list(tag: Tag, depth: int) -> list[str]:
    """One Markdown block; nested lists are indented under their item."""
    lines: list[str] = []
    for number, item in enumerate(tag.find_all("li", recursive=False), 1):
        nested = [child.extract() for child in item.find_all(["ul", "ol"], recursive=False)]
        marker = f"{number}." if tag.name == "ol" else "-"
        lines.append(f"{'   ' * depth}{marker} {_inline(item)}")
        for child in nested:
            lines += _list(child, depth + 1)
    return ["\n".join(lines)] if depth == 0 and lines else lines


def _table(tag: Tag) -> list[str]:
    """A Markdown table, its first row taken as the header; rows are filled up to the same width."""
    rows = [
        [_inline(cell).replace("|", "/") for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return ["\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]


def _inline(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _escaped(text: str) -> str:
    """Text that begins like a Markdown heading, list or quote stays a paragraph."""
    return f"\\{text}" if text[:1] in "#>+-" else text
