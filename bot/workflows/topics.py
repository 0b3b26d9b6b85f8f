"""Which topics to suggest to somebody who does not know what to ask: fitted to the size of their client."""

from collections.abc import Collection
from dataclasses import dataclass

from knowledge.types import OrgSize

MOST = 4


@dataclass(frozen=True)
class Topic:
    """A suggestion: its button's label, the question it asks and the article that answers it."""

    label: str
    question: str
    slug: str


_BACKUPS = Topic(
    "Backups we can trust", "How often should we test our backups?", "backup-and-disaster-recovery"
)
_RULE = Topic("The backup rule", "What is the 3-2-1-1-0 backup rule?", "backup-and-disaster-recovery")
_BASELINE = Topic("Security basics", "What belongs in a security baseline?", "cyber-security-baseline")
_BUDGET = Topic("A sensible IT budget", "How much should we spend on IT?", "it-budgeting")
_SUPPLIER = Topic(
    "Choosing a supplier",
    "How do we choose a supplier without being led by the sales talk?",
    "vendor-selection",
)
_RECORDS = Topic("Keeping records", "How do we start with records management?", "records-management")
_ROLE = Topic("Who does the CIO's work", "What does a CIO do?", "cio-role-defined")
_HANDS = Topic(
    "An extra pair of hands",
    "When does it make sense to bring in an extra pair of hands?",
    "extra-pair-of-hands",
)

_ORDER: dict[OrgSize | None, tuple[Topic, ...]] = {
    None: (_BACKUPS, _BASELINE, _BUDGET, _SUPPLIER, _ROLE, _RECORDS),
    OrgSize.SMALL: (_BASELINE, _BACKUPS, _BUDGET, _ROLE, _SUPPLIER, _RULE),
    OrgSize.MEDIUM: (_BUDGET, _SUPPLIER, _BACKUPS, _RECORDS, _HANDS, _BASELINE),
    OrgSize.LARGE: (_RECORDS, _SUPPLIER, _HANDS, _BUDGET, _BASELINE, _BACKUPS),
}


def order(size: OrgSize | None) -> tuple[Topic, ...]:
    """Return every topic for a client of `size`, what fits it best first."""
    return _ORDER[size]


def suggested(size: OrgSize | None, slugs: Collection[str]) -> tuple[Topic, ...]:
    """Return at most four topics for a client of `size`, each with its article among `slugs`."""
    return tuple(topic for topic in _ORDER[size] if topic.slug in slugs)[:MOST]


def named(label: str) -> Topic | None:
    """Return the topic a button names; None for a label that is none of ours."""
    return next((topic for order in _ORDER.values() for topic in order if topic.label == label), None)
