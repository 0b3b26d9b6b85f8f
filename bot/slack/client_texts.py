"""Every sentence of the form in which a lead sets up a client, and of our introduction in its channels."""

from collections.abc import Mapping, Sequence

from bot.engagement.retainer_models import AtZero, Carry

HOME_TITLE = "Clients"
SET_UP = "Set up a client"
SET_UP_SPOKEN = "Set up a client: people, channels, roles and hours in one form"
CHANGE = "Change a client"
HOME_WORDS = "Who they are, whom they may ask, who consents to hours: all of it in one form."

TITLE_NEW = "Set up a client"
TITLE_CHANGE = "Change a client"
SUBMIT = "Store"
LEAD = (
    "What you leave empty is not said anywhere. Until somebody is given a role, everyone of the client is "
    "staff. I introduce myself once in each of its channels."
)
ROLES = "Roles"
RETAINER = "Hours"
NOBODY = "Nobody"
NOT_SAID = "Not known"
NOT_STORED = "I am sorry, the client could not be stored just now. Please press Store again in a minute."
STORED_TITLE = "Stored"
PRESS_AGAIN = "Please press the button again."

LABELS: Mapping[str, str] = {
    "name": "Name",
    "org_size": "Size",
    "sector": "Sector",
    "timezone": "Time zone",
    "hours": "Working hours",
    "lead": "Lead consultant",
    "deputy": "Deputy",
    "it_support": "IT support",
    "emergency_phone": "Emergency number",
    "channels": "Channels",
    "channel_ids": "Channels of its own workspace",
    "cios": "CIO or IT lead",
    "approvers": "Approvers of hours",
    "deputies": "Deputy approvers",
    "others": "People Slack does not list here",
    "retainer": "Hours a month",
    "starts_on": "From",
    "free": "What one request may take unasked",
    "carry": "What a month leaves",
    "at_zero": "When none are left",
}
HINTS: Mapping[str, str] = {
    "name": "As its people know it",
    "sector": "Such as food retail",
    "timezone": "A name such as Europe/London. Empty means: the firm's",
    "hours": "Such as Mon-Fri 8-16. Empty means: the firm's",
    "lead": "Its requests are suggested to them",
    "deputy": "Who stands in for the lead",
    "it_support": "Whom its people ask about everyday IT, with the number",
    "emergency_phone": "The number to ring in a live incident",
    "channels": "Of this workspace, shared ones included",
    "channel_ids": "Where the app stands there: T0ABC/C0123, between commas",
    "approvers": "Asked before a request takes more of the hours",
    "deputies": "Asked when no approver answers for four working hours",
    "others": "Workspace/user and roles: T0ABC/U0123 cio approver; T0ABC/U0456 deputy",
    "retainer": "Such as 10 or 7.5. Empty means: no hours are agreed",
    "starts_on": "The day from which these terms hold",
    "free": "Such as 30m; 0 means that every minute is asked for",
}
CARRY = {Carry.EXPIRE: "It expires", Carry.ROLL_OVER: "It is carried into the next month"}
AT_ZERO = {AtZero.WARN: "Work goes on, and is warned of", AtZero.BLOCK: "Work waits for consent"}


def stored(name: str, outside: Sequence[str], *, is_new: bool) -> str:
    """Return what a lead reads once a client is stored."""
    said = f"{name} is set up." if is_new else f"{name} is changed."
    if outside:
        said += " I am not in every channel of it yet: invite me there, and I introduce myself then."
    return said


def not_in(channels: Sequence[str]) -> str:
    """Return in which channels we are not, as mentions."""
    return "Not in: " + ", ".join(f"<#{channel}>" for channel in channels)


def introduction(firm: str, client: str, consultant: str | None) -> str:
    """Return how we introduce ourselves in a channel of a client."""
    person = f"{consultant} is your consultant. " if consultant else ""
    return (
        f"Hello, I am the Virtual CIO, the automated assistant of {firm} for {client}. Mention me here with "
        "a question about running your IT, and I answer from our methodology and say where it stands. "
        f"{person}Asking costs you nothing, and so does the first reply of a consultant."
    )


INTRODUCTION_NOTICE = (
    "Everyone in this channel reads what is asked and answered here. No passwords or personal files, please; "
    "what is private can be kept private with the button beside Talk to a consultant."
)
