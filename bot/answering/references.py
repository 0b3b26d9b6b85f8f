"""What a message points at in the talk before it: an earlier question, one of two, a step, the bot's own words."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.subjects import folded, stands_alone
from bot.answering.types import Speaker, Turn
from bot.answering.wording import content_words, fold, stem, stems, words

_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "1": 0, "former": 0, "second": 1, "2nd": 1, "two": 1, "2": 1, "latter": 1, "other": 1,
    "third": 2, "3rd": 2, "three": 2, "3": 2, "fourth": 3, "4th": 3, "four": 3, "4": 3, "fifth": 4, "5th": 4, "five": 4, "5": 4,
    "last": -1,
}  # fmt: skip
_PLACE = r"(?P<place>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last|other)"
_ONE_OF = re.compile(
    rf"\b(?:the|my|your|that|this) {_PLACE}(?:(?: of (?:those|these|them|the (?:two|three)))? (?:one|question|part|half|step|point|item|option|thing you (?:said|mentioned|listed)|topic|subject)\b|(?= *(?:[?.!,:;]|$|then\b|please\b|instead\b)))"
    r"|\b(?:step|point|number|item|option|question|part) (?P<number>[1-5]|one|two|three|four|five)\b|\bthe (?P<pair>former|latter)\b"
)
_ITEM = re.compile(r"^\s*(\d)\.\s+(.+)$", re.MULTILINE)
_OFFERED = re.compile(r"“([^”]+)”")
_BACK = re.compile(
    r"^(?:(?:ok|okay|right|so|and|now|anyway|well|sorry|actually|but)[ ,.]+)*(?:(?:can|could|may) (?:we|i) |let's |let me |i(?:'d| would) like to |i want to |to )?(?:just )?(?P<back>(?:go(?:ing)?|come|coming|get(?:ting)?|jump(?:ing)?|circl(?:e|ing)) back|back|return(?:ing)?|revisit(?:ing)?|regarding|concerning|about|on|as for)(?: again)?(?: to)? (?P<what>[^,:;?.]+?)(?P<again>(?: (?:again|earlier|from (?:before|earlier)|before|you (?:answered|mentioned)|i asked(?: about)?(?: earlier| first| before)?))*)\s*(?:(?:[,:;?.]| - )\s*(?P<rest>.*))?$"
)
_GOES_BACK = re.compile(r"back|return|revisit")
_NAMES_QUESTION = re.compile(r"\b(?:question|topic|subject|point|thing|issue|matter)\b")
_EARLIER = re.compile(r"\b(?:previous|earlier|last|prior|other)\b")
_QUOTES = re.compile(
    r"(?<!if )\b(?:you|your (?:answer|reply)|the (?:answer|assistant)) (?:just |also |earlier |have |had |'ve )?(?:said|mentioned|wrote|told (?:me|us)|suggested|recommended|talked about|listed|called|stated|referred to)\b(?: that| about| the| an?)?"
    r"|\byour (?:answer|reply) (?:says|mentions)\b|\bwhat (?:do|did) you mean (?:by|with)\b|\bin your (?:answer|reply|list|last (?:answer|message))\b"
)
_MEANT = re.compile(
    r"^(?:(?:no|nope|sorry|actually|wait|oops|ah|oh|well|but|hm+|not (?:that|quite|really))[ ,.:;-]+)*(?:what )?(?:i|we)(?:'m| am|'d|'re)? ?(?:only |just |rather |really )?(?:mean|meant|asked|was asking|were asking|asking|was talking|were talking|talking|wanted|was after|was thinking)(?: to (?:know|ask|say))?(?: you)?(?: (?:was|is))?(?: about| of| for)?[ ,:]+(?P<meant>.+)$"
)
_NOT_THAT = re.compile(
    r"^(?:(?:no|nope|sorry|actually|well)[ ,.:;-]+)*not (?:about |on |for )?(?:the |our |an? |that |any )?(?P<dropped>[^,;:.]+?)(?: ones?)?(?:\s*[,;:.]\s*|\s+-+\s+|\s+(?=but\b))(?:(?:but|rather|more|i (?:mean|meant)|it's|just|only)[ ,]+)*(?P<meant>.+)$"
)
_BUT_NOT = re.compile(
    r"^(?P<meant>.+?),? (?:and )?(?:not|rather than|instead of|as opposed to) (?:the |our |an? |about |that )?(?P<dropped>[^,;:?]+?)(?: ones?)?[.! ]*$"
)
_SHORT_BUT = re.compile(
    r"^(?!what|how|which|who|when|where|why|should|do|is|are|can).*(?:, ?not|rather than|instead of) "
)
_THE_OTHER = re.compile(r"^(?:the |that )?other(?: (?:one|question|kind|sort|type))?[.! ]*$")
_LONGEST_CORRECTION, _MOST_QUOTED = 24, 25


@dataclass(frozen=True)
class Correction:
    """What somebody says they meant, and what they say they did not mean; either may be empty."""

    meant: str
    dropped: str


def correction_of(message: str) -> Correction | None:
    """Return what a message corrects of what was asked before; None when it corrects nothing."""
    said = fold(message)
    if len(words(said)) > _LONGEST_CORRECTION:
        return None
    found = _NOT_THAT.match(said)
    if found:
        return Correction(found["meant"].strip(), found["dropped"].strip())
    opened = _MEANT.match(said)
    meant = opened["meant"] if opened else said
    without = _BUT_NOT.match(meant)
    if without and (opened or (_SHORT_BUT.search(said) and len(words(said)) <= 10 and "?" not in said)):
        return Correction(without["meant"].strip(), without["dropped"].strip())
    return Correction(meant.strip(" .!"), "") if opened else None


def corrected(correction: Correction, topic: str, others: Sequence[str]) -> str:
    """Return the question that was meant: what was dropped is replaced in it by what was meant.

    `others` are questions asked beside the topic, of which "the other one" may be one.
    """
    dropped = stems(correction.dropped)
    if _THE_OTHER.match(correction.meant):
        kept = [each for each in others if not dropped & stems(fold(each))]
        return kept[-1] if kept else _without(topic, dropped, "")
    if stands_alone(folded(correction.meant)):
        return correction.meant
    return _without(topic, dropped - stems(correction.meant), correction.meant)


def _without(topic: str, dropped: frozenset[str], meant: str) -> str:
    """Return the topic with the first dropped word made what was meant, and the others left out."""
    kept: list[str] = []
    placed = not meant
    for word in topic.split():
        if dropped & {stem(each) for each in words(fold(word))}:
            kept += [] if placed else [meant]
            placed = True
        else:
            kept.append(word)
    return " ".join(kept if placed else [meant, *kept])


def returned_to(message: str, roots: Sequence[str]) -> tuple[str, str] | None:
    """Return the earlier question a message goes back to, and what it asks of it; None when it does not."""
    found = _BACK.match(fold(message))
    if found is None or not roots:
        return None
    what, rest = found["what"], (found["rest"] or "").strip()
    named = bool(_NAMES_QUESTION.search(what) or found["again"])
    if not _GOES_BACK.search(found["back"]) and not named:
        return None
    place = next((_ORDINALS[word] for word in words(what) if word in _ORDINALS), None)
    if (
        place is not None
        and _NAMES_QUESTION.search(what)
        and place < len(roots)
        and not _EARLIER.search(what)
    ):
        return roots[place], rest
    wanted = frozenset(stem(word) for word in content_words(_NAMES_QUESTION.sub(" ", what)))
    near = max(reversed(roots), key=lambda root: len(wanted & stems(fold(root))))
    if wanted & stems(fold(near)):
        return near, rest
    if _EARLIER.search(what) and len(roots) > 1:
        return roots[-2], rest
    return (what, rest) if _GOES_BACK.search(found["back"]) and wanted else None


def chosen(message: str, parts: Sequence[str], last_said: str) -> tuple[str, bool] | None:
    """Return what "the second one" stands for, and whether that is a question of its own.

    It is one of several questions just asked, or else a step or topic in what the assistant said last.
    """
    found = _ONE_OF.search(fold(message))
    if found is None:
        return None
    place = _ORDINALS[found["place"] or found["number"] or found["pair"]]
    if len(parts) > 1 and place < len(parts):
        return parts[place], True
    items = [text for _, text in _ITEM.findall(last_said)] or _OFFERED.findall(last_said)
    return (items[place], False) if items and place < len(items) else None


def quoted(message: str, thread: Sequence[Turn]) -> str | None:
    """Return the sentence of the assistant that a message takes up by "you said"; empty when it is not found."""
    said = fold(message)
    if not _QUOTES.search(said):
        return None
    wanted = stems(_QUOTES.sub(" ", said))
    spoken = [turn.text for turn in reversed(thread) if turn.speaker is Speaker.ASSISTANT][:3]
    best, most = "", 0
    for text in spoken:
        for sentence in re.split(r"(?<=[.?!])\s+|\n+", text):
            shared = len(wanted & stems(fold(sentence)))
            if shared > most and len(words(fold(sentence))) <= 3 * _MOST_QUOTED:
                best, most = " ".join(sentence.split()[:_MOST_QUOTED]), shared
    return best


def without_quote(message: str) -> str:
    """Return what a message says beside "you said"."""
    return " ".join(_QUOTES.sub(" ", message).split())
