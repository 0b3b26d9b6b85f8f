"""An answer in the order it grows: its first sentences as Markdown, then its blocks."""

import re
from collections.abc import Iterable, Sequence

from bot.answering.types import Part, PartKind
from bot.slack import agent_texts, ids
from bot.slack.blocks.build import actions, context, rendered, talk_button
from bot.slack.blocks.inline import Run, inline_runs
from bot.slack.blocks.message import Blocks, Growth
from bot.slack.blocks.text import clean, harmless

# So short that it is one block of the message however much of it must be escaped.
_LEAD_CHARS = 600
_LEADS = frozenset({PartKind.LEAD, PartKind.TEXT})
_JOINER = "\N{WORD JOINER}"
_LINK = re.compile(r"\](?=[(\[])")
_OPENS_BLOCK = re.compile(r"^\s*(?=[#>+*~|-]|\d+[.)]|```)")


def growth_of(parts: Sequence[Part], body: Blocks, end: Blocks, stopped: Blocks) -> Growth | None:
    """Return how a message of `parts`, shown as `body`, grows; None where it is too short to be worth it."""
    lead = lead_of(parts[0]) if parts else ""
    if not lead or len(body) < 2:
        return None
    return Growth(lead=lead, parts=tuple((block,) for block in body[1:]), end=end, stopped=stopped)


def lead_of(part: Part) -> str:
    """Return the sentences of an opening part as standard Markdown; empty for one of another shape."""
    if part.kind not in _LEADS or clean(part.heading).strip():
        return ""
    markdown = " ".join(to_markdown(line) for line in part.lines).strip()
    return opening(markdown) if len(markdown) <= _LEAD_CHARS else ""


def opening(markdown: str) -> str:
    """Return Markdown that opens as words, whatever it begins with."""
    return _OPENS_BLOCK.sub(_JOINER, markdown)


def stopped_end(conversation_id: int | None) -> Blocks:
    """Return how a message ends that the person stopped."""
    return rendered(
        [context(agent_texts.STOPPED), actions(ids.ACTIONS_BLOCK, [talk_button(conversation_id)])]
    )


def to_markdown(markdown_inline: str) -> str:
    """Return inline Markdown as Markdown that can hold no mention, link or picture."""
    return _marked(inline_runs(clean(markdown_inline)))


def _marked(runs: Iterable[Run]) -> str:
    return "".join(_mark(run) for run in runs)


def _mark(run: Run) -> str:
    core = _LINK.sub(f"]{_JOINER}", harmless(run.text))
    if not core.strip():
        return core
    if run.code:
        core = f"`{core.replace('`', 'ˋ')}`"
    if run.italic:
        core = f"_{core}_"
    return f"**{core}**" if run.bold else core
