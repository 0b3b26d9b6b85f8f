"""What is said when a client's service ends, and after it has."""

from datetime import date

from bot.slack.work_texts import day

FILE_TITLE = "Handover"
NOT_SENT = "The handover pack could not be sent as a file here. Our consultants can hand it over."
BY_HAND = "I cannot write to everybody who approves there: please hand them the pack yourselves."


def after(firm: str, client: str, ends_on: date, ask_instead: str) -> str:
    """Return what people of a client read who write after its service has ended."""
    return (
        f"Our service for {client} ended on {day(ends_on)}, so I cannot answer here any more. "
        f"Please ask {ask_instead.rstrip('.')} now. Thank you for the time with us; {firm} wishes you well."
    )


def over(reference: str, ends_on: date, ask_instead: str) -> str:
    """Return the last word in the thread of a request that was open."""
    return (
        f"Our service ended on {day(ends_on)}, so {reference} is closed. What is open about it has been "
        f"handed over; please ask {ask_instead.rstrip('.')} from now on. Thank you for the time with us."
    )


def pack(client: str, ends_on: date, count: int, *, desk: bool, final: bool, erases: bool, key: str) -> str:
    """Return the message with a handover pack."""
    open_work = "Nothing is open" if count == 0 else f"{count} open"
    when = "ended on" if final else "ends on"
    said = f"The service for {client} {when} {day(ends_on)}. {open_work}; everything is in the handover pack."
    if not desk:
        kept = "will be erased" if erases else "is kept"
        return f"{said} What we hold {kept}, as agreed."
    if not final:
        return f"{said} Please settle what is open until then: on that day it is closed by itself."
    if erases:
        return f"{said} Its data is to be erased, as agreed: run `vcio forget {key}` when the pack is there."
    return f"{said} Its data is kept, as agreed."
