"""Standard Markdown turned into the markup that a message's `text` is kept in."""

from __future__ import annotations

import re

from emulator.typed_text import escape

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]+)\]\(([^)\s]+)[^)\n]*\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_QUOTE = re.compile(r"^&gt; ?", re.MULTILINE)
_BOLD_MARK = "\x00"  # stands for `*` until single stars were read as emphasis


def to_mrkdwn(markdown: str) -> str:
    """Bold, emphasis, links, headings, lists and quotes in Slack's markup; code stays as it is."""
    pieces = _CODE.split(markdown)
    return "".join(escape(piece) if index % 2 else _convert(piece) for index, piece in enumerate(pieces))


def _convert(text: str) -> str:
    text = escape(text)
    text = _QUOTE.sub("> ", text)
    text = _LINK.sub(r"<\2|\1>", text)
    text = _BULLET.sub(r"\1• ", text)
    text = _STRONG.sub(rf"{_BOLD_MARK}\2{_BOLD_MARK}", text)
    text = _HEADING.sub(_bold_line, text)
    text = _EMPHASIS.sub(r"_\1_", text)
    return _STRUCK.sub(r"~\1~", text).replace(_BOLD_MARK, "*")


def _bold_line(match: re.Match[str]) -> str:
    return _BOLD_MARK + match.group(1).replace(_BOLD_MARK, "") + _BOLD_MARK
