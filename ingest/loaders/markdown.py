"""Markdown files, with or without front matter."""

import re
from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml

from ingest.loaders.page import Page

# Tags of static-site generators: a link to one keeps its words, the rest goes.
_TAG_LINK = re.compile(r"\[([^\]]*)\]\(\s*\{%.*?%\}[^)]*\)", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL)
_TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(text: str) -> Page:
    """A page from Markdown; front matter that is not valid YAML is left out, its words never indexed."""
    matter, body = _parse(text)
    body = _TAG.sub("", _TAG_LINK.sub(r"\1", body))
    heading = _TITLE.match(body)
    title = _text(matter.get("title"))
    if heading and title in ("", heading.group(1).strip()):
        title, body = heading.group(1).strip(), body[heading.end() :]
    return Page(
        markdown=body, title=title, slug=_text(matter.get("slug")), area=_text(matter.get("area")),
        summary=_text(matter.get("summary")), ways_in=_texts(matter.get("also_asked_as")),
        related=_texts(matter.get("related")), sources=_texts(matter.get("sources")),
        reviewed=_text(matter.get("reviewed")),
    )  # fmt: skip


def _parse(text: str) -> tuple[Mapping[str, Any], str]:
    try:
        matter, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError):
        return {}, _MATTER.sub("", text)
    return (matter if isinstance(matter, Mapping) else {}), body


def _text(value: object) -> str:
    """Strings, numbers and dates as one line; anything else is not a text."""
    if value is None or isinstance(value, list | dict):
        return ""
    return " ".join(str(value).split())


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for text in (_text(item) for item in items) if text)
