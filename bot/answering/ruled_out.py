"""What a message is not, whatever it sounds like: reasons of the classifier that the wording rules out."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Mapping

from bot.answering.types import Reason

# Who decides is asked of everybody's rules; a decision is wanted of us by other words.
_WHO_DECIDES = r"\bwho(?:se)? (?:[\w']+ ){0,5}?(?:says? (?:yes|no)|approv\w+|signs?|sign-?off|signed|decid\w+|authori[sz]\w+|ok'?s|agrees?|final (?:word|say)|last (?:word|say)|calls? the shots|green-?lights?)\b|\bwho (?:may|can|is allowed to|gets to|has to|must|needs to|should) (?:[\w']+ ){0,3}?(?:say|spend|buy|order|commit|purchase|agree)\b|\b(?:what|which \w+) (?:needs?|requires?) (?:\w+ )?(?:approval|sign-?off|permission)\b"
# Equipment that turns up for sale was disposed of badly, or went with somebody: nothing is happening now.
_KIT = r"(?:kit|laptops?|pcs?|computers?|servers?|phones?|tablets?|hardware|equipment|devices?|drives?|disks?|stuff|monitors?|gear)"
_FOR_SALE = r"(?:for sale|e-?bay|gumtree|vinted|marketplace|auction\w*|flea market|car boot|second[- ]hand|charity shop|pawn ?(?:shop|broker)\w*|classifieds?|sold online)"
_SOLD = rf"\b{_KIT}\b.{{0,60}}\b{_FOR_SALE}\b|\b{_FOR_SALE}\b.{{0,60}}\b{_KIT}\b"
_WORSE = re.compile(
    r"\b(?:data(?:base)?|records|credentials?|passwords?|customers?|clients?|dark ?web|hack\w*|breach\w*|stolen|ransom\w*|leak\w*|right now|help)\b"
)
_RULES: Mapping[Reason, re.Pattern[str]] = {
    Reason.DECISION: re.compile(_WHO_DECIDES),
    Reason.LIVE_INCIDENT: re.compile(_SOLD),
}


def ruled_out(folded: str) -> frozenset[Reason]:
    """Return what a message is surely not; what a rule on its wording sees still holds."""
    found = {reason for reason, rule in _RULES.items() if rule.search(folded)}
    return frozenset(found - ({Reason.LIVE_INCIDENT} if _WORSE.search(folded) else set()))
