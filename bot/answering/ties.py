"""Ties between who decides and who gains by it: a matter for a person in confidence, whatever article is near."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re

_KIN = r"(?:wife|husband|spouse|brother|sister|cousin|nephew|niece|son|daughter|uncle|aunt|father|mother|dad|mum|parents|in-?laws?|girlfriend|boyfriend|fianc[eé]e?|lover|ex|best (?:friend|mate|man)|mates?|pals?|relatives?|(?:golf|drinking|school|army|uni(?:versity)?) (?:friend|buddy|mate|pal|partner))(?:[- ]in[- ]law)?"
_BUSINESS = r"(?:suppliers?|vendors?|providers?|resellers?|contracts?|contractors?|tenders?|bids?|bidding|quotes?|orders?|firms?|compan(?:y|ies)|business|agenc(?:y|ies)|invoices?|hir(?:e|es|ed|ing)|appoint(?:s|ed)|recruit(?:s|ed)|jobs?|posts?|role|promot\w+|sales|rep|wins?|won|deals?|work|projects?)"
# Somebody else's: of their own ties people ask openly, and the methodology answers that.
_WHOSE = r"(?:\b(?:his|her|their)|\b(?!(?:my|your|our|who|that|it|supplier|vendor|customer)\b)[a-z]+(?:'s|s'|'))(?: (?:own|ex|younger|elder|older|little|big|old))?"
_TOGETHER = r"(?:(?:is|are|was|were|been) (?:a couple|an item|dating|married(?: to (?:the|our|an?|one of|some\w*))?|lovers|siblings|related to (?:the|our|an?|one of|some\w*)|seeing each other|sleeping (?:together|with)|in a relationship|in bed with)|(?:dating|sleeping with|married to (?:the|our|an?|one of|some\w*)|living with|having an affair with))"
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
