"""Which words of a message name a subject of its own, and which only turn over one that was named before."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re

from bot.answering.wording import content_words, fold

_CAPITAL_IT = re.compile(r"\bIT\b")
# What people ask *of* a subject, and how they want it told: without a subject beside them they lean on one.
_ASPECT_WORDS = """\
long often soon quickly fast big large much many first second third last next start starts started begin
beginning end order step steps stage stages phase phases way ways approach practice practical practically
concrete concretely real realistic typical typically usual usually normal normally common general generally exactly
precisely example examples instance sample template templates checklist table list figure figures number numbers amount
percentage detail details detailed depth deeper further elaborate expand explain explanation clarify rephrase reword
summary summarise summarize short shorter brief briefly simple simpler simply easier plain english layman layman's
terms word words sentence sentences bullet bullets points point paragraph version tldr tl;dr gist meaning mean means reason reasons
why purpose cost costs price pay paid spend expensive cheap cheaper worth benefit benefits advantage advantages
disadvantage disadvantages downside downsides drawback drawbacks upside pros cons risk risks danger dangers
mistake mistakes pitfall pitfalls trap traps wrong avoid fail fails alternative alternatives option options choice
different difference differently else own owns owner owned responsible responsibility accountable involved involve
involves role roles decide decides decided sign signs approve approves approved do done doing does deadline
time times timing period day days calendar working week weeks month months monthly quarter quarterly year years yearly annual
annually daily weekly hours minutes frequency regularly source sources evidence proof reference refer measure measures
measured metric metrics success successful succeed target targets work works working apply applies applied
count counts include includes included matter matters important enough too case cases situation situations
small smaller large larger medium size firm firms company companies organisation organisations
organization us ours bit little lot thing things part parts topic subject question questions
answer answers above below said say mentioned mention wrote advice suggest suggestion recommend recommendation
recommended happen happens happened required require requires necessary needed allowed possible
help helps look looks like go goes come comes best better good bad minimum maximum least most
tell show give write put read mind another other others both rest remaining whole full again repeat ok okay yes no
person persons somebody someone reasonable sensible
mine yours myself ourselves yourself everyone anybody nobody effort trouble hassle hard difficult easy complicated
please thanks actually really still already instead ever simply step-by-step"""
_ASPECTS = frozenset(_ASPECT_WORDS.split())
# "IT budget" holds no pronoun, and "that" after a verb is a conjunction.
NOT_REFERRING = re.compile(
    r"\bit (?:budget\w*|manager|director|strategy|team|department|staff|spend\w*|support|supplier|provider"
    r"|systems?|security|"
    r"governance|people|lead|policy|policies|cost\w*|service\w*|risk\w*|project\w*|person|plan|function|leadership|assets?|guy)\b"
    r"|\b(?:so|sure|think|say|says|said|know|knows|means?|ensure|show|shows|prove|proves|the fact) that\b"
    r"(?! (?:in|again|more|simpl\w+|shorter|please|once|differently|as|another|to|one)\b|[ ?.!]*$)"
    r"|\b(?:is|was|would|isn't|wouldn't) it (?:be )?(?:an? )?(?!the\b|that\b|this\b)\w+(?: enough)? (?:to \w+|that)\b|\bis it worth \w+ing\b"
    r"|\bone (?=(?!(?:for|if|when|that|in|with|at|by|or|and|too|we|be|have|has|is|are|to|do|does|should|would|can|could|will|needs?|i|you|please|then|now|next)\b)[a-z])"
    r"|\bthat (?=(?:our|the|we|i|they|it|he|she|my|your|an?|you|people|staff|everyone|everybody|nobody|no|all|this|there|every)\b)"
    r"|\b(?:does|would|should|will|might|did) it (?:\w+ )?take (?=(?:an?|the|us|our|to|most)\b)|\bthis (?:year|month|week|quarter)\b|\bone (?:person|page|place|owner"
    r"|year|month|day|week|of)\b|\bthere (?:is|are)\b"
)
_REFERS = re.compile(
    r"\b(?:it|its|it's|that|that's|this|those|these|them|they|they're|their|one|ones|he|she|there|such|former|latter|the same|ours|theirs"
    r"|(?:each|both|neither|either)(?= *(?:[?.!,;]|$))"
    r"|the above|the (?:first|second|third|fourth|last|other|next) (?:one|step|point|option)|step \d|point \d)\b"
)
_CLAUSES = re.compile(
    r"[,;:?!]\s+|\.\s+|\s-\s|\b(?:and|but|or|so|then|if|when|because|before|after|until|once|while|whether|unless|though|although)\b"
)
_PLURAL = re.compile(r"\b[a-z]{3,}[^s\W]s\b.*\b(?:they|them|their|they're)\b")
_ASKING = r"(?:what|how|which|who|whose|when|where|why|should|shall|could|would|can|do|does|did|is|are|will|must|may|has|have)"
_OPENING = r"(?:(?:and|but|so|or|also|plus|then|now|ok|okay|well|right|next|finally|lastly|in addition|additionally|secondly|another (?:thing|question|one))[ ,:-]+)*"
ASKS = re.compile(
    rf"^{_OPENING}(?:{_ASKING}\b|what's|who's|where's|how's|tell me|explain|describe|define|any (?:advice|tips|guidance|thoughts|ideas)\b"
    r"|(?:i|we)(?:'d| would| am|'m| are|'re)?(?: also| just| really)? (?:(?:need|want|like) (?:to (?:know|understand|ask|find out|learn|see|hear)\b|(?!to\b))|wonder\w*|looking for|look for|curious|unsure|not sure)\b"
    r"|please (?:tell|explain|give|show|describe)|give (?:me|us)|show (?:me|us)|walk (?:me|us)|help (?:me|us) (?:with|to|understand|write|choose))"
)
# With these a question is whole though it names only one thing.
_WHOLE = re.compile(
    rf"^{_OPENING}(?:what(?:'s| is| are| does| do)(?: (?:an?|the|exactly|actually))?|who(?:'s| is| are| should| must)|explain|define|what (?:should|must|can|could) (?:an?|the|our|every)|do we (?:really |even |actually )?need|does (?:a|an|every|our) \w+ need"
    r"|should (?:we|a \w+) (?:have|use|get|hire|employ|appoint|outsource|adopt|allow|ban)|how (?:do|should|can) (?:we|i|you) \w+|how (?:long|often|much|many)\b.* (?:we|i|you|one) \w+|tell me about)\b"
)


def folded(message: str) -> str:
    """Return the message folded, with the subject IT spelt out so that it is no pronoun."""
    return fold(_CAPITAL_IT.sub("information technology", message))


def subjects(message_folded: str) -> list[str]:
    """Return the words that name a subject of the message's own."""
    return [word for word in content_words(message_folded) if word not in _ASPECTS]


def refers(message_folded: str) -> bool:
    """Say whether a word stands for something that is not in the message itself."""
    plain = NOT_REFERRING.sub(" subject ", message_folded)
    named = False
    for clause in _CLAUSES.split(plain):
        if _REFERS.search(clause):
            return not (named or _names_plural(clause))
        named = named or bool(subjects(clause))
    return False


def _names_plural(clause: str) -> bool:
    """Say whether what "they" are stands before it in the same clause."""
    found = _PLURAL.search(clause)
    return found is not None and bool(subjects(found.group().split()[0]))


def asks(message_folded: str) -> bool:
    """Say whether a sentence asks for something."""
    return message_folded.rstrip(' )"').endswith("?") or bool(ASKS.match(message_folded))


def stands_alone(message_folded: str) -> bool:
    """Say whether a sentence asks a question that can be understood without any other."""
    own = subjects(NOT_REFERRING.sub(" subject ", message_folded))
    if not asks(message_folded) or not own or refers(message_folded):
        return False
    return len(own) > 1 or bool(_WHOLE.match(message_folded))
