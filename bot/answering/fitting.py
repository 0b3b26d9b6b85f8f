"""Whether an answer was really fitted to a size, so that it may say for whom it holds."""

from bot.answering.bands import bands_in, row_band
from bot.answering.layout import cells
from bot.answering.types import Answer, Outcome, Part, PartKind


def is_fitted(answer: Answer) -> bool:
    """Say whether an answer differs by the size in force: it has a part, a line or table rows for it."""
    if answer.org_size is None or answer.decision.outcome is not Outcome.ANSWER:
        return False
    return any(part.cited is not None and _holds_size(part) for part in answer.parts)


def _holds_size(part: Part) -> bool:
    if part.kind is PartKind.SIZE:
        return True
    if part.kind is PartKind.TABLE:
        # Of a table for sizes the rows of the others are gone; "medium" among other words is a degree.
        return len(part.lines) > 1 and all(row_band(cells(row)[0]) for row in part.lines[1:])
    return any(bands_in(line) for line in part.lines)
