"""Whom a request is suggested to, and why: the client's lead, the deputy, who knows the matter, or nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.engagement.consultants import Rows, Users, here


class Why(StrEnum):
    """Why somebody is suggested."""

    LEADS_CLIENT = "leads_client"
    DEPUTY = "deputy"
    SKILLED = "skilled"


@dataclass(frozen=True)
class Suggestion:
    """Who is suggested, and why; `area` is what they know of, where that is why."""

    user_id: str
    why: Why
    area: str | None = None


@dataclass(frozen=True)
class Matter:
    """What a suggestion goes by: who leads the client, and the areas of the answer's sources, best first.

    A confidential request is given without areas: who knows of them would tell what it is about.
    """

    lead: str | None = None
    deputy: str | None = None
    areas: Sequence[str] = ()


def suggest(
    matter: Matter, rows: Rows, members: Users, now: datetime, *, busy: Mapping[str, int] | None = None
) -> Suggestion | None:
    """Return who of the desk's members, none of them away, should take it; None means the desk as a whole.

    Of those who know of the same area, who has fewest open requests (`busy`).
    """
    known = tuple(rows)
    present = here(known, members, now)
    if matter.lead in present and matter.lead is not None:
        return Suggestion(matter.lead, Why.LEADS_CLIENT)
    if matter.deputy in present and matter.deputy is not None:
        return Suggestion(matter.deputy, Why.DEPUTY)
    for area in matter.areas:
        skilled = sorted(row.user_id for row in known if row.user_id in present and area in row.skills)
        if skilled:
            least = min(skilled, key=lambda user: (busy or {}).get(user, 0))
            return Suggestion(least, Why.SKILLED, area)
    return None
