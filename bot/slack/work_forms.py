"""Reading the forms about work: what was typed, chosen and ticked, fit to be stored."""

from datetime import date
from typing import Any

from bot.engagement.effort import read_effort
from bot.engagement.work import Wish
from bot.engagement.work_models import EngagementKind
from bot.errors import AdvisoryError
from bot.slack import work_ids
from bot.slack import work_texts as said
from bot.slack.requests import Request
from bot.workflows.ask_for_hands import Filled
from bot.workflows.presses import NOT_YOURS, Press


class FieldError(AdvisoryError):
    """What is wrong with one field of a form."""

    def __init__(self, block_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.block_id = block_id


def _state(request: Request, block_id: str) -> dict[str, Any]:
    values = request.body["view"]["state"]["values"]
    return dict((values.get(block_id) or {}).get(work_ids.FIELD) or {})


def text_of(request: Request, block_id: str, *, required: str = "") -> str:
    """Return what was typed in a field; raises `FieldError` with `required` where it is blank."""
    text = str(_state(request, block_id).get("value") or "")
    # Neither database keeps a NUL, nor a half of a surrogate pair, which has no UTF-8.
    text = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
    if required and not text:
        raise FieldError(block_id, required)
    return text


def day_of(request: Request, block_id: str) -> date | None:
    """Return the day that was chosen."""
    chosen = _state(request, block_id).get("selected_date")
    try:
        return date.fromisoformat(str(chosen)) if chosen else None
    except ValueError:
        raise FieldError(block_id, said.PAST) from None


def effort_of(request: Request, block_id: str) -> int | None:
    """Return the amount of work that was typed, in minutes; raises `FieldError` for what is none."""
    try:
        return read_effort(text_of(request, block_id))
    except AdvisoryError as error:
        raise FieldError(block_id, error.user_text) from None


def chosen_of(request: Request, block_id: str) -> str:
    """Return the value of the option that was chosen."""
    return str((_state(request, block_id).get("selected_option") or {}).get("value") or "")


def several_of(request: Request, block_id: str) -> tuple[str, ...]:
    """Return the values of the options that were ticked or chosen, in their order."""
    return tuple(str(each["value"]) for each in _state(request, block_id).get("selected_options") or ())


def opened_from(request: Request) -> tuple[int, Press]:
    """Return what a form is about, with the press as if made on the message it was opened from."""
    read = work_ids.read_place(str(request.body["view"].get("private_metadata")))
    if read is None:
        raise AdvisoryError(NOT_YOURS)
    number, channel, ts = read
    press = request.press_at(channel)
    return number, Press(press.team_id, press.actor_team_id, press.user_id, channel, ts)


def filled_hands(request: Request, today: date) -> Filled:
    """Return what somebody asks for; raises `FieldError` at what cannot be."""
    try:
        kind = EngagementKind(chosen_of(request, work_ids.KIND_BLOCK))
    except ValueError:
        raise AdvisoryError(NOT_YOURS) from None
    needed_by = day_of(request, work_ids.BY_BLOCK)
    if needed_by is not None and needed_by < today:
        raise FieldError(work_ids.BY_BLOCK, said.PAST)
    wish = Wish(
        kind=kind,
        needed=text_of(request, work_ids.NEEDED_BLOCK, required=said.BLANK),
        deliverable=text_of(request, work_ids.DELIVERABLE_BLOCK) or None,
        needed_by=needed_by,
        guess=effort_of(request, work_ids.EFFORT_BLOCK),
        decides=text_of(request, work_ids.DECIDES_BLOCK) or None,
    )
    return Filled(wish, private=bool(several_of(request, work_ids.PRIVATE_BLOCK)))
