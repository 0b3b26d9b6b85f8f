"""Whether a wish for a person is to be kept in confidence: by what it is about, or because its asker says so.

Used only where somebody of ours is asked for. There nothing is answered by it, and a request kept private
without need costs its consultant one press: so it is wider than the rules by which messages are answered.
"""

import re

from bot.answering.intents import find_intents
from bot.answering.types import Reason
from bot.answering.wording import fold

# Personal, personnel, legal and whistle-blowing matters.
ALWAYS = frozenset({Reason.SENSITIVE, Reason.LEGAL})
_SOMEBODY = (
    r"(?:colleagues?|co-?workers?|(?:ex-?|former )?employees?|staff|boss|(?:line )?managers?|directors?"
    r"|supervisors?|(?:sys)?admins?|interns?|team (?:lead(?:er)?|member)s?|ceo|cfo|cio|coo|head of \w+"
    r"|members? of (?:my|our|the) (?:team|staff|board)|(?:it|project) (?:lead|manager))"
)
# What belongs to them, or is about all of them, is no matter of a person.
_THINGS = (
    r"(?!(?:'s?)? (?:\w+ )?(?:numbers|figures|records?|data|training|surveys?|handbook|list|directory|files?"
    r"|polic(?:y|ies)|meetings?|laptops?|devices?|accounts?|access|portal|phones?|computers?|papers?"
    r"|dashboards?|reports?|mailbox(?:es)?|onboarding|plans?|rota|budgets?|costs?|guides?|apps?|systems?"
    r"|tablets?|handover|induction|intranet|questions?|can|who|will|could)\b)"
)
_OURS = rf"(?:an? |my |our |the |one of (?:my |our |the )?|some of (?:my |our |the )?)?(?:\w+ )?{_SOMEBODY}"
_WISHES = (
    r"\b(?:confidentially|discreetly|anonymously|off the record)\b"
    r"|\bprivately\b(?! (?:owned|held|hosted|run|funded))"
    r"|\bin private\b(?! (?:cloud|network|subnet|repositor|channel|sector|hands|ownership|equity))"
    r"|\bin (?:strict(?:est)? |full |complete )?confidence\b",
    r"\b(?:keep|kept|stays?|remains?) (?:(?:this|it|that|me|my name|everything|all of it)(?: \w+)? )?"
    r"(?:secret|quiet|between us|anonymous)\b",
    r"\bkeep (?:this|it|that|me|my name|everything|all of it|what i \w+) (?:\w+ )?(?:private|confidential)\b",
    r"\b(?:rather|want|prefer|so that|make sure|hope)(?: \w+){0,3} (?:nobody|no ?one)\b",
    r"\b(?:don't|do not|not to|never) (?:tell|inform) (?:my|our|any\w*|the|him|her|them)\b",
    r"\b(?:don't|do not|not to|never) let (?:\w+ ){1,4}(?:know|find out|hear)\b",
    r"\bwithout (?:my|our|the|any\w+|him|her|them) (?:\w+ ){0,3}(?:knowing|hearing|finding out|learning)\b",
)
_MATTERS = (
    r"\b(?:harass|bully|bullie|molest|assault|grop(?:ed|ing)|stalk(?:ed|ing|s)|threaten|blackmail"
    r"|discriminat|humiliat|victimi[sz])\w*",
    r"\b(?:drink(?:ing)?|drugs?|gambling|alcohol|health) problems?\b|\bmental health\b|\bburn(?:t|ed) ?out\b"
    r"|\bnervous breakdown\b|\bsuicid\w+",
    r"\b(?:grievances?|disciplinary|misconduct|tribunal|whistle-?blow\w*|wrongdoing|embezzl\w+|brib\w+"
    r"|kickbacks?)\b|\b(?:dismissal|dismissing|redundancies|resignation) (?:of|against|for)\b",
    rf"\b(?:suspect\w*|accus\w+|(?:to |can i |should i )report|reporting|investigat\w+|complain\w*|complaint)"
    rf"(?: of| into| against| about)? {_OURS}\b{_THINGS}",
    rf"\babout {_OURS}\b(?! of yours){_THINGS}",
    rf"\b(?:problem|trouble|issue|conflict|dispute|difficult\w*)s? with {_OURS}\b(?! of yours)",
    r"\bmy own (?:position|job|contract|future|role|situation|career)\b"
    r"|\bmy (?:salary|pay|wages?|dismissal|resignation|appraisal|sick leave)\b",
    r"\btouch(?:es|ed|ing) (?:\w+ )?(?:interns?|colleagues?|staff|her|him|me|women|girls)\b",
    r"\b(?:asked|told|forced|pressed|pressured|ordered) (?:me |us )?to "
    r"(?:hide|lie|falsify|fake|backdate|cover)\b",
)
# Records and rules about such matters are ordinary information management.
_ABOUT_RECORDS = re.compile(
    r"\b(?:hr|staff|employee|personnel|disciplinary|grievance|whistle-?blowing|mental health)"
    r" (?:files?|records?|data|documents?|folders?|polic(?:y|ies)|systems?|information|training|portal)\b"
)
_wishes = [re.compile(pattern) for pattern in _WISHES]
_matters = [re.compile(pattern) for pattern in _MATTERS]


def wishes_confidence(text: str) -> bool:
    """Whether somebody says that what they write is to be kept from others."""
    folded = fold(text)
    return any(rule.search(folded) for rule in _wishes)


def confides(text: str) -> bool:
    """Whether the words in which somebody asks for a person are to be read by as few as can be."""
    folded = fold(text)
    if find_intents(text) & ALWAYS or wishes_confidence(text):
        return True
    return _ABOUT_RECORDS.search(folded) is None and any(rule.search(folded) for rule in _matters)
