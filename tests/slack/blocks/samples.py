"""Hostile words, and what every message must hold whatever it was made of."""

import re
from collections.abc import Iterator
from typing import Any

from bot.answering.types import Answer, Citation, Decision, Outcome, Part, PartKind, Reason
from knowledge.types import OrgSize

HOSTILE = {
    "long": "word " * 8_000,
    "long without a space": "x" * 40_000,
    "long ampersands": "&" * 40_000,
    "long brackets": "[" * 40_000,
    "long emoji": "\N{FIRE}" * 40_000,
    "NUL": "one\x00two\x00",
    "only NUL": "\x00\x00",
    "right to left": "\u202ereversed\u202c \u2066isolated\u2069",
    "lone surrogate": "half \ud83d a pair",
    "broadcast": "<!channel> <!here> <!everyone|all> @channel @here @everyone",
    "mention": "<@U123> <@U123|ana> <#C123|general> <!subteam^S1|team>",
    "links": "https://evil.example/a?b=c <https://evil.example|our page> www.evil.example evil.example",
    "Markdown links": "[our page](https://evil.example) ![x](https://evil.example/p.png) <https://evil.example>",
    "backticks": "`` ` ``` code ````",
    "fence": "```\nrm -rf\n<!channel>\n```",
    "half bold": "**bold *it _x_ `c",
    "entities": "&lt;!channel&gt; &amp;lt;@U1&amp;gt;",
    "emoji only": "\N{FIRE}\N{FIRE}",
    "empty": "",
    "blank": " \n\t ",
    "lines": "\n" * 40_000,
    "pipes": "|" * 4_000,
    "line separators": "one\u2028two\u2029three\r\nfour\x0bfive",
}
LIVE = re.compile(r"<[!@#a-z]|(?<!\w)@(channel|here|everyone)\b|https?://|www\.\w", re.IGNORECASE)
OVERRIDES = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def citation(
    title: str = "Backup and disaster recovery", section: str = "How often should we test?"
) -> Citation:
    return Citation("methodology", "backup", title, section, "how-often", 0.8)


def answer(
    *parts: Part,
    citations: tuple[Citation, ...] = (citation(),),
    outcome: Outcome = Outcome.ANSWER,
    confidence: float = 0.9,
    org_size: OrgSize | None = None,
    stated_size: OrgSize | None = None,
    offer_sizes: bool = False,
    first_screen: int = 1_000,
) -> Answer:
    decision = Decision(outcome, Reason.COVERED, confidence)
    return Answer(decision, parts, citations, org_size, stated_size, offer_sizes, "", first_screen)


def lead(*lines: str) -> Part:
    return Part(PartKind.LEAD, lines, 0)


def strings(node: Any) -> Iterator[str]:
    """Every string in blocks or a view."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from strings(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from strings(child)


def typed(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every object of a type in blocks or a view."""
    if isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for child in node.values():
            yield from typed(child, kind)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from typed(child, kind)


# The one piece of live markup that is ours: a time, said in the reader's zone.
OUR_TIME = re.compile(r"<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\w: ]+>")


def assert_harmless(*nodes: Any) -> None:
    """Nothing in it is a mention, a broadcast, a link, a control character or unspoken."""
    for text in (text for node in nodes for text in strings(node)):
        assert not LIVE.search(OUR_TIME.sub("", text)), text[:200]
        assert not OVERRIDES.search(text)
        text.encode()
    for node in nodes:
        assert all(words["verbatim"] is True for words in typed(node, "mrkdwn"))
        assert all(button["accessibility_label"].strip() for button in typed(node, "button"))


def action_ids(node: Any) -> list[str]:
    return [button["action_id"] for button in typed(node, "button")]
