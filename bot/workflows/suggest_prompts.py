"""What somebody may ask first, when the agent view opens: fitted to their client and what is asked there."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.answering.models import AnswerRecord, Conversation
from bot.answering.types import Reason
from bot.clock import Clock, utc_now
from bot.database import Database, ReadSession
from bot.delivery import outbox
from bot.delivery.lanes import finish
from bot.delivery.models import InboxItem
from bot.engagement import people
from bot.engagement.models import Client, Person, Workspace
from bot.engagement.people import Directory, Profile
from bot.workflows import topics
from bot.workflows.topics import Topic
from knowledge.types import OrgSize

# A topic fewer people asked about would point at them.
FEWEST_PEOPLE = 3
LOOK_BACK = timedelta(days=90)
MOST_ANSWERS = 1_000


class SuggestPrompts:
    """The use case behind opening the agent view."""

    def __init__(self, database: Database, directory: Directory, clock: Clock = utc_now) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def opened(self, item: InboxItem) -> None:
        """Queue the prompts for whoever opened it."""
        user, now = str(item.payload["user_id"]), self._clock()
        profile = await self._directory.profile(item.team_id, user)
        async with self._database.read() as session:
            person = await people.find(session, profile.team_id, user)
            client = await _client_of(session, profile, person)
            asked = await asked_often(session, client.id, since=now - LOOK_BACK) if client else ()
        size = (person.stated_size if person else None) or (client.org_size if client else None)
        prompts = [{"title": each.label, "message": each.question} for each in ranked(size, asked)]
        async with self._database.unit_of_work() as session:
            await outbox.add(
                session,
                team_id=item.team_id,
                lane=f"{item.team_id}:prompts:{user}",
                kind="prompts",
                payload={"target": {"channel": item.payload["channel"]}, "prompts": prompts},
                now=now,
            )
            finish(await session.get_one(InboxItem, item.id), now=now)


async def _client_of(session: ReadSession, profile: Profile, person: Person | None) -> Client | None:
    """Return the client of a person, or of the workspace of one who never wrote; of a guest, nobody's."""
    if person is not None:
        return await session.get_one(Client, person.client_id)
    workspace = None if profile.is_guest else await session.get(Workspace, profile.team_id)
    return await session.get_one(Client, workspace.client_id) if workspace else None


def ranked(size: OrgSize | None, asked: tuple[str, ...]) -> tuple[Topic, ...]:
    """Return at most four topics for a client of `size`: what is asked there often first, then by size."""
    every = topics.order(size)
    often = [each for slug in asked for each in every if each.slug == slug]
    chosen = list(dict.fromkeys([*often, *every]))
    return tuple(chosen[: topics.MOST])


async def asked_often(session: ReadSession, client_id: int, *, since: datetime) -> tuple[str, ...]:
    """Return the articles three or more people of a client were answered from, the most asked first.

    Only what the methodology covers: matters for a person are in no count.
    """
    rows = await session.execute(
        select(AnswerRecord.person_id, AnswerRecord.body)
        .join(Conversation, Conversation.id == AnswerRecord.conversation_id)
        .where(Conversation.client_id == client_id, AnswerRecord.reason == Reason.COVERED)
        .where(AnswerRecord.created_at > since)
        .order_by(AnswerRecord.id.desc())
        .limit(MOST_ANSWERS)
    )
    askers: defaultdict[str, set[int]] = defaultdict(set)
    for person_id, body in rows:
        for cited in body.get("citations", ())[:1]:
            askers[cited["slug"]].add(person_id)
    often = [slug for slug, who in askers.items() if len(who) >= FEWEST_PEOPLE]
    return tuple(sorted(often, key=lambda slug: (-len(askers[slug]), slug)))
