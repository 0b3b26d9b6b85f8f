"""Every sentence about comments and about what was wrong with an answer."""

from collections.abc import Sequence

from bot.answering.models import Complaint

ASK_WHY = "What was wrong with it? Your choice is kept with the answer and helps us to mend it."
CHOOSE_WHY = "Choose a reason"
WHY = {
    Complaint.INCORRECT: "Incorrect",
    Complaint.OFF_QUESTION: "Not about my question",
    Complaint.INCOMPLETE: "Incomplete",
    Complaint.OUTDATED: "Outdated",
    Complaint.TOO_LONG: "Too long",
    Complaint.OTHER: "Something else",
}
WHY_KEPT = "Thank you, that is kept with the answer and goes into mending our methodology."
COMMENT = "Comment"
COMMENT_ANSWER_SPOKEN = "Comment on this answer in your own words"
COMMENT_SECTION_SPOKEN = "Comment on this section in your own words"
TITLE = "Comment"
LEAD = (
    "Comments are part of the service: a consultant reads each one, with the question and the sources it is "
    "about, and replies to you. Please leave out passwords and personal data."
)
LABEL = "Your comment"
SEND = "Send"
SENT = "Thank you. Your comment is with our consultants, and you will hear from them."
BLANK = "Please write a sentence or two."
NOT_STORED = "Your comment could not be stored just now. Please press Send again in a moment."
PRESS_AGAIN = "Please press Comment again: Slack gave the form too little time."
REPLY = "Reply"
REPLY_TITLE = "Reply to a comment"
REPLY_LABEL = "Your reply, sent under your name"
REPLY_NOT_STORED = "Your reply could not be stored just now. Please press Send again in a moment."
SOMEBODY = "Somebody"
AN_ANSWER = "an answer"
CUT = "The end is left out here: it is too long for one message."
CONFIDED = "The matter is confidential: who wrote this, and what was asked, stays with its consultant."


def answer_to(question: str) -> str:
    """Return which answer a comment is about."""
    return f'an answer to "{question}"'


def commented(who: str, client: str, about: str) -> str:
    """Return the first line of a comment's card on the desk."""
    return f"{who} of {client} comments on {about}:"


def rests_on(slugs: Sequence[str]) -> str:
    """Return which articles the answer rests on that a comment is about."""
    return f"The answer rests on: {', '.join(slug.replace('-', ' ') for slug in slugs)}."


def for_owner(name: str) -> str:
    """Return the line that says who looks after the article."""
    return f"For {name}, who looks after this area."


def replied(name: str) -> str:
    """Return the line below a comment that was answered."""
    return f"{name} replied:"


def replied_to_you(name: str, about: str) -> str:
    """Return the first line of a reply for whoever commented."""
    return f"{name} replies to your comment on {about}:"


def your_comment(text: str) -> str:
    """Return the reminder of what was commented."""
    return f"You wrote: {text}"


def reply_spoken(about: str) -> str:
    """Return what a screen reader says for *Reply*."""
    return f"Reply to the comment on {about}"
