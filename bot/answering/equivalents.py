"""Words that say the same, and words that say little, so that a sentence in other words is known again."""

import re

# Verbs that say little by themselves may come and go.
LIGHT_WORDS = """
make makes made take takes taken hold holds held put puts go goes set sets carry carries ensure ensures
plan plans get gets do does start starts begin begins come comes let lets follow follows involve involves
provide provides consider want wants help helps become becomes remain remains happen happens belong belongs
apply applies work works bring brings move moves pass passes run runs lie lies stand stands number amount
part way warning another sign mistake common one usually often typically still thing kind person whole
"""
# Words of plain English that say the same; a term of the trade is never one of them.
_EQUIVALENTS = """
seldom rarely
usually typically commonly normally ordinarily
usual typical common customary
buy purchase
start begin
help assist aid
show display
big large
quick fast rapid
whole entire complete
choose select pick
allow permit
ask request
business organisation company firm
people staff
enough sufficient
finish end
build construct
talk speak
need require
appoint name
adviser consultant
separate distinct
write written wrote
keep kept retain store
buy bought
wear worn
choose chosen
take taken
give given
find found
hold held
lead led
pay paid payment
sell sold
send sent
tell told
make made
build built
lose lost
know known
mean meant
meet met
speak spoken
spend spent
understand understood
decide decision
agree agreement
appoint appointed
expand expansion
repair fix mend
someone somebody anyone anybody
nobody none
immediately instantly
survive outlast
describe explain
check verify
focus concentrate
reason cause
duplicate copy
"""
SAME_PHRASES = (
    (re.compile(r"\bcommonest\b"), "most common"),
    (re.compile(r"\bone (\w+) at a time\b"), r"\1 by \1"),
    (re.compile(r"\bat once\b|\bstraight away\b|\bright away\b"), "immediately"),
    (re.compile(r"\bno one\b"), "nobody"),
    (re.compile(r"\bbetween (\d[\d.,]*(?: ?%)?) and (?=\d)"), r"\1-"),
    (re.compile(r"≤ ?"), "at most "),
    (re.compile(r"≥ ?"), "at least "),
    (re.compile(r"\bleav(?:e|es|ing) out\b"), "drop"),
    (re.compile(r"\bliv(?:e|es|ing) on\b"), "survive"),
    (re.compile(r"\bas soon as\b"), "once"),
    (re.compile(r"\bmake sure\b"), "ensure"),
    (re.compile(r"\ba quarter of an hour\b"), "15 minutes"),
    (re.compile(r"\bhalf an hour\b"), "30 minutes"),
    (re.compile(r"\b(?:each|every) one of\b"), "every"),
    (
        re.compile(r",? (?:and|but) not (?=(?:to|in|by|the|for|from|an?|on|at|with|what|how|that)\b)"),
        " rather than ",
    ),
    (re.compile(r", not (?=(?:to|in|by|the|for|from|an?|on|at|with|what|how|that)\b)"), " rather than "),
    (re.compile(r"\binstead of\b|\bas opposed to\b"), "rather than"),
    (re.compile(r"\bsuch as\b|\bfor instance\b"), "for example"),
    (re.compile(r"\bjust (?=an?\b|the\b)|\bmerely\b"), "only "),
)


def _equivalents() -> dict[str, str]:
    lines = (line.split() for line in _EQUIVALENTS.strip().splitlines())
    return {word: words[0] for words in lines for word in words}


EQUIVALENTS = _equivalents()
