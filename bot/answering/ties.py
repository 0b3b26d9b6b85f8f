"""Ties between who decides and who gains by it: a matter for a person in confidence, whatever article is near."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re

_KIN = r"(?:wife|husband|spouse|brother|sister|cousin|nephew|niece|son|daughter|uncle|aunt|father|mother|dad|mum|parents|in-?laws?|girlfriend|boyfriend|fianc[eé]e?|lover|ex(?![ -](?:employees?|staff|colleagues?|workers?|members?|managers?|directors?|suppliers?|customers?|clients?|providers?|vendors?|contractors?|admins?|users?|consultants?)\b)|best (?:friend|mate|man)|mates?|pals?|relatives|relative(?= (?:who|is|was|has|owns|runs|works|of)\b|['.,;:!?]|$)|(?:golf|drinking|school|army|uni(?:versity)?) (?:friend|buddy|mate|pal|partner))(?:[- ]in[- ]law)?(?! (?:compan(?:y|ies)|firms?|organi[sz]ations?|business(?:es)?|charit(?:y|ies)|schools?|sites?|brands?|agenc(?:y|ies)|offices?|boards?)\b)"
_BUSINESS = r"(?:suppliers?|vendors?|providers?|resellers?|contracts?|contractors?|tenders?|bids?|bidding|quotes?|orders?|firms?|compan(?:y|ies)|business|agenc(?:y|ies)|invoices?|hir(?:e|es|ed|ing)|appoint(?:s|ed)|recruit(?:s|ed)|jobs?|posts?|role|promot\w+|sales|rep|wins?|won|deals?|work|projects?)"
# Somebody else's: of their own ties people ask openly, and the methodology answers that.
_WHOSE = r"(?:\b(?:his|her|their)|\b(?!(?:my|your|our|who|that|it|supplier|vendor|customer)\b)[a-z]+(?:'s|s'|'))(?: (?:own|ex|younger|elder|older|little|big|old))?"
# Things are "related to the contract" and "married to a system" too, a supplier is "a couple of years old", and one lives with risks.
_SOMEBODY = r"(?:some(?:one|body)|(?:the|our|an?|one of \w+) (?:[\w']+ ){0,4}?(?:owners?|directors?|managers?|rep|representative|boss|heads?|c[efi]o|chair\w*|trustees?|buyers?|sales(?:man|woman|person)|sellers?|founders?|guy|man|woman|lady|consultants?|partners?|people)\b)"
_COUPLE = r"(?:a couple(?! (?:of|more|\w+s)\b)|an item(?! (?:on|in|of|for|to|that|which|we)\b)|dating(?! (?:from|back|to)\b)|lovers|siblings|seeing each other(?! as\b)|sleeping (?:together|with)|in a relationship(?! (?:of|with (?:\w+ ){0,3}?(?:suppliers?|vendors?|providers?|resellers?|firms?|compan(?:y|ies))(?!'|\w| \w*(?:rep|manager|owner|director|boss))))|in bed with)"
_TOGETHER = rf"(?:(?:is|are|was|were|been) (?:{_COUPLE}|married(?! to\b)|(?:married|related) to {_SOMEBODY})|(?:dating (?!back\b)|married to |living with |related to ){_SOMEBODY}|sleeping with|having an affair with)"
_TIES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WHOSE} {_KIN}\b.{{0,80}}\b{_BUSINESS}\b",
        rf"\b{_BUSINESS}\b.{{0,60}}{_WHOSE} {_KIN}\b",
        rf"\b{_TOGETHER}\b.{{0,80}}\b{_BUSINESS}\b|\b{_BUSINESS}\b.{{0,80}}\b{_TOGETHER}\b",
        r"\b(?:nepotism|cronyism|favou?ritism|jobs for the boys|old boys'? network)\b.{0,40}\b(?:here|our|in the|at (?:work|our)|with us)\b",
    )
)
# Asked in general, of rules for everybody, it is an ordinary question.
_IN_GENERAL = re.compile(
    r"\b(?:polic(?:y|ies)|rules?|declar\w+|register|conflicts? of interest|what if|in case|should (?:an?|people|staff|anyone|somebody|someone)|may (?:an?|people|staff)|how (?:do|should|can|could) (?:we|you|one|organi[sz]ations?|companies))\b"
)


def tells_of_ties(folded: str) -> bool:
    """Say whether a message tells of somebody who decides for family, friends or lovers."""
    return not _IN_GENERAL.search(folded) and any(rule.search(folded) for rule in _TIES)
