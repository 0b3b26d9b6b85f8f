"""What a message is before anything is searched: its wording, its thread, the size in force."""

import re
from dataclasses import dataclass, replace

from bot.answering.intents import find_intents
from bot.answering.language import Legibility, read_legibility
from bot.answering.matters import ends_incident, matter_in_hand, wants_a_pick
from bot.answering.rewrite import continues, only_states_size, rewrite, topic_of
from bot.answering.ruled_out import ruled_out
from bot.answering.sectors import compares_sectors, find_sector, stated_sector
from bot.answering.sizes import asks_size, find_size, stated_in
from bot.answering.types import Question, Reason, Sector, Speaker, Turn
from bot.answering.wording import LONGEST, clean, content_words, fold, words
from knowledge.types import OrgSize

# Carried over from the question a follow-up leans on: what was a matter for a person stays one.
_CARRIED = frozenset(
    {
        Reason.LIVE_INCIDENT,
        Reason.SENSITIVE,
        Reason.LEGAL,
        Reason.DECISION,
        Reason.OTHER_CLIENT,
        Reason.PRODUCT_CHOICE,
    }
)
_A_SENTENCE = 4  # words
_FIELD = re.compile(
    r"\bIT\b|\b(?i:cio|cto|ciso|backups?|back up|restor\w+|data|databases?|records?|systems?|software|saas"
    r"|suppliers?|vendors?|procure\w*|"
    r"security|cyber\w*|budget\w*|cloud|networks?|servers?|laptops?|computers?|devices?|passwords?|polic(?:y|ies)|documents?|files?|"
    r"e-?mails?|apps?|applications?|digital\w*|technolog\w+|tech|projects?|governance|risks?|consult\w+|crm|erp|ai|api|websites?|"
    r"wi-?fi|printers?|licen[cs]\w+|contracts?|retention|archiv\w+|disaster|recovery|mfa|phishing|malware|ransomware|information|"
    r"spreadsheets?|iso|gdpr|privacy|complian\w+|audit\w*|dashboards?|reports?|reporting|integrat\w+|automat\w+|outsourc\w+|helpdesk|"
    r"help desk|service desk|tickets?|outages?|uptime|hardware|migrat\w+|intranet|sharepoint|chatbots?"
    r"|llms?|algorithm\w*|code|"
    r"coding|sql|python|excel|firewalls?|vpn|encrypt\w*|storage|hosting|domain names?|telephony|phones?"
    r"|sensors?|blockchain|quantum|"
    r"metadata|taxonom\w+|knowledge|stakeholders?|board|steering|strateg\w+|roadmap|kpis?|metrics?|tender\w*|rfp|bids?|demos?)\b"
)


@dataclass(frozen=True)
class Heard:
    """One message, understood as far as its wording goes.

    `terms`: content words of the standalone question; `in_field`: it uses words of IT or information work.
    `stated_size` was said by the person; `org_size` and `sector` are the ones in force for this answer.
    `ruled_out`: what the message is surely not.
    """

    legibility: Legibility
    characters: int
    intents: frozenset[Reason]
    standalone: str
    terms: int
    words: int
    in_field: bool
    only_size: bool
    has_files: bool
    org_size: OrgSize | None
    stated_size: OrgSize | None
    sector: Sector | None = None
    ruled_out: frozenset[Reason] = frozenset()


def understand(question: Question, standalone: str | None = None) -> Heard:
    """Return everything the wording of a question and its thread tell.

    `standalone` is another reading of it than its wording suggests.
    """
    characters = len(question.text)
    question = replace(question, text=question.text[:LONGEST])
    thread = question.thread
    said_before = stated_in(thread)
    replying = _was_asked_size(thread)
    statement = find_size(question.text, replying=replying, known=bool(said_before or question.org_size))
    own = statement.size if statement and statement.own else said_before
    standalone = standalone or rewrite(question.text, thread)
    silent_size = only_states_size(
        question.text, replying=replying, known=bool(said_before or question.org_size)
    )
    folded = fold(standalone)
    return Heard(
        legibility=read_legibility(question.text),
        characters=characters,
        intents=_intents(question, standalone),
        standalone=standalone,
        terms=len(content_words(folded)),
        words=len(words(folded)),
        in_field=bool(_FIELD.search(clean(standalone))),
        only_size=silent_size and not topic_of(thread),
        has_files=bool(question.files),
        org_size=(statement.size if statement else own) or question.org_size,
        stated_size=own,
        sector=_sector(question),
        ruled_out=ruled_out(folded),
    )


def _sector(question: Question) -> Sector | None:
    """Return the sector to answer for: the one asked about, the asker's own as said last, the profile's."""
    statement = find_sector(question.text)
    if compares_sectors(question.text):
        return None
    if statement:
        return statement.sector
    return stated_sector((*question.thread, Turn(Speaker.PERSON, question.text)), question.sector)


def _intents(question: Question, standalone: str) -> frozenset[Reason]:
    found = find_intents(question.text, question.thread)
    if ends_incident(question.text, question.thread):
        return (found - {Reason.LIVE_INCIDENT, Reason.ASKED_FOR_PERSON}) | {Reason.THANKS}
    if Reason.THANKS in found:
        return found
    matter = matter_in_hand(question.text, question.thread)
    if matter is Reason.PRODUCT_CHOICE or wants_a_pick(question.text):
        return (found - {Reason.SENSITIVE, Reason.DECISION}) | {Reason.PRODUCT_CHOICE}
    found |= {matter} if matter else frozenset()
    if standalone == clean(question.text) or not topic_of(question.thread):
        return found
    found |= (
        find_intents(standalone) & _CARRIED
        if standalone.endswith(topic_of(question.thread)[-40:])
        else frozenset()
    )
    # "Any ideas?" is vague at the beginning; later it is asked of what went before.
    text = question.text
    asks_on = continues(text) or "?" in text or len(words(fold(text))) >= _A_SENTENCE
    return found - {Reason.TOO_VAGUE} if asks_on else found


def _was_asked_size(thread: tuple[Turn, ...]) -> bool:
    return bool(thread) and thread[-1].speaker is Speaker.ASSISTANT and asks_size(thread[-1].text)
