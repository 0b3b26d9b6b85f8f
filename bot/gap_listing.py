"""`vcio gaps`: list, show and change what the methodology lacks."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import click

from bot.administration import ACTOR, opened
from bot.answering.voice_models import GapQuestion, GapState
from bot.articles import near
from bot.clock import utc_now
from bot.database import Session
from bot.engagement import consultants
from bot.engagement.areas import area_by_article
from bot.engagement.desk_models import Consultant
from bot.errors import AdvisoryError, SetupError
from bot.printing import print_json
from bot.settings import Settings
from bot.workflows import gaps
from bot.workflows.gaps import GapLine, Step
from ingest.own import read_own

NONE = "No gaps: what was asked is covered, or was about nothing that an article could say."
NO_GAP = "There is no gap {}: `vcio gaps list --all` shows those there are."
WHY = {
    gaps.NOT_COVERED: "not covered",
    gaps.NOT_HELPFUL: "not helpful",
    "off_question": "not about the question",
    "too_long": "too long",
    "other": "not helpful",
}
Fields = dict[str, Any]


async def show_gaps(settings: Settings, *, everything: bool, as_json: bool) -> None:
    """Print the gaps to be mended, or all, by the number of their questions."""
    async with opened(settings) as database, database.read() as session:
        lines = await gaps.read_gaps(session, everything=everything)
    if as_json:
        print_json([_fields(each) for each in lines])
        return
    if not lines:
        click.echo(NONE)
    for each in lines:
        click.echo(f"{each.gap_id:>5} {each.count:>5}  {each.label}  ({_standing(each)})")


async def show_gap(settings: Settings, gap_id: int, *, as_json: bool) -> None:
    """Print one gap with its questions; raises `AdvisoryError` where there is none."""
    async with opened(settings) as database, database.read() as session:
        found = await gaps.read_gap(session, gap_id)
    if found is None:
        raise AdvisoryError(NO_GAP.format(gap_id))
    line, questions = found
    if as_json:
        print_json(_fields(line) | {"questions": [_question(each) for each in questions]})
        return
    _print(line, questions)


async def assign_gap(settings: Settings, gap_id: int, given: str, *, as_json: bool) -> None:
    """Give a gap to a consultant we know; raises `AdvisoryError` for anybody else."""

    async def assign(session: Session) -> None:
        user = await consultants.find_user(session, given)
        row = await session.get(Consultant, user)
        if row is None:
            raise AdvisoryError(f"Nothing is known of {user!r}: `vcio consultants list` shows who is known.")
        await gaps.assign(session, gap_id, user, row.name, _step())

    await _change(settings, gap_id, assign, as_json=as_json)


async def close_gap(settings: Settings, gap_id: int, slug: str, *, as_json: bool) -> None:
    """Close a gap by an article; raises `SetupError` naming near ones where there is none like that."""
    known = (*area_by_article(), *(article.slug for article in read_own(settings.vcio_data_dir)))
    if slug not in known:
        raise SetupError(f"There is no article {slug!r}: {near(slug, known)}")

    async def close(session: Session) -> None:
        await gaps.close(session, gap_id, slug, _step())

    await _change(settings, gap_id, close, as_json=as_json)


async def dismiss_gap(settings: Settings, gap_id: int, *, as_json: bool) -> None:
    """Set a gap aside."""

    async def dismiss(session: Session) -> None:
        await gaps.dismiss(session, gap_id, _step())

    await _change(settings, gap_id, dismiss, as_json=as_json)


async def _change(
    settings: Settings, gap_id: int, change: Callable[[Session], Awaitable[None]], *, as_json: bool
) -> None:
    """Take one step with a gap and print it as it is then."""
    async with opened(settings) as database, database.unit_of_work() as session:
        if await gaps.read_gap(session, gap_id) is None:
            raise AdvisoryError(NO_GAP.format(gap_id))
        await change(session)
        # What was read before the step is not what stands there now.
        session.expire_all()
        found = await gaps.read_gap(session, gap_id)
    assert found is not None
    if as_json:
        print_json(_fields(found[0]))
        return
    _print(found[0], ())


def _step() -> Step:
    return Step(ACTOR, utc_now())


def _print(line: GapLine, questions: Sequence[GapQuestion]) -> None:
    click.echo(f"Gap {line.gap_id}: {line.label}")
    asked = "1 question" if line.count == 1 else f"{line.count} questions"
    click.echo(f"{asked}, {line.first_at:%Y-%m-%d} to {line.last_at:%Y-%m-%d}, {_standing(line)}")
    for each in questions:
        click.echo(f"  {each.at:%Y-%m-%d}  {WHY.get(each.why, each.why):<12}  {each.text}")


def _standing(line: GapLine) -> str:
    match line.state:
        case GapState.OPEN:
            return "open"
        case GapState.ASSIGNED:
            return f"{line.holder} has it"
        case GapState.CLOSED:
            return f"closed by {line.closed_by}"
        case GapState.DISMISSED:
            return "set aside"


def _fields(line: GapLine) -> Fields:
    return {
        "id": line.gap_id,
        "label": line.label,
        "count": line.count,
        "state": line.state,
        "assigned_to": line.holder_id,
        "assigned_name": line.holder,
        "article": line.closed_by,
        "first": line.first_at.isoformat(timespec="minutes"),
        "last": line.last_at.isoformat(timespec="minutes"),
    }


def _question(row: GapQuestion) -> Fields:
    return {"text": row.text, "why": row.why, "at": row.at.isoformat(timespec="minutes")}
