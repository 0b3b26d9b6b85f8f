"""Telling whether a message can be read at all: empty, code, or another language than English."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
import unicodedata
from enum import StrEnum

from bot.answering.wording import clean, fold, words

# The commonest short words of languages our clients' staff may write in; words that English shares are left out.
_MARKER_WORDS = {
    "German": (
        "auf bitte brauchen das der die ein eine einen für haben ich ist kann können mit müssen "
        "nicht oft sind sollten und unsere von warum was welche wie wir wird zu"
    ),
    "French": (
        "au avec avons bonjour ce cette choisir combien comment dans des devons du est et faut je "
        "la le les nos notre nous pour pourquoi que quel quelle quels qui sont sur un une vous"
    ),
    "Spanish": (
        "cada como con cuál cuánto cómo de debemos del el en es gracias hola la las los necesitamos "
        "nuestra nuestro para por que qué se son tenemos una"
    ),
    "Italian": (
        "abbiamo che ciao come con cosa della di dobbiamo gli grazie il lo nostra nostri nostro per "
        "perché quale quanto sono spesso un una è"
    ),
    "Portuguese": (
        "as com como da devemos do em fazer nossa nosso não obrigado olá os para por precisamos "
        "qual quanto que são temos uma você"
    ),
    "Dutch": (
        "een hebben het hoe ik kunnen met moeten niet ons onze ook vaak van voor waarom wat welke wij zijn"
    ),
    "Polish": (
        "co czy często dla dlaczego ile jak jest kto mamy na nasz nasze nie powinniśmy proszę się w z"
    ),
    "Swedish": ("att det en ett för har hur inte kan med och ofta ska som vad varför vi vilken vår är"),
}
_MARKERS = {language: frozenset(marked.split()) for language, marked in _MARKER_WORDS.items()}
_ENGLISH_WORDS = (
    "a about all an and any are as at be best by can do does for from get has have hello help hi how "
    "i if in is it long many me much my need no not of often on or our please should thanks that the "
    "there they this to us was we what when where which who why with yes you your"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ACCENTED = re.compile(r"[àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßąćęłńśźż¿¡]")
_CODE_MARK = re.compile(
    r"[{};]|=>|==|!=|\(\)|</?[a-z]+>|^\s*(?:def|import|from|class|select|function|const|var|let|for|if|while|sudo|git|pip"
    r"|curl|#include|public|return)\b.*[(:;=.{]|\$\w+|\w\.\w+\(",
    re.IGNORECASE | re.MULTILINE,
)


class Legibility(StrEnum):
    """How far a message can be read."""

    EMPTY = "empty"
    CODE = "code"
    FOREIGN = "foreign"
    READABLE = "readable"


def read_legibility(text: str) -> Legibility:
    """Return whether the message holds English words that can be answered."""
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        return Legibility.CODE if "```" in text else Legibility.EMPTY
    if _is_other_script(cleaned) or _is_other_language(fold(text)):
        return Legibility.FOREIGN
    return Legibility.CODE if _is_code(text) else Legibility.READABLE


def _is_other_script(cleaned: str) -> bool:
    letters = [char for char in cleaned if char.isalpha()][:400]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return bool(letters) and latin < len(letters) / 2


def _is_other_language(folded: str) -> bool:
    tokens = re.findall(r"[^\W\d_]+", folded)[:200]
    english = sum(token in _ENGLISH for token in tokens)
    foreign = max(sum(token in marker for token in tokens) for marker in _MARKERS.values())
    if _ACCENTED.search(folded) and foreign >= 1 and english <= 1:
        return True
    return foreign >= 2 and foreign > english and foreign >= len(tokens) * 0.2


def _is_code(text: str) -> bool:
    lines = [line for line in text.replace("```", "\n").splitlines() if line.strip()]
    marked = sum(bool(_CODE_MARK.search(line)) for line in lines)
    asks = "?" in text or sum(word in _ENGLISH for word in words(fold(text))) >= 4
    return marked > 0 and marked >= len(lines) / 2 and not asks
