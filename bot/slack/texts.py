"""Every sentence the Slack side says itself, as plain words; the builders escape what is put into them."""

from knowledge.types import OrgSize

NOTHING = "–"
CLOSE = "Close"

# Answers
TALK = "Talk to a consultant"
TALK_SPOKEN = "Talk to a consultant about this conversation"
HANDOVER = "If you ask for a consultant, this conversation goes along."
MORE = "Show more"
MORE_SPOKEN = "Show the whole answer"
MORE_TITLE = "The whole answer"
SOURCES = "Sources"
OPEN = "Open"
CHANGE = "Change"
CHANGE_SPOKEN = "Change the size of organisation this answer is for"
ASK_SIZE = "How large is your organisation? I can fit the answer to it."
UNSURE = "I am not sure this is quite what you meant. A consultant can check it with you."
FILES_KEPT = "I read text only. What you attached is kept for the consultant, should you ask for one."
NO_ANSWER = "I have nothing useful to say to this. A consultant can help you further."
HELPFUL = "Helpful"
HELPFUL_SPOKEN = "This answer was helpful"
NOT_HELPFUL = "Not helpful"
NOT_HELPFUL_SPOKEN = "This answer was not helpful"
THANKS_HELPFUL = "Thank you, that is noted."
THANKS_NOT_HELPFUL = "Thank you for saying so. Would you like a consultant to look at your question?"

SIZE_RANGES = {OrgSize.SMALL: "fewer than 50", OrgSize.MEDIUM: "50-500", OrgSize.LARGE: "more than 500"}
SIZE_BUTTONS = {
    OrgSize.SMALL: "Fewer than 50 people",
    OrgSize.MEDIUM: "50 to 500",
    OrgSize.LARGE: "More than 500",
}
_SIZE_SHORT = {OrgSize.SMALL: "fewer than 50", OrgSize.MEDIUM: "50 to 500", OrgSize.LARGE: "more than 500"}

# Views
SIZE_TITLE = "Size of organisation"
SIZE_LABEL = "How many people work in your organisation?"
SIZE_HINT = "It holds for this conversation; your organisation's profile stays as it is."
SIZE_SUBMIT = "Use this size"
SOURCE_TITLE = "Source"
SECTION_GOES_ON = "The section goes on; ask a consultant for the whole of it."
SECTION_EMPTY = "This section has a heading only; its parts follow it in the article."
SECTION_GONE = (
    "This section is no longer there: the article has been revised since the answer was given. "
    "Ask again for an answer from the present text."
)

STARTING = "I am still starting and cannot open sources yet. Please press again in a minute."
NOT_INSTALLED = "I am not connected to this workspace any more. Please ask an admin to install me again."

# Home
HOME_ASK_TITLE = "How to ask"
HOME_ASK = (
    "Write to me in a direct message",
    "Mention me in a channel; I answer in the thread",
    "Type /vcio ask and your question, for an answer only you can see",
)
# For whom the app's direct messages, Home and commands do not open.
ASK_BY_MENTION = (
    "Mention me in a channel we share; I answer in the thread",
    "Go on in that thread; you need not mention me again there",
    "Mention me with the word browse to read what I answer from",
)
PRIVACY_TITLE = "Who sees what"
HOME_DESK_TITLE = "Consultants' desk"
HOME_DESK_MISSING = (
    "No consultant can be notified yet. Choose the private channel where requests shall arrive; its full "
    "members become the consultants. Invite me to the channel first."
)
HOME_DESK_SET = "Requests for a consultant arrive here:"
HOME_DESK_PICK = "Choose a private channel"
USE_AS_DESK = "Use as desk"
USE_AS_DESK_SPOKEN = "Use this channel as the consultants' desk"

# The desk
DESK_WAITING_NONE = "This channel is now the consultants' desk. Requests for a consultant arrive here."
CARD_FILES = "Attached"
NO_QUESTION_YET = "No question yet: a consultant was asked for outside of a conversation."
FAILED = (
    "I am sorry, that did not work because of a fault on our side. Please try again, or talk to a consultant."
)
PARKED_APOLOGY = (
    "I am sorry, something on our side kept me from answering this. What you wrote is kept. "
    "You can ask again, or talk to a consultant now."
)


def size_fitted(size: OrgSize) -> str:
    """Return the line that says which size an answer is for."""
    return f"for {SIZE_RANGES[size]} people"


def size_heading(size: OrgSize) -> str:
    """Return the heading over the part for one size."""
    return f"For {SIZE_RANGES[size]} people"


def size_confirm(size: OrgSize, client_name: str | None) -> str:
    """Return the label of the button that makes a stated size the profile's."""
    return f"Use {_SIZE_SHORT[size]} for {client_name or 'your organisation'} from now on"


def size_spoken(size: OrgSize) -> str:
    """Return what a screen reader says for a size button."""
    return f"Answer for an organisation of {_SIZE_SHORT[size]} people"


def source_spoken(title: str, section: str) -> str:
    """Return what a screen reader says for the button of a source."""
    return f"Open the source: {section or title}"


def reviewed_on(day: str) -> str:
    """Return the line about the age of an article."""
    return f"Reviewed {day}"


def notice(firm: str | None, *, is_private: bool, own_firm: bool, by_mention: bool = False) -> str:
    """Return the first-reply notice: what this is, who can read it, what not to send.

    `by_mention`: the person cannot open our direct messages.
    """
    whose = f"{firm}'s" if firm else "an"
    consultants = "your colleagues on the consultants' desk" if own_firm else "our consultants"
    readers = (
        "Only you can read this conversation"
        if is_private
        else "Everyone in this channel can read this thread"
    )
    aside = (
        "I cannot write to you privately here; a consultant can."
        if by_mention
        else "For a private conversation write to me directly."
    )
    elsewhere = "" if is_private else f" {aside}"
    return (
        f"I am {whose} automated assistant. {readers}; {consultants} see it once you ask for one.{elsewhere} "
        "Please leave passwords and personal files out of it."
    )


def what_i_am(firm: str | None) -> str:
    """Return what the assistant does, for help and Home."""
    return (
        f"I answer questions about IT and information management from {_whose(firm)} methodology, with the "
        "source beside each answer. When a question needs a person, I bring you a consultant."
    )


def privacy(firm: str | None) -> tuple[str, ...]:
    """Return who sees what, one sentence an item."""
    return (
        f"A private conversation: you, and {_whose(firm)} consultants once you ask for one.",
        "A thread in a channel: everyone in that channel.",
        "Your CIO or sponsor: counts, and topics that three or more people asked about; "
        "never who asked what in private.",
        "I am an automated assistant. Please send no passwords and no personal files.",
    )


def _whose(firm: str | None) -> str:
    return f"{firm}'s" if firm else "our"


def requested(reference: str) -> str:
    """Return what the client reads when a request reached the desk."""
    return (
        f"Your request {reference} is with our consultants, together with this conversation. "
        "I will say here who takes it."
    )


def requested_without_desk(reference: str) -> str:
    """Return what the client reads when nobody could be notified."""
    return (
        f"Your request {reference} is stored, but no consultant has been notified yet: the consultants' "
        "channel is not set up. The workspace's admins have been told, and your request is passed on as soon "
        "as it is."
    )


def firm_contacts(phone: str | None, email: str | None) -> str | None:
    """Return how to reach the firm meanwhile; None when neither is set, so that nothing is invented."""
    ways = [f"{how} {where}" for how, where in (("by phone on", phone), ("by e-mail at", email)) if where]
    return f"Until then you can reach us {' or '.join(ways)}." if ways else None


def claimed(consultant: str, reference: str) -> str:
    """Return what the client's thread reads after a claim."""
    return f"{consultant} has taken your request {reference} and reads what you write in this thread."


def claim_lost(name: str) -> str:
    """Return what a consultant reads who pressed Claim second."""
    return f"{name} claimed this a moment before you."


def stored(reference: str, already: bool, claimed_by: str | None) -> str:
    """Return the confirmation of a press on *Talk to a consultant*."""
    if not already:
        return f"Your request is stored as {reference}."
    holder = f" {claimed_by} has it." if claimed_by else ""
    return f"A consultant has already been asked for in this conversation, as {reference}.{holder}"


def new_client(client: str, workspace: str) -> str:
    """Tell the desk of a workspace met for the first time."""
    return (
        f"A new client has written: {client}, from the workspace {workspace}. It has a profile of its own "
        "with no size set; rename or link it with vcio clients."
    )


def tenant_gone(workspace: str) -> str:
    """Tell the desk of a workspace where the app has no access any more."""
    return (
        f"The workspace {workspace} has removed the app or its access. What waited for it is kept, and goes "
        "on when the app is installed there again within three days."
    )


def parked(what: str, client: str, attempts: int, reason: str) -> str:
    """Tell the desk of something that could not be delivered."""
    return (
        f"Given up after {attempts} attempts: {what} for {client}. Last reason: {reason}. "
        "The person has been told where that was possible."
    )


def no_desk(waiting: int, problem: str | None) -> str:
    """Tell an admin that requests are waiting and how to choose a desk."""
    requests = "1 request is" if waiting == 1 else f"{waiting} requests are"
    why = problem or "No consultants' desk is chosen yet."
    return (
        f"{requests} waiting for a consultant, and nobody can be notified. {why} To choose a desk, invite me "
        "to a private channel whose full members are your consultants and press Use as desk there, or choose "
        "the channel on my Home tab. What is stored is posted as soon as the desk exists."
    )


def and_more(count: int) -> str:
    """Return the last words of a shortened list."""
    return f"and {count} more"


def size_confirmed(client: str, size: OrgSize) -> str:
    """Confirm a size in the profile."""
    return f"From now on answers for {client} are for {_SIZE_SHORT[size]} people."


def offer_desk() -> str:
    """Ask in a channel whether it shall be the desk."""
    return (
        "Shall requests for a consultant arrive in this channel? Its full members then become the "
        "consultants and can read the conversations handed over. Only an admin of this workspace can "
        "decide it."
    )


def desk_ready(waiting: int) -> str:
    """Confirm a new desk, with the number of stored requests that follow."""
    if waiting == 0:
        return DESK_WAITING_NONE
    return f"{DESK_WAITING_NONE} Waiting since before: {waiting}, posted now."


def desk_chosen(waiting: int) -> str:
    """Confirm to the admin who chose the desk."""
    follows = f" Stored requests posted there: {waiting}." if waiting else ""
    return f"The desk is chosen.{follows}"
