"""The words by which a sentence claims something: figures, bounds, units, negations, force, opposites."""

import re

_UNITS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twice": 2,
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "half": 0.5,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBER_WORDS: dict[str, float] = {**_UNITS, **_TEENS, **_TENS}
# "one" counts, except where it only points at something.
ONE = re.compile(
    r"(?<!no )(?<!every)(?<!any)(?<!some)(?<!this )(?<!that )(?<!the )(?<!which )(?<!another )\bone\b"
    r"(?! of\b| another\b| or the other| (?:sign|example|way|reason|warning|mistake)\b)|\ba single\b"
)
COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(['one', *_UNITS])})\b")
SPELT = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b")
# "3-2-1-1-0", "24/7", "12.11.2026" and "10.0.0.1" are names, not amounts.
CODES = re.compile(
    r"(?<![\w.])\d+(?:[-/]\d+){2,}(?![\w])|(?<![\w.])24/7(?!\w)"
    r"|(?<![\w.,])\d+(?:,\d+)*(?:\.\d+(?:,\d+)*){2,}"
)
_VALUE = r"\d+(?:[.,]\d+)*"
FIGURE = re.compile(
    rf"(?P<money>[£$€]\s?)?(?<![\w.,])(?P<low>{_VALUE})(?:\s?(?:-|to|or|and)\s?(?P<high>{_VALUE})(?![\w-]))?"
    r"(?P<scale>\s?(?:million|billion|thousand|k\b|m\b|bn\b))?(?P<share>\s?%|\s?per ?cent\b)?"
    r"(?P<after>(?:[\s-]+(?:or more|or better|or over|and over|upwards|or less|or fewer|or under)\b)?"
    r"(?:[\s-]+[a-z×]+){0,2}?(?:[\s-]+[a-z×]+ at (?:most|least)\b|(?:[\s-]+[a-z×]+){0,2}))"
)
SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
MEASURES = {
    "second": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "h": "hour",
    "day": "day",
    "night": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "people": "people",
    "person": "people",
    "staff": "people",
    "employee": "people",
    "user": "people",
    "gb": "gb",
    "tb": "tb",
    "mb": "mb",
    "time": "times",
    "x": "times",
    "×": "times",
    "page": "page",
    "point": "point",
    "pound": "money",
    "euro": "money",
    "dollar": "money",
}
KINDS_OF_DAY = frozenset({"working", "business", "calendar"})
AT_LEAST, AT_MOST, WITH_OTHER_END = ">", "<", "-"
BOUNDS_BEFORE = re.compile(
    r"\b(?:(?P<most>no more than|not more than|at most|a maximum of|maximum|up to|(?<!no )(?<!not )fewer than"
    r"|(?<!no )(?<!not )less than|under"
    r"|below|within|not exceed|no longer than)"
    r"|(?P<least>no fewer than|not fewer than|no less than|not less than|at least"
    r"|a minimum of|minimum|more than|over|above"
    r"|exceeds?|exceeding|longer than))(?: (?:of|about|around|roughly|some))?\s*[£$€]?$"
)
LEAST_AFTER = re.compile(r"^[\s-]*(?:or more|or better|or over|and over|upwards)\b")
MOST_AFTER = re.compile(r"^[\s-]*(?:or less|or fewer|or under)\b|\bat (?:the )?most$")
LEAST_AT_END = re.compile(r"\bat (?:the )?least$")
FREQUENCIES = (
    ("day", re.compile(r"\bdaily\b|\b(?:every|each|a|per) (?:working )?day\b|\bevery night\b|\bnightly\b")),
    ("week", re.compile(r"\bweekly\b|\b(?:every|each|a|per) week\b")),
    ("month", re.compile(r"\bmonthly\b|\b(?:every|each|a|per) month\b")),
    ("quarter", re.compile(r"\bquarterly\b|\b(?:every|each|a|per) quarter\b")),
    ("year", re.compile(r"\b(?:yearly|annual|annually)\b|\b(?:every|each|a|per) year\b")),
)
NOT_NEGATIONS = re.compile(
    r"\bno (?:more|fewer|less|longer) than\b|\bnot (?:more|less|fewer) than\b|\bnot only\b|\bnot exceed\b"
    r"|\bwhether or not\b"
)
NEGATIONS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|seldom|rarely|\w+n't"
    r"|false|untrue|myth|nonsense|fail(?:s|ed|ing)? to|scarcely|barely|few(?! or\b)"
    r"|(?<!is )(?<!are )(?<!be )used to|avoid\w*|forbid\w*|forbidden"
    r"|prohibit\w*|refus(?:e|es|ed|ing)|lack\w*|no longer)\b"
)
_MISTAKE = r"(?:mistakes?|pitfalls?|traps?|errors?|blunders?)"
ADVERSE = re.compile(
    rf"^(?:common|other|typical|frequent) {_MISTAKE}\b"
    rf"|\b{_MISTAKE}\b[^,;.]*(?:\b(?:is|are|was|recurs?|includes?)\b|:)"
    rf"|\b(?:is|are|be) (?:an? |the |another |one )?(?:[\w-]+ ){{0,2}}{_MISTAKE}\b|\bwrong(?:ly)?\b"
    r"|\bfaults? shows?\b"
    r"|\b(?:signs? (?:of|that|is|are)"
    r"|(?:warning|another|one|typical|common) signs?|symptoms?|warning)\b"
)
# What must not be cut off from what it speaks of.
LOADED = re.compile(rf"\b(?:{_MISTAKE}|signs?|symptoms?|warning|myth|wrong)\b")
EACH = re.compile(r"\b(?:every|each|any|all|whatever)\b(?: (?:the|of|your|our|other|new))* ([a-z]+)")
DENIED = re.compile(r"\b(?:not|no|never|nobody|neither|nor|without|cannot|rarely|seldom|\w+n't)\b(.*)")
LIMITS = (
    ("only", re.compile(r"\b(?:only|solely|exclusively)\b")),
    ("unless", re.compile(r"\b(?:unless|except|excepting|until)\b")),
)
CONDITIONS = re.compile(r"\b(?:if|unless|except|only|when|whenever|until|where|provided|in case)\b")
MUST = re.compile(
    r"\b(?:must|have to|has to|required|requires?|mandatory|obligatory|obliged|shall|compulsory"
    r"|legally|illegal|guarantees?d?)\b"
)
SHOULD = re.compile(r"\b(?:should|ought|recommended|advisable|needs?)\b")
MAY = re.compile(r"\b(?:may|might|could|optional|optionally|possibly|perhaps|free to|welcome to)\b")
MAYBE = re.compile(r"\b(?:nearly|almost|mainly|may|might|could|probably|possibly|perhaps|seldom|rarely)\b")
WILL = re.compile(r"\b(?:will|certainly|surely|inevitably)\b")
ALL = re.compile(
    r"\b(?:always|all|every(?! (?:day|night|week|month|quarter|year|two|three|four|six|few|\d))"
    r"|everybody|everyone|everything|each(?! (?:day|week|month|quarter|year))"
    r"|any(?! [\w-]+ (?:that|who|which)\b)|anybody|anyone|whatever"
    r"|entirely|completely|fully|certainly|definitely|guaranteed?)\b"
)
# Words that say the same of all there is.
ALIKE = {
    "every": "all",
    "each": "all",
    "any": "all",
    "whatever": "all",
    "everybody": "everyone",
    "anybody": "anyone",
}
PERIODS = {
    "day": "day",
    "daily": "day",
    "night": "day",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "monthly": "month",
    "quarter": "quarter",
    "quarterly": "quarter",
    "year": "year",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "hour": "hour",
    "hourly": "hour",
    "minute": "minute",
    "decade": "decade",
}
GOVERNING = (
    (
        "if",
        re.compile(
            r"^(?:if|when|whenever|where|once|in case|whoever"
            r"|(?:any(?:one|body)|every(?:one|body)|those|people|staff) who)\b"
            r"|\b(?:if|in case|provided that)\b"
        ),
    ),
    ("unless", re.compile(r"\b(?:unless|except)\b")),
    ("until", re.compile(r"\buntil\b")),
)
SOME_CASE = re.compile(
    r"^(?:after|before|with)\b|\b(?:that|who|which) (?:have|has|is|are|share|need)\b"
    r"|\b(?:if|when|whenever|where|once|in case|provided)\b"
)
# What nobody may be told to do unless the source says so in this word.
_DRASTIC_WORDS = """
delete remove destroy disable stop cancel skip ignore share publish pay buy sell dismiss fire sue sign
approve reject refuse shred wipe erase suspend
"""
DRASTIC = frozenset(_DRASTIC_WORDS.split())
MODALS = frozenset({"must", "should", "may", "might", "can", "could", "need", "will", "shall"})
# Words that may come and go without changing what is said.
_HARMLESS_WORDS = """
a an the and of to in for on at by with your you our its their it they is are be been that this
these which so also as from into then have has will one's
"""
HARMLESS = frozenset(_HARMLESS_WORDS.split())
CONTRASTS = ("rather than", "instead of")
# What turns round what stands before and after it.
PIVOTS = (*CONTRASTS, "not", "than", "before", "after")
_OPPOSITES = """
more|less fewer
increase increases increased increasing|reduce reduces reduced reducing decrease decreases lower lowers
high higher highest|low lower lowest
above|below
before|after
first|last
early earlier|late later
always|never sometimes seldom rarely often usually typically commonly generally mostly
all every each any|some few most many several
many|few
most|least few
long longer longest|short shorter shortest
large larger largest|small smaller smallest
internal inside inhouse|external outside outsourced
central centrally|decentral decentralised local locally
allow allows allowed permit|forbid forbids forbidden refuse refuses block blocks
accept accepts accepted|reject rejects rejected refuse
start starts begin begins|stop stops end ends
include includes included|exclude excludes excluded
open|closed close
public|private restricted
strong stronger|weak weaker
good|bad poor
better best|worse worst
cheap cheaper|expensive dear dearer
easy easier|hard harder difficult
fast faster quick quickly|slow slower slowly
keep keeps kept retain|delete deletes deleted discard destroy lose loses lost
encrypted|unencrypted plain
safe safer|unsafe risky dangerous
minimum|maximum
new newer|old older
buy buys|sell sells lease rent
manual manually|automatic automatically automated
formal|informal
written writing|oral spoken verbal
separate separately|same shared together
enable enables|disable disables
success succeed succeeds|failure fail fails
leading|lagging
joint|separate
same|different
full fully|partial partially partly
temporary|permanent
mandatory required compulsory|optional voluntary
online|offline
simple|complex
raise raises|lower lowers
gain gains|lose loses
add adds|remove removes
leave leaves|stay stays
consistent|inconsistent
"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _OPPOSITES.split("\n"):
        sides = [side.split() for side in line.split("|")] if "|" in line else []
        for here, there in (sides, reversed(sides)) if sides else ():
            for word in here:
                found.setdefault(word, set()).update(there)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()
