"""A conversation whose ticket is resolved: what is written there may open it again, for two weeks."""

import re
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.answering.intents import find_intents
from bot.answering.types import Reason
from bot.answering.wording import fold
from bot.database import ReadSession, Session
from bot.engagement.models import OPEN_STATES, Client, Ending, Person, Ticket

REOPENS_FOR = timedelta(days=14)
_SMALL = frozenset({Reason.THANKS, Reason.GREETING})
_WORDS = re.compile(r"\w")
_COURTESIES = re.compile(
    r"\b(?:thanks?|thank ?you|thx|ta|cheers|many|much|very|so|a|lot|again|you|for|your|the|help|ok(?:ay)?"
    r"|great|perfect|lovely|brilliant|hello|hi|hey|good|morning|afternoon|evening|appreciated|and|that|this"
    r"|its?|is|all|both)\b"
)
# Thanks with such words beside them come before what is still open.
_UNSOLVED = re.compile(
    r"\b(?:still|fail(?:s|ed|ing)?|broke(?:n)?|breaks|wors[et]\w*|for nothing|no luck"
    r"|not (?:\w+ )?(?:solved|resolved|fixed|work(?:s|ed|ing)?|done|right|sorted|helpful|help(?:ed|ing)?)"
    r"|(?:does|did|do|is|was|has|have)(?:n't| not) (?:\w+ )?(?:solve|resolve|fix|work|help|done|right)\w*)\b"
)


def asks_for_more(text: str, *, has_files: bool = False) -> bool:
    """Whether a message wants something done: anything but thanks, a greeting or a mere sign."""
    if has_files or not _WORDS.search(text):
        return has_files
    return bool(_UNSOLVED.search(fold(text))) or not find_intents(text) & _SMALL


def answers_back(text: str, *, has_files: bool = False) -> bool:
    """Whether a message tells somebody who waits for one anything beside thanks: "yes thanks" does."""
    return has_files or _WORDS.search(_COURTESIES.sub(" ", fold(text))) is not None


async def settled_for(
    session: ReadSession | Session, conversation_id: int, *, now: datetime
) -> Ticket | None:
    """Return the resolved ticket of a conversation that can still be reopened; what was withdrawn cannot."""
    return await session.scalar(
        select(Ticket)
        .where(Ticket.conversation_id == conversation_id, Ticket.state.not_in(OPEN_STATES))
        .where(Ticket.resolved_at > now - REOPENS_FOR)
        .where(or_(Ticket.ending.is_(None), Ticket.ending != Ending.WITHDRAWN))
        .order_by(Ticket.id.desc())
        .limit(1)
    )


def speaks_for_client(ticket: Ticket, person: Person, client: Client) -> bool:
    """Whether a message of `person` is the client's: the firm's own people may be consultants."""
    same_client = person.client_id == ticket.client_id and not client.is_firm
    return person.id == ticket.person_id or same_client
