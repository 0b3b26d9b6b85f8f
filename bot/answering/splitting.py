"""One message, several questions: where its wording falls into parts that each stand by themselves."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
from dataclasses import dataclass

from bot.answering.subjects import asks, folded, stands_alone
from bot.answering.wording import clean, content_words, fold, words

MOST_PARTS = 3
_SENTENCE = re.compile(
    r"(?<=[.?!;])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!approx\.)(?<!\bno\.)(?<!\bDr\.)(?<!\bMr\.)\s+"
)
_ITEM = re.compile(
    r"(?:^|(?<=[\s,;:.?]))(?:\(?(?P<number>[1-9]|[a-e])[.)](?=\s)|(?P<word>first|second|third|fourth|firstly|secondly|thirdly|one|two|three)(?: question| thing)?\s?[:,-](?=\s)|question (?P<asked>[1-9]|one|two|three)\s?[:.,-](?=\s))\s*",
    re.IGNORECASE,
)
_PLACES = ("1 a first firstly one", "2 b second secondly two", "3 c third thirdly three", "4 d fourth")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d[.)])\s+")
_ASKING = r"(?:how|what|which|who|whose|when|where|why|should|can|could|do|does|is|are|must|would)"
_JOINT = re.compile(
    rf"\s*[,;]?\s+(?:and|plus|but|also|as well as)\s+(?P<beside>(?:also|then|separately|secondly|another thing|one more thing|in addition|while (?:we are|we're|i am|i'm) at it)[ ,:]+)*(?={_ASKING}\s)",
    re.IGNORECASE,
)
_WISH = re.compile(r"^(?:i|we)\b|^(?:please )?(?:give|show|tell|help) (?:me|us)\b|^looking for\b")
_OPENER = re.compile(
    r"^(?:(?:and|but|so|also|plus|then|next|finally|lastly|secondly|in addition|additionally|oh|one more|another (?:thing|question|one)|a (?:second|different|separate) (?:thing|question)|separately|on another (?:note|topic|subject)|unrelated(?:ly)?|by the way|btw)[ ,:-]+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Parts:
    """What a message may ask, in order; `listed`: its writer counted the questions.

    `joined` are those that a mere "and" puts in one sentence with the question before.
    """

    questions: tuple[str, ...]
    listed: bool = False
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Clause:
    """A sentence, or what of it asks by itself; `joined` by a mere "and" to what stands before."""

    text: str
    joined: bool


def split(text: str, *, in_thread: bool = False) -> Parts:
    """Return the questions a message asks, each with the background that goes with it; one or none is normal.

    It goes by wording alone: whether they are about different things is for the search to say. `in_thread`:
    the first may lean on what was said before.
    """
    lines = [line for line in text.splitlines() if words(fold(line))]
    listed = _listed(lines)
    if len(listed) > 1:
        return Parts(listed, listed=True)
    sentences = [sentence for line in lines for sentence in _SENTENCE.split(clean(line)) if sentence]
    clauses = [clause for sentence in sentences for clause in _clauses(sentence)]
    grouped = _grouped([clause.text for clause in clauses], in_thread=in_thread)
    joined = frozenset(_bare(clause.text) for clause in clauses if clause.joined)
    return Parts(tuple(grouped), joined=frozenset(part for part in grouped if part in joined))


def headline(part: str) -> str:
    """Return the question of a part without its background."""
    sentences = _SENTENCE.split(part)
    return _bare(next((sentence for sentence in sentences if _alone(sentence)), sentences[0]))


def _listed(lines: list[str]) -> tuple[str, ...]:
    """Return the items of a list of questions; empty when it is none, or a list of facts."""
    items = _counted(clean(" ".join(lines)))
    if not items:
        bullets = [clean(_BULLET.sub("", line)) for line in lines if _BULLET.match(line)]
        items = bullets if len(bullets) > 1 else []
    asked = [item for item in items if _is_question(item)]
    return tuple(asked) if len(asked) > 1 and len(asked) == len(items) else ()


def _counted(text: str) -> list[str]:
    """Return what stands behind the numbers of a list that counts from one."""
    marks: list[re.Match[str]] = []
    for mark in _ITEM.finditer(text):
        number = str(mark.group("number") or mark.group("word") or mark.group("asked")).lower()
        if len(marks) < len(_PLACES) and number in _PLACES[len(marks)].split():
            marks.append(mark)
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return [re.sub(r"[\s,;]+(?:and|plus|also)?[\s,;]*$", "", item).strip() for item in items]


def _is_question(item: str) -> bool:
    said = folded(_OPENER.sub("", item))
    return asks(said) and bool(content_words(said))


def _clauses(sentence: str, *, joined: bool = False) -> list[_Clause]:
    """Return a sentence cut where a second question of its own begins."""
    for joint in _JOINT.finditer(sentence):
        before, after = sentence[: joint.start()], sentence[joint.end() :]
        if _alone(before) and _alone(after):
            return [_Clause(before, joined), *_clauses(after, joined=not joint["beside"])]
    return [_Clause(sentence, joined)]


def _alone(sentence: str) -> bool:
    return stands_alone(folded(_OPENER.sub("", sentence)))


def _grouped(sentences: list[str], *, in_thread: bool) -> list[str]:
    """Return questions with their background: what leans on a question stays with it, facts go to the next."""
    groups: list[list[str]] = []
    facts: list[str] = []
    for sentence in sentences:
        elaborates = bool(groups) and not facts and _is_wish(groups[-1][-1]) and not _OPENER.match(sentence)
        if (_alone(sentence) and not elaborates) or (
            in_thread and not groups and not facts and _is_question(sentence)
        ):
            groups.append([*facts, _bare(sentence)])
            facts = []
        elif groups and asks(folded(sentence)):
            groups[-1] += [*facts, sentence]
            facts = []
        else:
            facts.append(sentence)
    if groups:
        groups[-1] += facts
    return [" ".join(group) for group in groups]


def _is_wish(sentence: str) -> bool:
    """Say whether a sentence says what is wanted without asking, as one does before the question itself."""
    return "?" not in sentence and bool(_WISH.match(folded(_OPENER.sub("", sentence))))


def _bare(sentence: str) -> str:
    rest = _OPENER.sub("", sentence)
    return rest[:1].upper() + rest[1:]
