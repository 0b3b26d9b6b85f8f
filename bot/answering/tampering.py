"""What no composed sentence may hold: its prompt, links, mentions, pictures, requests for secrets."""

import re
import unicodedata
from collections.abc import Iterable

_LINK = re.compile(
    r"(?i)\b(?:h(?:tt|xx)ps?|ftp|mailto|javascript|data|file|slack|tel):|//\w|\bwww\.|\]\(|!\[|<[^ >][^>]*>"
    r"|(?<![\w.@-])(?:[a-z0-9-]{2,}\.)+(?:com|org|net|info|io|ai|dev|app|co|uk|eu|ru|cn|biz|xyz|tk|top|zip|sh)\b"
    r"|\bxn--|[\[({]\s*\.\s*[\])}]|\w\s*[\[({]\s*dot\s*[\])}]"
    r"|\b[\w-]+ dot (?:com|org|net|info|io|co|uk|eu|de|example|link|site|app|dev)\b"
)
# Any other host, written small; a name of a file is none.
_HOST = re.compile(
    r"(?<![\w.@-])(?:[a-z0-9-]{2,}\.)+(?!(?:docx?|xlsx?|pptx?|pdf|md|csv|txt|json|ya?ml|html?|xml|log|py|exe)\b)"
    r"[a-z]{2,}\b"
)
_MENTION = re.compile(r"(?i)<[!@#]|(?<!\w)@(?:channel|here|everyone|[a-z][\w.-]+)|&lt;[!@#]")
_DIGIT = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+\.[\w.-]+|(?<!\w)\+?\(?\d(?:[\s().-]?\d){7,}(?!\w)|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}\b"
    rf"|(?i:\b{_DIGIT}(?:[\s,-]+{_DIGIT}){{5,}}\b)"
)
_MARKUP = re.compile(r"```|</?\w+[^>]*>|^\s*(?:#|>|\|)|\{\{|\}\}|:[a-z_]+:|(?<!\w)~\S|\S~(?!\w)")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
# Written to the reader of a document that is a program, or by one that was taken over.
_INSTRUCTS = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above"
    r"|previous|prior|earlier|system)"
    r"|\b(?:system|developer|hidden|initial|secret|original) (?:prompt|message|instruction|rule)s?\b"
    r"|\byou are (?:now|no longer|an? (?:ai|assistant|language model|chatbot|bot))\b"
    r"|\b(?:as an?|i am an?) (?:ai|assistant|language model|chatbot)\b"
    r"|\blanguage model\b.{0,30}\b(?:must|should|say)"
    r"|\b(?:my|your|the) (?:instructions|prompt|guidelines|system message)\b"
    r"|\bnew instructions?\b|\b(?:jailbr[eo]ak|developer mode|DAN mode|prompt injection)\w*"
    r"|\b(?:assistant|system|user)\s*:\s|\[/?(?:INST|SYS)\]|<\||\]\]>|\b(?:tool|function)_?(?:result|call)s?\b"
    r"|\bend of (?:data|input|prompt|context|passages?|document)\b"
    r"|\brules? \d* ?of the (?:assistant|bot|model)\b"
    r"|\b(?:repeat|print|reveal|output|show|copy) (?:the|your|all|everything|this|verbatim)\b.{0,40}"
    r"\b(?:prompt|instruction|above|passage|system)"
)
_ASKS = re.compile(
    r"(?i)\b(?:send|give|tell|type|enter|post|share|reply|forward|e-?mail|provide|paste|submit|confirm"
    r"|disclose|read out|dictate|text|say|spell)\b"
    r"[^.]{0,60}\b(?:password|passcode|pin|one[- ]time code|mfa code|credential|login|log-in|api key"
    r"|secret key|private key|recovery key|seed phrase|card number|bank details|account number"
    r"|sort code|token)s?\b(?! (?:manager|vault|polic|rule|reset|safe))"
    r"|\b(?:wire|transfer|pay|send|buy)\b[^.]{0,40}\b(?:money|funds|invoice|bitcoin|gift cards?|payment)\b"
    r"|\b(?:read out|read|text|tell|send|give|type|enter|share)\b[^.]{0,40}"
    r"\bcode (?:on|from|shown|sent|you (?:get|got|receive))\b|\bscan (?:the|this|a) (?:qr )?code\b"
    r"|\b(?:tell|give|read|show|send) (?:it |them )?(?:to )?(?:the |a |any )?caller\b|\bto the caller\b"
    r"|\bshare (?:your|the) screen\b|\bapprove\b[^.]{0,30}\b(?:prompt|push|notification|sign-in)\b"
    r"|\b(?:download|install|run|start)\b[^.]{0,40}\bremote (?:support|access|control|desktop)\b"
    r"|\b(?:send|forward|copy|upload|e-?mail)\b[^.]{0,60}"
    r"\b(?:private|personal) (?:e-?mail|mailbox|address|account)\b"
    r"|\b(?:what|which) (?:is|are|was|numbers?)\b[^.]{0,40}\byour (?:password|pin|code|card|login)\b"
    r"|\b(?:click|open|visit|download|install|run|execute)\b[^.]{0,30}\b(?:link|attachment|here|file|script|url)\b"
    r"|\b(?:disable|turn off|switch off|uninstall)\b[^.]{0,40}\b(?:antivirus|firewall|mfa|security|logging"
    r"|backup|encryption|multi-factor)"
)
# Only a request for one has its word in an answer in English.
_ASKS_ABROAD = re.compile(
    r"(?i)\b(?:contraseñas?|mot de passe|mots de passe|passw[oö]rt\w*|kennw[oö]rt\w*|senhas?"
    r"|wachtwoord\w*|hasł\w+|lösenord\w*|şifre\w*|parolan\w*|salasana\w*|парол\w*)\b|密码|密碼|パスワード"
)
# Characters that look like others, or like nothing: figures written small, signs, what is not assigned.
_ODD = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Nl", "No", "So", "Mn", "Me"})
_DENIES = re.compile(r"(?i)\b(?:never|not|no|nobody|without|don't|cannot|nor)\b")
_LEAKED_WORDS = 7
_TOKENS = re.compile(r"\w+")


def harm_in(sentence: str, source: str) -> str:
    """Return what is harmful in a sentence, empty where nothing is; `source` is what the methodology says.

    A number to ring or an address stands only where that has it; a request for secrets never, unless denied.
    """
    for name, pattern in (
        ("link", _LINK),
        ("link", _HOST),
        ("mention", _MENTION),
        ("markup", _MARKUP),
        ("hidden", _HIDDEN),
        ("instruction", _INSTRUCTS),
    ):
        if pattern.search(sentence):
            return name
    if not sentence.isascii() and any(map(_is_odd, set(sentence) - set(source))):
        return "hidden"
    if any(found not in source for found in _ADDRESS.findall(sentence)):
        return "address"
    if _ASKS_ABROAD.search(sentence) or (_ASKS.search(sentence) and not _DENIES.search(sentence)):
        return "request"
    return ""


def _is_odd(char: str) -> bool:
    category = unicodedata.category(char)
    return category in _ODD or char in "‰‱" or (category == "Nd" and not char.isascii())


def instructs(text: str) -> bool:
    """Say whether a line of a document speaks to the program that reads it."""
    return bool(_INSTRUCTS.search(text) or _HIDDEN.search(text))


def unhidden(text: str) -> str:
    """Return a text without the signs that nobody sees and a program reads."""
    return _HIDDEN.sub("", text)


def leaks(sentence: str, prompt: frozenset[tuple[str, ...]]) -> bool:
    """Say whether a sentence repeats a run of words of the prompt."""
    return not runs_of([sentence]).isdisjoint(prompt)


def runs_of(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return every run of words of texts long enough to be known again."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = [word.lower() for word in _TOKENS.findall(text)]
        found.update(tuple(words[at : at + _LEAKED_WORDS]) for at in range(len(words) - _LEAKED_WORDS + 1))
    return frozenset(found)
