"""A section of an article as a modal: where a source button leads."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from slack_sdk.models.blocks import Block

from bot.slack import ids, texts
from bot.slack.blocks.build import context, modal, say, title
from bot.slack.blocks.markdown import markdown_blocks


class SectionText(Protocol):
    """What is shown of a section; `knowledge.types.Section` has it."""

    @property
    def title(self) -> str:
        """The article's title."""

    @property
    def heading(self) -> str:
        """The section's own heading."""

    @property
    def markdown(self) -> str:
        """The section's text without its heading."""


def section_view(
    section: SectionText,
    *,
    reviewed: date | str | None = None,
    below: Sequence[Block] = (),
    notice: str | None = None,
) -> dict[str, Any]:
    """Return the modal that shows a section; `reviewed` is the article's date (an ISO date if a string).

    A text longer than a modal holds ends with a note that says so. `below` are buttons under it, `notice` is
    what came of pressing one.
    """
    body, cut = markdown_blocks(section.markdown)
    name = section.heading.strip() or section.title
    blocks: list[Block] = [context(notice)] if notice else []
    blocks += [title(name), context(origin(section.title, reviewed))]
    blocks += body or say(texts.SECTION_EMPTY)
    blocks += [context(texts.SECTION_GOES_ON)] if cut else []
    return modal(texts.SOURCE_TITLE, [*blocks, *below], callback_id=ids.SECTION_VIEW)


def unavailable_section_view() -> dict[str, Any]:
    """Return the modal for a section that the present index does not hold."""
    return modal(texts.SOURCE_TITLE, say(texts.SECTION_GONE), callback_id=ids.SECTION_VIEW)


def origin(article: str, reviewed: date | str | None) -> str:
    """Return the line that says what a text is from, and how old it is."""
    day = _day(reviewed)
    return " · ".join(part for part in (article.strip(), texts.reviewed_on(day) if day else "") if part)


def _day(reviewed: date | str | None) -> str:
    """Return the date in words; a string that is no ISO date is shown as it stands."""
    if isinstance(reviewed, str):
        try:
            reviewed = date.fromisoformat(reviewed)
        except ValueError:
            return str(reviewed)
    return f"{reviewed.day} {reviewed:%B %Y}" if reviewed else ""
