"""Every sentence of the form with the firm's profile, and of what a lead's Home says about it."""

from collections.abc import Mapping, Sequence

from bot.engagement.models import Term
from bot.engagement.terms import SHIPPED

TITLE = "The firm's profile"
SUBMIT = "Store"
LEAD = (
    "What you leave empty is not said anywhere: phone numbers and figures are never made up. "
    "A term that is not confirmed is followed by “our usual terms; your agreement prevails”."
)
TERMS_TITLE = "What clients are promised"
CONFIRMED = "Confirmed: this is what we promise"
NOT_STORED = "I am sorry, the profile could not be stored just now. Please press Store again in a minute."
STORED_TITLE = "Stored"
STORED = "The profile is stored."
STORED_ARTICLES = "The profile is stored. The articles say the new terms within a minute."
NOTHING_NEW = "Nothing was changed."

# On Home
HOME_TITLE = "The firm's profile and terms"
EDIT = "Edit the profile"
EDIT_SPOKEN = "Edit the firm's profile and confirm its terms"
ALL_CONFIRMED = "Every term is confirmed."

LABELS: Mapping[str, str] = {
    "name": "Name of the firm",
    "phone": "Phone",
    "email": "E-mail",
    "on_call": "On call, for nights and live incidents",
    "timezone": "Time zone",
    "hours": "Working hours",
    "holidays": "Country whose holidays we keep",
    "currency": "Currency",
    "benchmark": "Yearly cost of a full-time CIO",
    "benchmark_source": "Source of that cost",
}
HINTS: Mapping[str, str] = {
    "name": "As clients know it",
    "phone": "Such as +44 20 7946 0000",
    "email": "Such as desk@firm.example",
    "on_call": "Who, and on which number",
    "timezone": "A name such as Europe/London",
    "hours": "Such as Mon-Thu 9-17, Fri 9-13:30. Empty means: Mon-Fri 9-17",
    "holidays": "Two letters such as GB",
    "currency": "Three letters such as GBP",
    "benchmark": "Whole units of the currency, such as 145000",
    "benchmark_source": "Who says so, and when; reports quote it beside the figure",
}
TERMS: Mapping[Term, str] = {
    Term.FIRST_REPLY: "First reply",
    Term.NOTICE: "Notice to end an engagement",
    Term.START: "Start of agreed work",
    Term.CORRECTIONS: "Corrections of our work",
    Term.URGENT_TRIAGE: "Urgent requests are looked at",
}


def shipped(term: Term) -> str:
    """Return the hint at a term: what it means to leave it empty."""
    return f"Empty means: {SHIPPED[term]}"


def unconfirmed(terms: Sequence[Term]) -> str:
    """Name the terms nobody has confirmed."""
    if not terms:
        return ALL_CONFIRMED
    named = ", ".join(TERMS[term].lower() for term in terms)
    return f"Not confirmed yet: {named}. Until you confirm them, articles call them our usual terms."
