"""What addresses, amounts and dates look like, and words that are names as well as words."""

import re
import unicodedata
from enum import StrEnum

# Without those that are words after a full stop whose space was left out: "done.It works".
_TLD = (
    "com|org|net|info|biz|edu|gov|mil|eu|uk|ie|de|ch|fr|nl|lu|es|pt|dk|se|fi|pl|cz|sk|hu|ro|bg|gr|tr|ca|mx|br"
    "|au|nz|jp|cn|za|ae|sg|hk|local|lan|internal|corp|cloud|app|dev|io|ai|tech|shop"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_SIGN = r"[£$€¥₹]"
_CODE = (
    r"(?:GBP|EUR|USD|CHF|AUD|CAD|NZD|SEK|NOK|DKK|JPY|INR|pounds?(?: sterling)?|euros?|dollars?|francs?|quid"
    r"|grand|pence|cents?)"
)
_LARGE = r"\s?(?:thousand|million|billion)\b|(?:k|mn|mio|bn)\b"
# Bounded, as everything here is: hostile text must not take time that grows with its square.
_NUMBER = r"\d[\d.,'’ ]{0,24}(?<=\d)"
_SPELT = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    r"|million|billion|a|half|and|few|several|couple|of)[\s-]+){1,7}"
)
_YEAR = r"(?:19|20)\d\d"
# "may" is a month with a capital only, or beside a year.
_CAPITAL = r"(?=(?-i:[A-Z]))"
_STREET = r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Square|Close|Drive|Way|Quay|Terrace|Court|Place|Park)"


class Kind(StrEnum):
    """What is found in a text."""

    ORGANISATION = "name of the client"
    PERSON = "name of a person"
    EMAIL = "e-mail address"
    LINK = "link or host name"
    CHANNEL = "channel"
    MENTION = "mention"
    ADDRESS = "address"
    NUMBER = "telephone or other number"
    MONEY = "amount"
    DATE = "date"
    PERHAPS_NAME = "perhaps a name"


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


# What stands there instead; None where the words stay, marked, for a reviewer to say them neutrally.
Pattern = tuple[Kind, re.Pattern[str], str | None]
# Before names: they stand in these, and must not be taken out of their middle.
ADDRESSES: tuple[Pattern, ...] = (
    (
        Kind.LINK,
        _compiled(
            r"\b(?:https?|ftps?|sftp|ssh|smb|file|slack|msteams|tel|mailto):(?://)?[^\s<>»]+",
            r"\bwww\.[^\s<>»]+",
            r"\\\\[\w.$-]+(?:\\[^\s\\]+)*",
        ),
        "«link»",
    ),
    (
        Kind.EMAIL,
        _compiled(
            r"(?<![\w.+%'-])[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[a-z]{2,}",
            r"(?<![\w.+%-])[\w.+%-]{1,64}\s{0,3}[(\[{]\s{0,3}at\s*[)\]}]\s*[\w-]+(?:(?:\s*[(\[{]\s*dot\s*[)\]}]\s*|\s+dot\s+|\.)[\w-]+)+",
            r"(?<![\w.+%-])[\w.+%-]{1,64} at [\w-]+(?: dot [\w-]+)+",
        ),
        "«e-mail address»",
    ),
    (
        Kind.LINK,
        _compiled(
            rf"(?<![\w.@-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,6}}(?:{_TLD})\b(?:/[^\s<>»]*)?(?!\w)",
            r"(?<![\w.@-])(?:[a-z0-9][a-z0-9-]{1,62}\.){2,6}[a-z]{2,}\b(?:/[^\s<>»]*)?",
            r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w.])",
        ),
        "«link»",
    ),
    (Kind.CHANNEL, _compiled(r"(?<![\w#&])#[a-z][\w-]*[a-z0-9]", r"<#[^>\n]*>"), "«channel»"),
    (Kind.MENTION, _compiled(r"(?<![\w@])@[a-z][\w.-]*[a-z0-9]", r"<[@!][^>\n]*>"), "a colleague"),
)
# After names.
FACTS: tuple[Pattern, ...] = (
    (
        Kind.PERSON,
        re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"),
        "a colleague",
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"\b\d{{1,4}}[a-z]? (?:[A-Z][\w'’]+ ){{1,3}}{_STREET}\b"
            r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"
        ),
        "«address»",
    ),
    (
        Kind.MONEY,
        _compiled(
            rf"(?:{_SIGN}|\b{_CODE})\s?{_NUMBER}(?:{_LARGE}|\s?m\b)?(?:\s?{_CODE}\b)?",
            rf"(?<![\w.,]){_NUMBER}(?:{_LARGE}|\s?m\b)?\s?(?:{_SIGN}|{_CODE}\b)",
            rf"\b{_SPELT}{_CODE}\b",
            rf"(?<![\w.,]){_NUMBER}(?:{_LARGE})",
            r"(?<![\w.,+])\d{1,3}(?:[,.'’ ]\d{3}){1,6}(?![\w,]|\.\d)",
        ),
        None,
    ),
    (
        Kind.DATE,
        _compiled(
            rf"(?<![\w:.-]){_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\w.-]*\d)",
            rf"(?<![\w:.-])\d{{1,2}}[-/.](?:\d{{1,2}}[-/.](?:19|20)?\d\d|{_YEAR})(?!\w|[-/.]\d)",
            rf"\b{_DAY}\s+{_CAPITAL}{_MONTH}(?:,?\s+{_YEAR})?(?!\w)",
            rf"\b{_DAY}\s+of\s+{_MONTH}(?:,?\s+{_YEAR})?(?!\w)",
            rf"\b(?:{_DAY}\s+)?{_MONTH},?\s+{_YEAR}(?!\w)",
            rf"\b{_CAPITAL}{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+{_YEAR})?(?!\w)",
            rf"\b(?:in|by|since|until|till|from|before|after|during|last|next|this|of)\s+{_CAPITAL}{_MONTH}"
            rf"(?:,?\s+{_YEAR})?(?!\w)",
            rf"\b(?:on|by|last|next|this|since|until|till|before|after|from)\s+{_WEEKDAY}(?!\w)",
            rf"\bQ[1-4]\s?/?\s?(?:{_YEAR}|\d\d)(?!\w)",
            rf"\b(?:in|by|since|until|till|from|before|after|during|of|for)\s+{_YEAR}(?!\w)",
            rf"\b(?:FY|financial year)\s?(?:{_YEAR}|\d\d)(?:/\d\d)?(?!\w)",
        ),
        None,
    ),
    (
        Kind.NUMBER,
        _compiled(
            r"(?<![\w«])(?=(?:[^\d\n]{0,3}\d){7})(?:\+|00)?[\d(][\d \t().\-/]{5,30}\d"
            r"(?:\s?(?:ext|x)\.?\s?\d+)?(?!\w)",
            r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b",
        ),
        "«number»",
    ),
)

# Legal forms of companies, parts of organisations' names that could be anybody's, capitals that stand for
# something else than a client, and names that are words too: only a reviewer can say which they are.
_FORMS = """
ag bv co company corp gmbh inc limited llc llp ltd nv plc sa
"""
_GENERIC = """
a admin ag an and assistant associates association at bank board bureau bv by care center centre
charity church city client clinic club co college committee community company consultant consulting
corp corporation council county department design development digital direct director district
education energy engineering enterprise enterprises estates federation finance financial firm first
food foods for foundation fund general global gmbh group health healthcare holding holdings home
homes hospital hotel house household housing in inc industries industry institute insurance
international it large law legal limited llc llp logistics ltd management manager manufacturing
media medical medium museum national network new nv of office on one organisation organization
partner partners partnership plc practice products project property public research retail sa school
science security service services shop small society software solution solutions sons store stores
studio supplies supply support system systems team tech technologies technology the to trade trading
training transport travel trust union university user water with works workshop world
"""
_ACRONYMS = """
AI API BC BI CEO CFO CIO CTO DB DC DR EU HQ HR ID IP IS ISO IT KPI MFA OS PC PM QA RPO RTO SLA SSO
UK UN US VM VPN
"""
_AMBIGUOUS = """
abbey amber angel april art august austin bailey baker banks barber bell bill bishop black bond
brook brooks brown bush butler carpenter carter chance chase chip chuck church clay cliff cook
cooper cross crystal dale dawn day dean dev drew duke earl ernest eve faith field fields fisher fox
frank gardener gay gene glen grace grant gray green grey guy hall harmony harper heath hill hope
hunter iris ivy jack jade jewel josh joy june justice king knight lane lee lily little long love
major mark marsh mason may mercy merit miles mill miller moor nick norm north page park parker parks
pat patience pearl penny pierce piper poppy porter potter price ray reed rich rob robin rock rod
rose rosemary ruby rusty sage sandy savage scout shepherd short silver skip smith stone storm street
stuart sue summer sunny swift taylor terry tiller trinity tucker turner van victor violet wade
walker wall ward waters weaver wells west white will winter wise wood woods worth wright young
"""
FORMS, GENERIC, ACRONYMS, AMBIGUOUS = (
    frozenset(listed.split()) for listed in (_FORMS, _GENERIC, _ACRONYMS, _AMBIGUOUS)
)


def flat(text: str) -> str:
    """Return a text in one form of its letters, without the marks that nobody sees."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def folded(text: str) -> str:
    """Return a text without accents, letter for letter: as long as it was."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)
