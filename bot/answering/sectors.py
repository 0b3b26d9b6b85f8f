"""Finding what the asker's organisation does in what they wrote, and for whom a line of the methodology is."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.types import Sector, Speaker, Turn
from bot.answering.wording import fold

# Added to a line's score, which is about 0 to 1: enough to be read before the others of its section.
_NAMED_LIFT, _REGULATED_LIFT = 0.35, 0.1
# Where the methodology says "regulated", these are meant whatever the country.
REGULATED = frozenset({Sector.FINANCE, Sector.HEALTH, Sector.UTILITIES})
_TRADE = r"(?: (?:company|firm|business|group|organi[sz]ation|provider|operator|house|studio|agency|trust|chain|charity))"
# What says it of whoever owns it: "our school". Whom others hire or deal with too, "our bank", is in `_OTHERS`.
_OWNED: dict[Sector, str] = {
    Sector.HEALTH: rf"hospitals?(?: trust)?|hospices?|clinics?|(?:care|nursing) homes?|(?:dental|medical|gp|doctor's|doctors'|vet(?:erinary)?|physio(?:therapy)?) (?:practices?|surger(?:y|ies)|clinics?)|(?:nhs|health) (?:trusts?|boards?)|(?:home|social) ?care{_TRADE}|health ?care{_TRADE}|pharmac(?:y|ies)|ambulance service",
    Sector.FINANCE: rf"building societ(?:y|ies)|credit unions?|(?:pension|investment|hedge|private equity) (?:funds?|firms?)|(?:insurance|financial services|finance|lending|fintech|banking|wealth management|asset management|payments?){_TRADE}|fintechs?|brokerages?|(?:mortgage|insurance) brokers?",
    Sector.MANUFACTURING: rf"factor(?:y|ies)|manufacturers?|(?:manufacturing|engineering works|packaging|food production|printing){_TRADE}|foundr(?:y|ies)|brewer(?:y|ies)|(?:machine|joinery|metal) shops?|(?:steel|paper|textile|saw)? ?mills?|(?:production|bottling|chemical) plants?|makers? of [\w ]{{3,25}}",
    Sector.CONSTRUCTION: rf"(?:construction|building|civil engineering|roofing|scaffolding|groundworks){_TRADE}|house ?builders?|construction",
    Sector.CHARITY: r"charit(?:y|ies)|charitable (?:trusts?|foundations?)|(?:non-?profits?|not-?for-?profits?)(?: organi[sz]ations?)?|ngos?|food ?banks?|voluntary organi[sz]ations?|social enterprises?|aid agenc(?:y|ies)",
    Sector.PUBLIC: r"(?:government|public) (?:departments?|agenc(?:y|ies)|bod(?:y|ies)|authorit(?:y|ies))|municipalit(?:y|ies)|minist(?:ry|ries)|police forces?|fire (?:service|brigade)s?|(?:local|combined) authorit(?:y|ies)",
    Sector.HOUSING: r"housing (?:associations?|co-?op(?:erative)?s?|trusts?|providers?)|social landlords?|almshouses?",
    Sector.EDUCATION: r"(?:primary |secondary |boarding |independent |language |grammar )?schools?(?: trust)?|(?:sixth form |further education )?colleges?|universit(?:y|ies)|academ(?:y|ies)(?: trusts?)?|multi-academy trusts?|nurser(?:y|ies)|training providers?|kindergartens?",
    Sector.SOFTWARE: rf"(?:software|saas|app|games?|tech(?:nology)?){_TRADE}|(?:software|saas|tech|app) (?:start-?ups?|vendors?|developers?)",
    Sector.RETAIL: rf"retailers?|(?:e-?commerce|online retail|retail){_TRADE}|(?:online |web |corner |farm |book|charity )?(?:shops?|stores?)|(?:chain|string) of (?:\w+ )?(?:shops?|stores?)|supermarkets?|garden cent(?:re|er)s?|wholesalers?",
    Sector.HOSPITALITY: rf"hotels?(?: group| chain)?|restaurants?|pubs?|(?:catering|hospitality|events){_TRADE}|caf[eé]s?|holiday parks?",
    Sector.TRANSPORT: rf"hauliers?|(?:haulage|logistics|freight|transport|courier|shipping|bus|coach){_TRADE}|freight forwarders?|airports?|airlines?",
    Sector.UTILITIES: rf"(?:water|energy|power|electricity|gas|telecoms?){_TRADE}|utilit(?:y|ies)|wind farms?",
}
_OTHERS: dict[Sector, str] = {
    Sector.FINANCE: r"banks?|insurers?|lenders?|(?:wealth|asset|fund) managers?|stockbrokers?",
    Sector.CONSTRUCTION: r"builders?|(?:building |civil |main )contractors?",
    Sector.PUBLIC: r"(?:\w+ )?councils?",
    Sector.LEGAL: r"law (?:firms?|practices?|offices?)|(?:firm of )?(?:solicitors?|barristers|lawyers|notaries)(?: firm| practice)?|legal practices?|(?:barristers'? )?chambers",
    Sector.PROFESSIONAL: r"(?:firm of |practice of )?(?:accountants|architects|surveyors|chartered accountants)|(?:accountancy|architects?'?|architecture|surveying|engineering|consulting|recruitment|design|marketing|advertising|pr) (?:firms?|practices?|agenc(?:y|ies)|consultanc(?:y|ies))|accountancy|consultanc(?:y|ies)|staffing agenc(?:y|ies)",
}
# What a line of the methodology calls a sector. "Bank details" and "the insurer's line" are no such name.
_NAMED: dict[Sector, str] = {
    Sector.HEALTH: r"health ?care|hospitals?|clinics|care homes?",
    Sector.FINANCE: r"financial services|banking|banks and insurers|(?:for|in|most|many|while) (?:banks|insurers)",
    Sector.MANUFACTURING: r"manufacturing|manufacturers?|factor(?:y|ies)",
    Sector.CONSTRUCTION: r"construction",
    Sector.CHARITY: r"charit(?:y|ies)|non-?profits?|not-for-profits?",
    Sector.PUBLIC: r"public[- ]sector|public (?:body|bodies)|local (?:government|authorit(?:y|ies))",
    Sector.HOUSING: r"housing associations?|social landlords?",
    Sector.EDUCATION: r"schools?|colleges?|universit(?:y|ies)|education sector",
    Sector.LEGAL: r"law firms?|legal practices?",
    Sector.SOFTWARE: r"(?:software|saas) (?:firms?|compan(?:y|ies)|houses?)",
    Sector.RETAIL: r"retailers?|retail(?! price)",
    Sector.HOSPITALITY: r"hotels?|restaurants?",
    Sector.TRANSPORT: r"logistics (?:firms?|compan(?:y|ies))|hauliers?|haulage",
    Sector.UTILITIES: r"utilit(?:y|ies) compan(?:y|ies)|water companies|energy companies",
    Sector.PROFESSIONAL: r"professional services",
}
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_REGULATED_WORD = re.compile(r"(?<!un)(?<!not )\bregulated\b")
_COMPARES = re.compile(
    r"\b(?:sectors?|industr(?:y|ies))\b|\bother (?:kinds?|sorts?) of (?:organi[sz]ation|business|compan)"
)
# Words between "a" and what somebody is: "a small family-run", not "a supplier to".
_LIKE = r"(?:(?!(?:to|for|of|at|in|with|from|by|and|or|that|who|selling|serving|supplying|supplier|vendor|customer|client|like|about|not|no|never)\b)[\w'&-]+,? ){0,3}?"
_AN = r"(?:an?|the|one|just an?|only an?|basically an?|two|three|four|several|a group of|a chain of)"
_AFTER = r"(?=\s*(?:$|[.,;:!?()–-])| (?:of|with|in|and|so|but|who|that|which|where|based|employing|near|here|like|trying|looking|across|outside|serving|group|what|how|when|should|do|is|are|we|our|has|have|had|need|needs|can|could|about|around|run|doing|wants?|would|will|must|may|might|uses?|keeps?|lost|gets?|got|spends?|pays?|just|still|also|currently)\b)"
_SAYS = r"(?:(?<!if )(?<!like )\b(?:we are|we're|(?<![a-z] )(?<![a-z])were|we run|we own|we operate|i run|i own|i manage|i am at|i'm at|i work (?:for|at|in)|we work (?:for|at|in)|i(?: am|'m) (?:(?:the|an?) )?(?:[\w&-]+ ){0,3}(?:at|of|for|in)|this is|it is|it's|being|ours is|here at|speaking (?:for|as)|(?<!such )(?<!same )(?<!it )(?<!them )(?<!this )(?<!that )as)(?: also| still| now| really| basically)*) "


def _any(words: Iterable[str]) -> str:
    return "|".join(words)


_EVERY = {each: _any(own[each] for own in (_OWNED, _OTHERS) if each in own) for each in Sector}
_OWN_RULES = {
    each: re.compile(rf"{_SAYS}(?:{_AN} )?{_LIKE}(?:{nouns}){_AFTER}") for each, nouns in _EVERY.items()
}
# "Our energy provider" and "our data store" are what one pays for, or has.
_BOUGHT = r"(?!(?:[\w-]+ )?(?:(?:insurance|payments?|banking|finance|lending|software|saas|app|tech(?:nology)?|water|energy|power|electricity|gas|telecoms?|courier|shipping|haulage|logistics|freight|transport|bus|coach|catering|events|printing|packaging|building|construction|roofing|training) (?:compan(?:y|ies)|firms?|providers?|operators?)|(?:insurance|mortgage) brokers?|pension funds?|freight forwarders?|wholesalers?|(?:data|app|parts|object|file|document|key|password|record|backup|blob) stores?)\b)"
_OURS = rf"\b(?:(?:our|my) {_BOUGHT}|us as an? |an? (?=[\w' -]{{3,40}} (?:like|such as) (?:us|ours|mine|this one)))"
_OUR_RULES = {each: re.compile(rf"{_OURS}{_LIKE}(?:{nouns}){_AFTER}") for each, nouns in _OWNED.items()}
_DENIED_RULES = {
    each: re.compile(
        rf"\b(?:we|i) (?:(?:are|am) (?:not|no longer)|aren't|used to be)\b (?:really |actually |in fact )?(?:{_AN} )?{_LIKE}(?:{nouns})\b"
        rf"|\b(?:we're|i'm) (?:not|no longer)\b (?:really |actually |in fact )?(?:{_AN} )?{_LIKE}(?:{nouns})\b"
    )
    for each, nouns in _EVERY.items()
}
# "Housing association, 240 staff." and "Law firm here:" at the beginning of a message.
_OPENING_RULES = {
    each: re.compile(
        rf"^(?:hi|hello|hey)?[ ,]*(?:{_AN} )?(?:\w+ )?(?:{nouns})(?: here)?(?=\s*[,.;:(–-]| of \d| with \d)"
    )
    for each, nouns in _EVERY.items()
}
_MAKES = re.compile(
    r"\bwe (?:make|manufacture|produce) (?!sure|decisions?|do|use|it|them|reports?|money|an? |the |changes?|progress|mistakes|calls?)[\w -]{3,40}?(?=\s*(?:$|[.,;:]| (?:with|and|in|for)\b))"
)
_ASKED_RULES = {
    each: re.compile(
        rf"\b(?:for|in|at|do|does|should|would|can|as|is|are)(?: an?| the| most| other| small| large| medium)* {_LIKE}(?:{nouns}){_AFTER}"
    )
    for each, nouns in {e: f"{_EVERY[e]}|{_NAMED[e]}" for e in Sector}.items()
}
_NAMED_RULES = {each: re.compile(rf"\b(?:{nouns})\b") for each, nouns in _NAMED.items()}
_NAMES_ANY = rf"\b(?:{_any((*_EVERY.values(), *_NAMED.values()))}){_AFTER}"
# Rules, with what any of them needs: looked for once, it spares most texts all the others.
_OF_ASKER = tuple(
    (re.compile(needed), tuple(rules.items()))
    for needed, rules in ((_SAYS, _OWN_RULES), (_OURS, _OUR_RULES), ("^", _OPENING_RULES))
)
_OF_OTHERS = ((re.compile(_NAMES_ANY), tuple(_ASKED_RULES.items())),)
# Where the writer only is: "I am in a hotel", "a customer of a bank"; and what many firms have beside: "our online store".
_VISITED = r"hotels?|restaurants?|pubs?|caf[eé]s?|holiday parks?|airports?|(?:coffee |corner |farm |book)?(?:shops?|stores?)|supermarkets?|garden cent(?:re|er)s?"
_BEING = r"(?: (?:just|now|all|both|here|currently|away|abroad|still|on holiday|stuck|sitting|staying|waiting|working|travelling|traveling|writing|calling|connected))*"
_VISITING = r"guest|visitor|customer|client|patient|parent|pupil|tenant|passenger|meeting|workshop|conference|event|wedding|interview"
_ELSEWHERE = re.compile(
    rf"\b(?:i am|i'?m|i was|i'll be|i will be|we are|we're|we were){_BEING} (?:at|in) (?:an?|the|my|our|some) (?:[\w'-]+ ){{0,2}}?(?:{_VISITED})\b(?! (?:of|with|employing) (?:\w+ )?\d)"
    rf"|\bi(?: am|'m) (?:[\w-]+ ){{0,2}}(?:{_VISITING})s? (?:of|at|in|with) (?:[\w'-]+ ){{0,3}}?(?:{_any(_EVERY.values())})\b"
    r"|\b(?:our|my) (?:\w+ )?(?:online|web|internet|e-?commerce|merch(?:andise)?|gift|company|staff) (?:\w+ )?(?:shops?|stores?)\b"
)
_IN_PROFILE = {
    Sector.SOFTWARE: r"it services|software|technology",
    Sector.TRANSPORT: r"logistics|transport|freight|shipping",
    Sector.PROFESSIONAL: r"consult\w+|professional services|accountancy|recruitment|architecture|engineering",
    Sector.HOSPITALITY: r"catering|tourism",
    Sector.UTILITIES: r"energy|water|telecoms?",
    Sector.PUBLIC: r"government",
}
_PROFILE_RULES = {
    each: re.compile(
        rf"\b(?:{each.value}|{_IN_PROFILE.get(each, each.value)}|{_EVERY[each]}|{_NAMED[each]})\b"
    )
    for each in Sector
}
# A sentence that begins with a sector is about it; one that names it further on may hold for all.
_SUBJECT = r"^\W*(?:in |for |with |where )?(?:(?:an?|the|most|many|some|few|small|large|typical|only) )*"
_ABOUT_RULES = {each: re.compile(rf"{_SUBJECT}(?:{nouns})\b") for each, nouns in _NAMED.items()}


@dataclass(frozen=True)
class SectorStatement:
    """A sector that a message names: the asker's `own`, or one it asks about, with its place once folded."""

    sector: Sector
    own: bool
    start: int
    end: int


@lru_cache(maxsize=256)
def find_sector(text: str) -> SectorStatement | None:
    """Return the sector a message states or asks about, the asker's own first, the latest in the text."""
    said = fold(text)
    elsewhere = {match.end() for match in _ELSEWHERE.finditer(said)}
    for groups, own in ((_OF_ASKER, True), (_OF_OTHERS, False)):
        found = [
            SectorStatement(sector, own, match.start(), match.end())
            for needed, rules in groups
            if needed.search(said)
            for sector, rule in rules
            for match in rule.finditer(said)
            if match.end() not in elsewhere
        ]
        if own and (match := _MAKES.search(said)):
            found.append(SectorStatement(Sector.MANUFACTURING, True, match.start(), match.end()))
        if found:
            # Of two names at one place the longer is meant: a charity shop is a shop.
            return max(found, key=lambda each: (each.end, each.end - each.start))
    return None


def sector_of(profile: str | None) -> Sector | None:
    """Return the sector that a client's profile names in its own words, such as "food retail"."""
    said = fold(profile or "")
    found = (
        (match.start(), sector) for sector, rule in _PROFILE_RULES.items() if (match := rule.search(said))
    )
    return min(found, default=(0, None), key=lambda each: each[0])[1]


def stated_sector(thread: Iterable[Turn], known: Sector | None = None) -> Sector | None:
    """Return the asker's own sector as last stated in some turns, else the one `known`, unless they deny it."""
    latest = known
    for turn in thread:
        if turn.speaker is not Speaker.PERSON:
            continue
        statement = find_sector(turn.text)
        if statement and statement.own:
            latest = statement.sector
        elif latest and _DENIED_RULES[latest].search(fold(turn.text)):
            latest = None
    return latest


def compares_sectors(text: str) -> bool:
    """Say whether a message asks about sectors as such: then what is said of others is wanted too."""
    return bool(_COMPARES.search(fold(text)))


@lru_cache(maxsize=16384)
def sectors_in(line: str) -> frozenset[Sector]:
    """Return the sectors that a line of the methodology names; what stands in quotes is an example."""
    said = fold(_QUOTED.sub(" ", line))
    return frozenset(sector for sector, rule in _NAMED_RULES.items() if rule.search(said))


@lru_cache(maxsize=16384)
def lift_for(line: str, sector: Sector | None) -> float:
    """Return what a line gains for being written for that sector, or for all that are regulated."""
    if sector is None:
        return 0.0
    if sector in sectors_in(line):
        return _NAMED_LIFT
    return _REGULATED_LIFT if sector in REGULATED and _REGULATED_WORD.search(fold(line)) else 0.0


@lru_cache(maxsize=16384)
def is_for_others(line: str, sector: Sector | None) -> bool:
    """Say whether a line is about other sectors only; never where none is known."""
    if sector is None or sector in sectors_in(line):
        return False
    said = fold(_QUOTED.sub(" ", line))
    return any(rule.match(said) for rule in _ABOUT_RULES.values())
