"""What people are for their client, as it is typed and as it is changed: CIO, approver, deputy, or staff."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from bot.database import ReadSession, Session
from bot.engagement import audit, people
from bot.engagement.models import Approves, Client, Person, Role
from bot.engagement.people import Profile
from bot.errors import AdvisoryError

# A person by workspace and user.
Who = tuple[str, str]
CIO = "cio"
WORDS = (CIO, *Approves)
_PERSON = re.compile(r"(?P<team>[TE][A-Z0-9]{2,29})/(?P<user>[UW][A-Z0-9]{2,29})")


@dataclass(frozen=True)
class Given:
    """What somebody may do for their client."""

    is_cio: bool = False
    approves: Approves | None = None

    @property
    def role(self) -> Role:
        """Their role; everyone is staff until one is given."""
        return Role.CIO if self.is_cio else Role.STAFF


def parse_people(text: str) -> dict[Who, Given]:
    """Return who is given what in a line like `T0ABC/U0123 cio approver; T0ABC/U0456 deputy`.

    Raises `AdvisoryError` naming what cannot be read.
    """
    found: dict[Who, Given] = {}
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
        name, *words = part.replace(",", " ").replace(":", " ").split()
        known = _PERSON.fullmatch(name)
        if known is None:
            raise AdvisoryError(f"{name!r} is nobody: write workspace and user, like T0ABC/U0123 approver.")
        if not words or set(words) - set(WORDS):
            raise AdvisoryError(f"{part!r} gives no role: write {', '.join(WORDS)} after the person.")
        who = (known["team"], known["user"])
        if who in found or len({*words} & set(Approves)) > 1:
            raise AdvisoryError(f"{name!r} is named twice: once is enough, as approver or as deputy.")
        found[who] = Given(CIO in words, next((each for each in Approves if each in words), None))
    return found


def written(given: Mapping[Who, Given]) -> str:
    """Return people with what they are given, as `parse_people` reads it."""
    return "; ".join(f"{team}/{user} {' '.join(_words(each))}" for (team, user), each in given.items())


def _words(given: Given) -> Iterable[str]:
    return (*([CIO] if given.is_cio else []), *([given.approves] if given.approves else []))


async def roles_of(session: ReadSession | Session, client_id: int) -> dict[Who, Given]:
    """Return who of a client is more than staff, in the order they became known."""
    found = await session.scalars(
        select(Person)
        .where(Person.client_id == client_id, or_(Person.role != Role.STAFF, Person.approves.is_not(None)))
        .order_by(Person.id)
    )
    return {(each.team_id, each.user_id): Given(each.role is Role.CIO, each.approves) for each in found}


async def give(
    session: Session,
    client: Client,
    who: Who,
    given: Given,
    *,
    profile: Profile | None,
    actor: str,
    now: datetime,
) -> Person:
    """Give somebody a role for a client; somebody new becomes one of its people.

    Raises `AdvisoryError` for somebody of another client, save the firm's own, whose people may be anybody's.
    """
    name = profile.name if profile else who[1]
    person, _new = await people.add(session, who, client, name=name, now=now)
    if person.client_id != client.id:
        other = await session.get_one(Client, person.client_id)
        if not other.is_firm:
            raise AdvisoryError(
                f"{person.name} belongs to {other.name}: move them with `vcio people change`."
            )
        people.move(person, client)
    person.role, person.approves = given.role, given.approves
    await session.flush()
    detail = people.described(person, client)
    audit.append(session, actor=actor, what="person changed", now=now, client_id=client.id, detail=detail)
    return person
