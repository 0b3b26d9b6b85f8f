"""The shape an answer should take, read from how the question is put."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from enum import StrEnum

from bot.answering.wording import fold


class Shape(StrEnum):
    """What kind of answer a question asks for."""

    DEFINITION = "definition"
    NUMBER = "number"
    STEPS = "steps"
    TEMPLATE = "template"
    COMPARISON = "comparison"
    CHOICE = "choice"
    COMPLAINT = "complaint"
    GENERAL = "general"


_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (Shape.TEMPLATE, re.compile(
        r"\b(?:templates?|checklists?|samples?|examples? of|table|matrix|scoring sheet|score ?sheet|scorecard|form|format|outline|"
        r"criteria|job description|role profile|mandate|what (?:should|must|does|goes|do we put|needs to go|else goes|has to be)"
        r"(?: \w+){0,10}? (?:contain|include|cover|in|into|look like|say|ask)|what goes (?:in|into)|list of|headings|pro ?forma|lines? (?:in|of))\b")),
    (Shape.COMPARISON, re.compile(
        r"\b(?:difference|differences|differ|different from|versus|vs|compared? (?:to|with)|comparison|same (?:thing|job|as)|better than|rather than|distinguish)\b")),
    (Shape.NUMBER, re.compile(
        r"\b(?:how (?:long|often|much|many|big|fast|quick(?:ly)?|far|soon|large|frequently|detailed|old|late|regularly)|what (?:\w+ )?(?:times?|frequency|period|duration|weights?|weighting)\b|what (?:percentage|proportion|share|size|number|level|"
        r"target|is a normal|is normal|%)|per ?cent(?:age)?|ratio|number of|what %|is .{0,30}(?:enough|too (?:much|many|little|long)|normal)|"
        r"how (?:expensive|costly)|rule of thumb|deadline|benchmark)\b|%")),
    (Shape.DEFINITION, re.compile(
        r"^(?:so )?(?:what(?:'s| is| are| does| exactly is| actually is| do you mean by| counts as)|define|definition|meaning of|explain what|who is an?)\b(?!.*\b(?:best|way|steps?|process|first|order|we do|should)\b)|"
        r"\b(?:mean|means|meaning|stand for|stands for|definition|defined|in plain english)\b")),
    (Shape.STEPS, re.compile(
        r"\b(?:how (?:do|should|can|could|would|to|does one|might|shall)|steps?|process|procedure|where (?:do|should|to) (?:we |i |you )?(?:start|begin)|in what order|walk me through|"
        r"what (?:should|do|can|must) (?:we|i) (?:do|start|change)|what(?:'s| is) the (?:best way|process|first|order|right way)|first thing|get started|roadmap|plan for|"
        r"set(?:ting)? up|what (?:comes )?first|guide|approach|now what|what now|how)\b")),
    (Shape.CHOICE, re.compile(r"\b(?:which|who|whose|when|should)\b")),
)  # fmt: skip

# What asks; a message without any of it that tells of people or of the firm only says what is wrong.
_ASKS = re.compile(
    r"\?|^(?:(?:so|and|but|ok|right|hi|hello|please)[, ]+)*(?:how|what|which|who|whose|when|where|why|is|are|am|do|does|did|can|could|should|shall|would|will|may|must|has|have (?:we|you|they)|explain|describe|tell|give|show|list|define|compare|need an?)\b"
    r"|\b(?:how (?:do|can|could|should|would|to|does|might|often|long|fast|quickly|much|many|big|soon|old|far)|what (?:do|should|can|could|to|would|first|is|are|does|'s)|(?:should|shall|can|could|may|must|do|does) (?:i|we|they|he|she|it|you|people|staff)\b(?! not)|where (?:do|should|to)|who (?:should|does|decides|do)|which (?:one|of)|is (?:it|that|this|there)|are (?:we|they|there)|any (?:ideas|tips|advice|rules|thoughts)|wh(?:at|en|ere|o) (?:next|now|else)|template|checklist|example|steps)\b"
)
_TELLS = re.compile(
    r"\b(?:i|i'm|i've|we|we're|we've|we'd|our|my|us|he|she|they|nobody|no one|noone|none|everyone|everybody|everything|nothing|never|always|still|half|people|staff|folk|folks|someone|somebody|keeps?|won't|can't|cant|don't|dont|doesn't|doesnt|isn't|aren't|hasn't|haven't)\b"
)
_LEAST_TOLD = 4  # words
_NEGATED = re.compile(
    r"\b(?:is|are|will|does|do|should|can|must|would)(?: \w+){0,4} (?:not|never)\b(?! (?:sure|yet|only))"
    r"|\b(?:isn't|aren't|won't|doesn't|shouldn't|mustn't|wouldn't)\b"
)


def is_negated(question: str) -> bool:
    """Say whether a question asks what something is not or does not do."""
    return bool(_NEGATED.search(fold(question)))


def complains(question: str) -> bool:
    """Say whether a message asks nothing and only tells what is wrong."""
    folded = fold(question)
    told = bool(_TELLS.search(folded)) and len(folded.split()) >= _LEAST_TOLD
    return told and not _ASKS.search(folded)


def shape_of(question: str) -> Shape:
    """Return the shape a question asks for; GENERAL when its wording does not tell."""
    folded = fold(question)
    if complains(question):
        return Shape.COMPLAINT
    return next((shape for shape, pattern in _SHAPES if pattern.search(folded)), Shape.GENERAL)
