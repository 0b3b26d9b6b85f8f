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
"""
SAME_PHRASES = (
    (re.compile(r"\bcommonest\b"), "most common"),
    (re.compile(r"\bone (\w+) at a time\b"), r"\1 by \1"),
)


def _equivalents() -> dict[str, str]:
    lines = (line.split() for line in _EQUIVALENTS.strip().splitlines())
    return {word: words[0] for words in lines for word in words}


EQUIVALENTS = _equivalents()
