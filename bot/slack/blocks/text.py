"""Text made safe and short enough for Slack: nothing here lets a person's words become markup.

Lengths count UTF-16 code units: how Slack counts characters beyond the basic plane is not documented,
and this is the larger of the two likely readings.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from bot.slack.blocks.inline import Run, inline_runs

_JOINER = "\N{WORD JOINER}"
_ELLIPSIS = "…"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls but tab and line feed, surrogates, and what turns the direction of other people's text.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_UNFINISHED_ENTITY = re.compile(r"&[a-z]{0,4}\Z")
# E-mail addresses are left whole so that they can be copied; the bounds keep hostile text linear.
_EMAIL = r"(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
_URL_OR_NAME = r"(?P<url>:)(?=//)|(?P<sigil>[@#])(?=\w)|(?P<web>(?<=\bwww)\.)"
_DOTTED = r"(?P<dot>(?<=\w)\.)(?=[^\W\d_]{2})"
_LIVE = re.compile(f"{_EMAIL}|{_URL_OR_NAME}|{_DOTTED}", re.IGNORECASE)
_LOUD = re.compile(f"{_EMAIL}|{_URL_OR_NAME}", re.IGNORECASE)
# What one of them must hold to match at all: looking for that first takes a fifth of the time.
_MAY_BE_LIVE = re.compile(r"//|[@#]|\.[^\W\d_]{2}|[wW]{3}\.")
_TAG_START = re.compile(r"<(?=[!@#a-zA-Z])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def width(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return `text` without control characters, lone surrogates and bidirectional overrides."""
    # Nothing unwanted can be printed, and most text can.
    return text if text.isprintable() else _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def escape(text: str) -> str:
    """Return `text` as mrkdwn that can hold no mention, broadcast or link.

    Slack's three characters become entities; URLs, dotted names, @ and # get an invisible joiner, so that
    no client makes a link of them. E-mail addresses stay as they are.
    """
    return _disarm(_LIVE, clean(text)).translate(_ENTITIES)


def plain(text: str) -> str:
    """Return `text` for plain_text, raw_text and rich_text objects, which are never parsed.

    Markup that a careless reader of the same text might still obey is broken by an invisible joiner.
    """
    return _TAG_START.sub(f"<{_JOINER}", _disarm(_LOUD, clean(text)))


def harmless(text: str) -> str:
    """Return `text` for standard Markdown, which knows no entities: no mention, link or HTML is left."""
    return _TAG_START.sub(f"<{_JOINER}", _disarm(_LIVE, clean(text)))


def _disarm(pattern: re.Pattern[str], text: str) -> str:
    if _MAY_BE_LIVE.search(text) is None:
        return text
    return pattern.sub(lambda hit: hit[0] if hit["email"] else hit[0] + _JOINER, text)


def to_mrkdwn(markdown_inline: str) -> str:
    """Return inline Markdown as mrkdwn: bold, italics and code kept, a link becomes its words."""
    return mrkdwn_of(inline_runs(clean(markdown_inline)))


def mrkdwn_of(runs: Iterable[Run]) -> str:
    """Return runs as mrkdwn."""
    return "".join(_mark(run) for run in runs)


def _mark(run: Run) -> str:
    core = escape(run.text)
    if not core.strip():
        return core
    if run.code:
        core = f"`{core.replace('`', 'ˋ')}`"
    if run.italic:
        core = f"_{core}_"
    return f"*{core}*" if run.bold else core


def to_words(markdown_inline: str) -> str:
    """Return the words of inline Markdown without any markup, for plain places."""
    return plain("".join(run.text for run in inline_runs(clean(markdown_inline))))


def clip(text: str, limit: int) -> str:
    """Return `text` in at most `limit` units, ended at a word with an ellipsis when it was longer."""
    if width(text) <= limit:
        return text
    head = _head(text, limit - 1)
    space = max(head.rfind(" "), head.rfind("\n"))
    if space > len(head) // 2:
        head = head[:space]
    return _UNFINISHED_ENTITY.sub("", head).rstrip() + _ELLIPSIS


def _head(text: str, limit: int) -> str:
    """Return the longest beginning of `text` within `limit` units; no character is cut in half."""
    cut = text[: max(limit, 0)]
    while width(cut) > limit:
        cut = cut[: len(cut) - max((width(cut) - limit) // 2, 1)]
    return cut


def split_section(text: str, limit: int = 3000) -> list[str]:
    """Return `text` in pieces of at most `limit` units, cut at a paragraph, line, sentence or word."""
    pieces: list[str] = []
    rest = text.strip()
    while width(rest) > limit:
        head = _head(rest, limit)
        head = head[: _cut(head)]
        pieces.append(head.strip())
        rest = rest[len(head) :].strip()
    return [piece for piece in (*pieces, rest) if piece]


def _cut(head: str) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        position = head.rfind(mark)
        if position > len(head) // 3:
            return position + len(mark)
    return len(_UNFINISHED_ENTITY.sub("", head)) or len(head)


def moment(at: datetime) -> str:
    """Return a time as mrkdwn that Slack shows to each reader in their own zone, with the day."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%a %d %b %H:%M} UTC>"
