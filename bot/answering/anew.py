"""Another size, the same question: whether a message says no more than that the size is another."""

from bot.answering.sizes import find_size
from bot.answering.subjects import subjects
from bot.answering.wording import fold

# Said beside a size of what became of it, and whether that matters.
_BESIDE_WORDS = """\
change changes changed changing difference affect affects matter alter alters hold holds true
grow grown growing grew expand expanded shrunk shrink merged acquired hired doubled since btw fyi typo
mistake mistyped wrong correction corrected total headcount people staff employees now today instead
hang hold wait forgot oh ah oops just sorry"""
_BESIDE = frozenset(_BESIDE_WORDS.split())


def asks_anew(text: str) -> bool:
    """Say whether a message names the own size, and beside it nothing but whether that changes the answer."""
    statement = find_size(text, known=True)
    if statement is None or not statement.own:
        return False
    said = fold(text)
    rest = f"{said[: statement.start]} {said[statement.end :]}"
    return all(word in _BESIDE or word.isdigit() for word in subjects(rest))
