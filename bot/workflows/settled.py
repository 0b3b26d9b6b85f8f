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
# Thanks that go on with what is amiss: "thanks, but the link is dead"; "thanks but no need" does not.
_BUT = re.compile(
    r"\b(?:but|however|except|although|though|unfortunately|sadly)\b"
    r"(?!,? (?:no (?:need|rush|hurry|thanks|worries|problem)"
    r"|(?:we|i)(?:'re| are|'m| am) (?:fine|good|all set|happy)|all (?:good|fine|sorted|is well)))"
    r"(?:,? \w+(?:'\w+)?){2}"
)
# What somebody who is content says without a word of thanks, with nothing beside it.
_CONTENT = re.compile(
    r"\b(?:no (?:worries|problem|problems|rush|need)|happy|pleased|content|glad|delighted|with|we|we're|i|i'm"
    r"|am|are|fine|sorted|good|bye|goodbye|perfect|super|cool|nice|noted|understood|got it|will do|done|works"
    r"|working|now|worked|solved|resolved|fixed|excellent|fantastic|wonderful|cheers|here|me|us|everything"
    r"|but|have a|day|weekend|evening|too|lot|really|just|quite|what i (?:needed|wanted)|exactly)\b"
)
_NEGATED = re.compile(r"\b(?:not|no longer|never|isn't|wasn't|aren't|doesn't|didn't|don't|cannot|can't)\b")


def asks_for_more(text: str, *, has_files: bool = False) -> bool:
    """Whether a message wants something done: anything but thanks, a greeting or a mere sign."""
    if has_files or not _WORDS.search(text):
        return has_files
    folded = fold(text)
    if _UNSOLVED.search(folded):
        return True
    if find_intents(text) & _SMALL:
        return _BUT.search(folded) is not None
    return not _is_content(text, folded)


def _is_content(text: str, folded: str) -> bool:
    """Whether nothing is said but that all is well."""
    if "?" in text or _NEGATED.search(folded):
        return False
    return _WORDS.search(_COURTESIES.sub(" ", _CONTENT.sub(" ", folded))) is None


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
