"""What a message does in a conversation beside asking: it closes, agrees, declines or complains."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re

from bot.answering.phrases import OFFERS
from bot.answering.types import Reason, Speaker, Turn
from bot.answering.wording import content_words, fold, stems, words

ENOUGH = 3  # turns in a row that helped nobody, after which a person is offered
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_CLAUSE = re.compile(r"[.,;:!?]+ *| - | and | but ")
_CLAUSE_ASKS = re.compile(
    r"^(?:so |then |now |also |please )*(?:what|how|which|who|whose|when|where|why|should|could|would|can|do|does|did|is|are|will|must|may|tell me|explain|show|give me|send|next|one more|another|any)\b"
)
_WANTS = re.compile(r"\b(?:need|want|i asked|question about|i meant|you said)\b|^but\b|[,.] ?but\b")

# How a message ends or what it is all of when the matter itself comes in the next one.
_BREAKS_OFF = re.compile(
    r"(?:[,:;]|\.\.\.|-)$|\b(?:and|or|but|because|so|also|the|a|an|to|of|for|with|about|that|which|if|when|our|is|are)$"
)
_OPENS = re.compile(
    r"^(?:(?:hi|hiya|hello|hey|morning|good (?:morning|afternoon|evening)|ok|okay|right|so|well|sorry|oh|ah|um+|wait|hang on|hold on|one (?:sec|second|moment|minute|more thing)|another thing|one more|by the way|btw|actually|quick (?:question|one)|(?:a|another|one more) question|(?:one more )?question|also|and|there|again|me again)[ ,.!]*)+$"
)
_CLOSES = re.compile(
    r"\b(?:thank(?:s| you)?|thx|cheers|ta|appreciate(?:d)?|bye|goodbye|good night|see you|(?:speak|talk) (?:soon|later)"
    r"|that(?:'s| is| was|'ll be| will be) (?:all|it|everything|enough|me done)|no (?:more|further) questions|nothing (?:else|more)"
    r"|have a (?:good|nice|great|lovely)|all (?:set|good|clear|done)|sorted|no need|not now|not today|(?:maybe|perhaps) (?:later|another time|tomorrow)"
    r"|(?:another|some other) time|leave it (?:there|at that|for now)|never ?mind|will do|got it|makes sense|(?:all |much )?clear(?:er)? now|that(?:'s| is) (?:\w+ )?clear|obliged|know enough"
    r"|(?:answers|solves|settles) (?:it|that|this|my question|everything)|(?:exactly|just|that's|that is|that was|all) (?:what )?(?:i|we) (?:needed|wanted)|that (?:helps|helped|works|does it|clears)"
    r"|(?:ringing|calling|phoning|contacting|emailing|messaging|texting) \w+(?: \w+)?(?: right)? now|(?:i'm|i am|we're|we are|am) (?:ringing|calling|phoning|doing)|doing (?:it|that|so|this) now|on (?:it|the phone|my way)(?= *(?:now\b|with\b|to\b|[,.!]|$))"
    r"|(?:helpful|useful)|enough (?:to go on|for (?:now|me|us|today)))\b"
    r"|^(?:understood|noted|super|great|brilliant|perfect|excellent|lovely|fantastic|wonderful|awesome|nice|cool|amazing)\b"
)
_NOT_HELPFUL = re.compile(
    r"\b(?:not|isn't|wasn't|n't|hardly|never|less|more|no)\b(?: \w+){0,2} (?:helpful|useful|clear|sorted|help|what i (?:needed|wanted))\b"
)
# Who takes note and says what they do next is done asking.
_TAKES_NOTE = re.compile(
    r"^(?:(?:ok|okay|right|alright|all right|fine|good|great|cool|lovely|perfect|sounds (?:good|right|fine))[ ,.!-]+)+(?:(?:then|so|and)[ ,]+)?"
    r"(?:(?:i|we)(?:'ll| will| shall)\b(?! (?:need|have|want|be)\b)|will\b(?! (?:it|that|this|they|we|you|he|she)\b)|(?:i'm |we're |i am |we are )?(?:calling|ringing|phoning|doing|leaving|going to (?:call|ring|phone|do|try|read)|off to)\b|on (?:it|my way)\b"
    r"|(?:i |we )?(?:got|have|know) what (?:i|we|to)\b|that's what (?:i|we) (?:hoped|thought|wanted|expected|needed)\b)"
    r"|^(?:no[ ,]+)?that's (?:it|all|me|us|everything)(?: (?:done|sorted|for (?:me|us|now|today)|then))*[ .!]*$"
)
_HASTY = (
    (re.compile(r"\bthats\b"), "that's"),
    (re.compile(r"\bill (?=let|take|pass|do|try|go|ask|give|talk|tell|speak|call|ring)"), "i'll "),
)
_OWN_PLANS = re.compile(r"\b(?:i|we)(?:'ll| will| can| shall| am going| are going|'m going|'re going)\b")
_LONGEST_CLOSING, _MOST_BESIDE = 25, 3
_LONGEST_OPENING = 60  # characters

# Whoever agrees says one of the first; nothing but these and the second may stand beside it.
_YES_WORDS = "yes yep yeah yup aye sure absolutely definitely please certainly indeed"
_BESIDE_WORDS = (
    "ok okay alright right fine good great lovely perfect do does that it this so go ahead for then would be helpful "
    "sounds like i i'd we we'd you could can if of course let's thanks thank love to a now might wise sensible why not happy "
    "that'd that's very really much best nice brilliant and will have one idea me us think "
    "get call ring somebody someone person human consultant them yourself one's with by all means on"
)
_YES, _ASSENT = frozenset(_YES_WORDS.split()), frozenset(_BESIDE_WORDS.split())
_ASSENT_PHRASE = re.compile(
    r"\b(?:go ahead|go for it|do (?:that|it|so)|let's do (?:that|it|so)|i would|we would|i'd (?:like|love) that"
    r"|(?:that|it)(?: would|'d) (?:be|help)\b.*|sounds (?:good|great|fine)|of course|why not|if you (?:could|would|can))"
)
_READY = re.compile(r"^(?:ok|okay|alright|all right|fine|right|go on|good idea|great|perfect|by all means)\b")
_NO = re.compile(
    r"^(?:(?:ok|okay|ah|oh|well|actually|hm+|thanks|thank you)[ ,.]+)*(?:no+(?=\W*$|[,.!-]| (?:thanks?|thank|need|i|we|it|that|not|please|don't|really|ok|okay|never|problem)\b)|nope|nah|not (?:now|yet|today|really|necessary|needed|this time)|don't|do not|rather not|i'd rather not|i would rather not|no need|maybe later|perhaps later|later)\b"
)
_LONGEST_REPLY = 9  # words in which an offer is taken up or declined

# Said to the assistant: what it says, or the assistant itself, is the subject.
_BAD = (
    r"(?:useless|pointless|rubbish|nonsense|garbage|crap|hopeless|terrible|awful|stupid|ridiculous|frustrating|annoying|unhelpful|a joke"
    r"|a waste of (?:my |our )?time|no (?:help|use|good)|wrong|irrelevant|not (?:\w+ )?(?:helpful|useful|helping|relevant|right|good enough|it))"
)
_COMPLAINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:\w+[ ,]+){{0,2}}(?:this|that|you|your (?:answers?|repl(?:y|ies)|advice)|this (?:bot|thing|assistant|answer|chat))(?:'s|'re| is| are| was| were)(?: \w+){{0,2}}? {_BAD}\b",
        r"\b(?:you(?:'re| are)|are you|you)(?: \w+){0,2}? (?:not|never|even|ever) (?:going to |able to |really )?(?:listen|answer|understand|help|read|get(?:ting)? (?:it|me|this))",
        r"\byou (?:don't|didn't|do not|did not|haven't|have not|can't|cannot|won't|aren't|never)(?: \w+)?? (?:listen|answer|understand|understood|help(?:ed|ing)?\b(?! us (?:with|to|choose))|read|get (?:it|me|this|what))",
        r"\b(?:don't|can't|didn't|aren't|won't) you (?:\w+ )?(?:listen\w*|answer\w*|understand\w*|read\w*|get (?:it|me|this))",
        r"\byou(?: just|'re just| are just| only| still)? keep (?:on )?\w+ing\b|\byou(?:'re| are) (?:just |only )?(?:repeating|guessing|making (?:this|that|it) up|going (?:on|round))\b",
        r"\b(?:not|n't|nothing to do with|nowhere near|far from) (?:\w+ )?what (?:i|we)(?:'m| am|'d| had| was| were)? (?:ask\w*|said|mean\w*|want\w*|need\w*|looking for|after)\b",
        r"^(?:(?:but|and|so|sorry|no|well|hm+|ok|okay)[ ,]+)*(?:(?:this|that|it|which|(?:your|the|this|that) (?:answer|reply|advice))(?: really| still| just| actually)? )?(?:doesn't|does not|didn't|did not|isn't|is not|wasn't) (?:\w+ )?(?:help(?:ing|ful)?|useful|answer(?:ing)? (?:it|that|my|the|anything))\b",
        r"\b(?:i|we)(?:'ve| have)? already (?:told you|said|asked|explained)\b|\b(?:i|we)(?:'ve| have)? (?:told|asked) you (?:that |this )?(?:already|twice|before|three times|several times)\b",
        r"\b(?:same|identical) (?:answer|thing|text|reply|stuff)(?: \w+)? (?:again|as before|every time|over and over)\b|\b(?:round|around) in circles\b|\b(?:read|answer) (?:my|the) (?:actual |damn )?question\b",
        r"\b(?:this|that) (?:isn't|is not|ain't) (?:\w+ )?(?:working|it|helping|good enough|getting (?:me|us) anywhere)\b|\bi give up\b|\bfor (?:god|heaven|pete|goodness|christ)'?s'? sake\b|\b(?:ffs|wtf)\b|^(?:argh+|ugh+|grr+|oh come on)\b",
        r"\b(?:fed up|sick|tired|annoyed|frustrated|losing patience)\b(?: \w+){0,3} (?:you|this|these answers|asking|repeating)\b|\bwasting (?:my|our) time\b",
    )
)
_BARE = re.compile(
    rf"^(?:it's |it is |what |totally |completely |absolutely |just |so |really |still |oh |well |an? )*{_BAD}(?: (?:answers?|repl(?:y|ies)|advice|responses?|bot|thing|suggestions?))?(?: again)?\W*$"
)
_NO_MARK = re.compile(r"\b(do|does|did|is|are|was|ca|wo|have|has|could|would|should)nt\b")
_LONGEST_COMPLAINT = 16  # words of a sentence; longer ones tell a story of somebody else
UNHELPFUL = frozenset({Reason.TOO_VAGUE, Reason.NOT_UNDERSTOOD, Reason.NOT_COVERED, Reason.UNHELPFUL})
# The same question in nearly the same words.
_SAME, _LEAST_STEMS = 0.8, 2


def closes(text: str) -> bool:
    """Say whether a message ends the talk: it thanks, takes note or says goodbye, and asks nothing."""
    folded = fold(text)
    for hasty, spelt in _HASTY:
        folded = hasty.sub(spelt, folded)
    said = words(folded)
    takes_note = bool(_TAKES_NOTE.match(folded))
    if not (takes_note or _CLOSES.search(folded)) or "?" in folded or len(said) > _LONGEST_CLOSING:
        return False
    if _NOT_HELPFUL.search(folded) or _WANTS.search(folded) or is_complaint(text):
        return False
    if any(_CLAUSE_ASKS.match(clause.strip()) for clause in _CLAUSE.split(folded)):
        return False
    return (
        takes_note
        or bool(_OWN_PLANS.search(folded))
        or len(content_words(_CLOSES.sub(" ", folded))) <= _MOST_BESIDE
    )


def is_unfinished(text: str) -> bool:
    """Say whether a message reads as if its writer were about to go on."""
    folded = fold(text).strip()
    return len(folded) <= _LONGEST_OPENING and bool(_BREAKS_OFF.search(folded) or _OPENS.match(folded))


def agrees(folded: str, *, readily: bool = False) -> bool:
    """Say whether a reply takes up an offer; `readily`: it was a question, so that "ok" is a yes."""
    said = words(folded)
    if not said or len(said) > _LONGEST_REPLY or _NO.match(folded) or "?" in folded:
        return False
    if not set(said) <= _YES | _ASSENT:
        return False
    thanks_only = {"thanks", "thank"} & set(said) and not _YES & set(said)
    says_yes = bool(_YES & set(said)) or bool(_ASSENT_PHRASE.search(folded))
    return says_yes or (readily and not thanks_only and bool(_READY.match(folded)))


def declines(text: str) -> bool:
    """Say whether a reply declines an offer."""
    folded = fold(text)
    said = words(folded)
    asks = "?" in folded or any(_CLAUSE_ASKS.match(clause.strip()) for clause in _CLAUSE.split(folded))
    beside = content_words(_CLOSES.sub(" ", _NO.sub(" ", folded)))
    return bool(_NO.match(folded)) and not asks and len(said) <= _LONGEST_REPLY and len(beside) <= 2


def was_offered(thread: tuple[Turn, ...]) -> bool:
    """Say whether the assistant's last turn offered a person."""
    last = thread[-1] if thread else None
    return last is not None and last.speaker is Speaker.ASSISTANT and any(one in last.text for one in OFFERS)


def is_complaint(text: str) -> bool:
    """Say whether a sentence is about the assistant's answers, and not content with them."""
    folded = _spelt_out(fold(text))
    if len(words(folded)) > _LONGEST_COMPLAINT:
        return False
    said = (folded, _CLAUSE.split(folded)[0])
    return any(rule.search(folded) for rule in _COMPLAINTS) or any(_BARE.match(each.strip()) for each in said)


def _spelt_out(folded: str) -> str:
    """Return hasty typing with the letters and marks it leaves out."""
    spelt = _NO_MARK.sub(lambda found: f"{found[1]}n't", folded)
    return re.sub(r"\bur\b", "your", re.sub(r"\bu\b", "you", re.sub(r"\byoure\b", "you're", spelt)))


def without_complaint(text: str) -> str | None:
    """Return what a message says beside its complaint, empty where that is all; None without a complaint."""
    sentences = [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence.strip()]
    complaints = [sentence for sentence in sentences[:2] if is_complaint(sentence)]
    if not complaints:
        return None
    rest = " ".join(sentence for sentence in sentences if sentence not in complaints)
    return rest if content_words(fold(rest)) else ""


def repeats(text: str, earlier: str) -> bool:
    """Say whether two messages ask the same in nearly the same words."""
    ours, theirs = ({stem.rstrip("e") for stem in stems(fold(each))} for each in (text, earlier))
    if fold(text).strip(" ?.!") == fold(earlier).strip(" ?.!"):
        return len(words(fold(text))) > 1
    return min(len(ours), len(theirs)) >= _LEAST_STEMS and len(ours & theirs) >= _SAME * len(ours | theirs)


def asked_before(text: str, thread: tuple[Turn, ...]) -> bool:
    """Say whether the person's last message asked the same."""
    before = next((turn.text for turn in reversed(thread) if turn.speaker is Speaker.PERSON), "")
    return repeats(text, before)


def unhelpful_before(text: str, thread: tuple[Turn, ...]) -> int:
    """Return how many of the assistant's last turns in a row were of no help.

    A turn is of none when it asked back or had no answer, when the person marked it so, and when they asked
    the same again after it.
    """
    count, said_next = 0, text
    for at in range(len(thread) - 1, -1, -1):
        turn = thread[at]
        if turn.speaker is Speaker.PERSON:
            said_next = turn.text
            continue
        before = thread[at - 1] if at else None
        asked = before.text if before is not None and before.speaker is Speaker.PERSON else ""
        again = repeats(said_next, asked) or without_complaint(said_next) is not None
        if not (turn.reason in UNHELPFUL or turn.unhelpful or again):
            break
        count += 1
    return count
