"""The words around monthly packs; what stands in one is worded in `bot.packs.wording`."""

from bot.workflows.send_pack import Sent

SEND = "Send the pack"
PREVIEW = "Send it to me first"
SHOW = "Show all figures"
FILES = "Get PDF and charts"
VIEW_TITLE = "Monthly pack"
PRESS_AGAIN = "That took too long to open. Please press the button again."
COMING = "The pack and its files arrive in our direct messages, under Messages."
FOLLOWS = "The PDF and the charts follow below, to read or to pass on."
ONLY_LEAD = "Only you see this. Nothing has been sent to the client."
THERE = "The monthly pack is ready. Only this organisation's CIO and approvers can open it."
THERE_OPEN = "Open the pack"
ASK_PDF = "Your consultant can give you the PDF and the charts as files."
PDF_TITLE = "Monthly pack as PDF"


def announced(client: str, month: str) -> str:
    """Return what a lead is told on the second working day."""
    return f"The pack of {client} for {month} is ready to be looked at and sent."


def ready(title: str) -> str:
    """Return the first line of a pack."""
    return f"Monthly pack, {title}"


def spoken(label: str, what: str) -> str:
    """Return what a screen reader says for a button about a pack."""
    return f"{label}: {what}"


def sent(result: Sent) -> str:
    """Return to whom it went, and to whom it did not."""
    parts = []
    if result.written:
        parts.append(f"The pack goes to {_names(result.written)} in direct messages, in their working hours.")
    if result.told:
        parts.append(f"{_names(result.told)} can open it by a button in their channel.")
    if result.missed:
        parts.append(
            f"{_names(result.missed)} could not be reached, or wants no packs: please hand it over yourself."
        )
    return " ".join(parts)


def _names(names: tuple[str, ...]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
