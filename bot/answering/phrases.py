"""The assistant's own sentences, where it does not quote: offers, handovers, refusals and small talk."""

from collections.abc import Sequence

from bot.answering.types import Contacts, Reason
from knowledge.types import OrgSize

TALK = "Talk to a consultant"
_PRESS = (
    f"Press “{TALK}” and your question, with this conversation, goes to a consultant’s desk; "
    "you will see here who has taken it."
)
_PRIVATE_PRESS = (
    f"Press “{TALK}” and only our consultants will read it; nothing more is asked here. "
    "Please leave names and details out of this chat."
)
_NEEDED = f"Would you like a consultant to take this over? Say yes, or press “{TALK}”."
_COUNTS = {2: "two", 3: "three"}
_FOR_A_PERSON = f"What I left open is for a person: press “{TALK}” and a consultant gets the whole message."
# By these an earlier turn is known to have offered a person.
OFFERS = (_PRESS, _PRIVATE_PRESS, _NEEDED, _FOR_A_PERSON)
_SIZE_WORDS = {
    OrgSize.SMALL: "an organisation of fewer than 50 people",
    OrgSize.MEDIUM: "an organisation of 50 to 500 people",
    OrgSize.LARGE: "an organisation of more than 500 people",
}

_FIXED: dict[Reason, tuple[str, ...]] = {
    Reason.GREETING: (
        "Hello, and welcome. Ask me anything about running IT and information well: backups, records, "
        "security basics, "
        "budgets, choosing suppliers or the role of a CIO.",
        f"If you would rather speak with someone, press “{TALK}”.",
    ),
    Reason.THANKS: (f"You are welcome. Ask again whenever something comes up; “{TALK}” is there too.",),
    Reason.CAPABILITIES: (
        "I am an automated assistant. I answer questions on managing IT and information from our "
        "consultants’ methodology, "
        "with the source beside each answer and advice fitted to the size of your organisation.",
        "I do not handle live incidents, approve anything, give legal, HR or tax advice, recommend "
        "products, or see your systems.",
        "In a private conversation only you can read this, and our consultants once you hand it over; in a "
        "channel, everyone there can. "
        "Please do not post passwords or personal files.",
        f"What would you like to ask? To reach a person instead, press “{TALK}”.",
    ),
    Reason.EMPTY: (
        f"I could not find a question in that message. What would you like to know? “{TALK}” reaches a "
        f"person.",
    ),
    Reason.NOT_UNDERSTOOD: (
        f"I could not make out a question there. Could you put it in a sentence or two of plain English? "
        f"If it is easier to explain to a person, press “{TALK}”.",
    ),
    Reason.TOO_LONG: (
        "That is more than I can read as one question (the limit is 4,000 characters). "
        "What is the core of it, in two or three sentences?",
        f"If the detail matters, press “{TALK}” and the whole text goes to a person.",
    ),
    Reason.OTHER_LANGUAGE: (
        "I can only answer in English so far. Could you ask that in English?",
        f"Or press “{TALK}” and write in your own language; a person will read it.",
    ),
    Reason.ASKED_FOR_PERSON: (f"Of course. {_PRESS}",),
    Reason.HANDS: (f"That is for somebody of our firm to do, not for an article. {_PRESS}",),
    Reason.ASSIGNMENT: (f"That is a piece of work for our consultants to propose. {_PRESS}",),
    Reason.NOT_COVERED: (
        "Our methodology does not cover that, so I would rather not guess.",
        f"A consultant can look at it with you. {_PRESS}",
    ),
    Reason.SENSITIVE: (
        "That belongs with a person, in confidence, so I will not go into it here.",
        _PRIVATE_PRESS,
    ),
    Reason.LEGAL: (
        "That calls for professional advice on your own case (legal, HR or tax), which I cannot give.",
        f"Your own adviser is the right first call; a consultant can help with the information side of it. "
        f"{_PRESS}",
    ),
    Reason.DECISION: (
        "That is a decision for a person: I cannot approve, agree or price anything, and I do not see the "
        "whole picture.",
        f"A consultant can go through it with you and whoever has to decide. {_PRESS}",
    ),
    Reason.OFF_TOPIC: (
        "That is outside what I am here for: I help with managing IT and information in an organisation.",
        f"Ask me about that at any time, or press “{TALK}” if there is a work question behind it.",
    ),
    Reason.OTHER_CLIENT: (
        "I keep every client’s conversations, documents and identity apart, so I cannot tell you anything "
        "about others, just as they learn nothing about you.",
        f"I can answer the same question from our general methodology, or press “{TALK}”.",
    ),
    Reason.OWN_INSTRUCTIONS: (
        "I cannot share or change how I am set up, and I only answer from our methodology.",
        f"If you have a question on IT or information management, I am glad to help; “{TALK}” reaches a "
        f"person.",
    ),
    Reason.PRODUCT_CHOICE: (
        "We never recommend, compare or rank products or suppliers: we sell none and take no commission, "
        "so the choice stays yours.",
    ),
    Reason.UNHELPFUL: ("I am not getting you what you need, and you should not have to ask again.", _NEEDED),
    Reason.UNAVAILABLE: (f"I cannot reach our methodology at the moment. {_PRESS}",),
}


def fixed(reason: Reason) -> tuple[str, ...]:
    """Return the sentences for a reason whose text depends on nothing else.

    Raises KeyError for a reason that has a function of its own below, or that quotes the methodology.
    """
    return _FIXED[reason]


def offer() -> str:
    """Return the offer of a person that may stand below an answer."""
    return _NEEDED


def left_open() -> str:
    """Return the line below an answer to some of the questions a message asked."""
    return _FOR_A_PERSON


def not_all_at_once(count: int) -> str:
    """Return the line below an answer to the first few of more questions."""
    return f"That was the first {_COUNTS[count]}; please ask me the others next."


def offered_already() -> tuple[str, ...]:
    """Return the reply to another complaint, after a person was offered once."""
    return (
        f"“{TALK}” stays here, and a person reads all of this.",
        "If I am to try again: what would the answer help you to do or decide?",
    )


def declined() -> tuple[str, ...]:
    """Return the reply to a "no" to the offer of a person."""
    return (f"All right, nothing has been passed on. Ask whenever you like; “{TALK}” stays here.",)


def live_incident(contacts: Contacts) -> tuple[str, ...]:
    """Return where to phone now, with the numbers that are set and never any other; no advice on the "
    "incident."""
    own = [f"your IT support: {contacts.it_support}"] if contacts.it_support else []
    own += [f"your emergency or insurer line: {contacts.emergency_phone}"] if contacts.emergency_phone else []
    firm = [f"{contacts.firm_name}, on call: {contacts.firm_on_call}"] if contacts.firm_on_call else []
    firm += [f"{contacts.firm_name}: {contacts.firm_phone}"] if contacts.firm_phone else []
    numbers = [*own, *firm]
    call = f"Phone now: {'; then '.join(numbers)}." if numbers else (
        "Phone now: phone your IT support or whoever you would ring at night."
    )  # fmt: skip
    return (
        call,
        "Please do not wait for an answer in chat, and I will not advise on what is happening: people on "
        "the phone can.",
        f"As well as phoning, press “{TALK}” so that a consultant sees this conversation.",
    )


def everyday_support(contacts: Contacts) -> tuple[str, ...]:
    """Return the client's own support contact first, a consultant second."""
    first = (
        f"For everyday IT support, please contact your own support team first: {contacts.it_support}."
        if contacts.it_support
        else "For everyday IT support, please go to your own IT support team or provider first; "
        "they can see your device and account, and I cannot."
    )
    return (first, f"If the problem keeps coming back, that is worth a wider look. {_PRESS}")


def nearest(title: str, section: str) -> str:
    """Return the pointer to the section that comes nearest to a question the methodology does not cover."""
    return f"The nearest it comes is “{section}” in “{title}”, which you can open below; it may still help."


def product_process() -> str:
    """Return the line that closes a product question."""
    return f"A consultant can run an independent selection with you. {_PRESS}"


def too_vague(topics: Sequence[str]) -> tuple[str, ...]:
    """Return one short question back, naming topics found near the message (titles of articles)."""
    if len(topics) >= 2:
        listed = f"{', '.join(topics[:-1])} or {topics[-1]}"
        question = (
            f"Happy to help. Is it about {listed}, or something else, and what would you like to be better?"
        )
    else:
        question = "Happy to help. Which part is it about, and what would you like to be better?"
    return (question, f"If it is easier to talk it through, press “{TALK}”.")


def size_noted(size: OrgSize) -> tuple[str, ...]:
    """Return the acknowledgement of a size stated without a question."""
    return (
        f"Thank you. For the rest of this conversation I will fit answers to {_SIZE_WORDS[size]}. What "
        f"would you like to know?",
        f"“{TALK}” reaches a person.",
    )


def files_kept(files: Sequence[str]) -> str:
    """Return the note that attachments were not read but kept for a consultant."""
    one = len(files) == 1
    return (
        f"I cannot read pictures, recordings or files; {'the one' if one else f'the {len(files)}'} you sent "
        f"{'is' if one else 'are'} kept for the consultant, should you press “{TALK}”."
    )


def files_only(files: Sequence[str]) -> tuple[str, ...]:
    """Return the reply to attachments that came without a question."""
    return (files_kept(files), "What would you like to know, in a sentence or two?")
