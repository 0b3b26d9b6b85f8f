"""Telling whether a message can be read at all: empty, code, or another language than English."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

import re
import unicodedata
from enum import StrEnum

from bot.answering.wording import clean, fold, words

# The commonest short words of languages our clients' staff may write in; words that English shares are left out.
_MARKERS: dict[str, frozenset[str]] = {
    "German": frozenset(["der", "die", "das", "und", "ist", "nicht", "wie", "wir", "ich", "ein", "eine", "einen", "für", "mit", "auf", "sind", "haben", "kann", "können", "sollten", "unsere", "bitte", "oft", "wird", "von", "zu", "was", "welche", "warum", "brauchen", "müssen"]),
    "French": frozenset(["un", "comment", "choisir", "le", "la", "les", "des", "est", "et", "une", "nous", "vous", "comment", "pour", "avec", "dans", "que", "qui", "sur", "quel", "quelle", "quels", "notre", "nos", "faut", "avons", "pourquoi", "combien", "sont", "du", "au", "je", "ce", "cette", "bonjour", "devons"]),
    "Spanish": frozenset(["el", "la", "los", "las", "es", "una", "qué", "cómo", "para", "con", "por", "del", "nuestro", "nuestra", "debemos", "tenemos", "cuál", "cuánto", "cada", "hola", "gracias", "necesitamos", "que", "una", "son", "como", "de", "en", "se"]),
    "Italian": frozenset(["il", "lo", "gli", "della", "che", "è", "un", "una", "per", "con", "come", "quanto", "abbiamo", "dobbiamo", "nostro", "nostra", "quale", "perché", "sono", "di", "cosa", "ciao", "grazie", "spesso", "nostri"]),
    "Portuguese": frozenset(["os", "as", "uma", "que", "não", "com", "para", "como", "nosso", "nossa", "devemos", "temos", "qual", "quanto", "você", "por", "são", "da", "do", "em", "fazer", "olá", "obrigado", "precisamos"]),
    "Dutch": frozenset(["het", "een", "niet", "wij", "hoe", "wat", "voor", "met", "onze", "zijn", "hebben", "moeten", "kunnen", "van", "ons", "waarom", "vaak", "ik", "welke", "ook"]),
    "Polish": frozenset(["jest", "nie", "jak", "czy", "co", "się", "dla", "nasz", "nasze", "mamy", "powinniśmy", "często", "na", "kto", "ile", "proszę", "dlaczego", "w", "z"]),
    "Swedish": frozenset(["och", "är", "att", "det", "inte", "hur", "vi", "som", "för", "med", "vår", "ska", "kan", "ofta", "vad", "vilken", "varför", "har", "en", "ett"]),
}  # fmt: skip
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "of",
        "to",
        "and",
        "in",
        "for",
        "we",
        "our",
        "you",
        "it",
        "how",
        "what",
        "do",
        "does",
        "should",
        "can",
        "who",
        "why",
        "when",
        "where",
        "i",
        "my",
        "with",
        "on",
        "have",
        "has",
        "be",
        "this",
        "that",
        "need",
        "if",
        "not",
        "there",
        "which",
        "us",
        "your",
        "or",
        "from",
        "at",
        "by",
        "as",
        "about",
        "they",
        "all",
        "any",
        "get",
        "best",
        "much",
        "often",
        "long",
        "many",
        "help",
        "me",
        "please",
        "thanks",
        "hello",
        "hi",
        "yes",
        "no",
    ]
)
_ACCENTED = re.compile(r"[àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßąćęłńśźż¿¡]")
_CODE_MARK = re.compile(
    r"[{};]|=>|==|!=|\(\)|</?[a-z]+>|^\s*(?:def|import|from|class|select|function|const|var|let|for|if|while|sudo|git|pip"
    r"|curl|#include|public|return)\b.*[(:;=.{]|\$\w+|\w+\.\w+\(",
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
