"""What an article could say after a ticket: what its consultants wrote, with its client left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.engagement.scrub_patterns import flat
from bot.engagement.scrubbing import MARK, Finding, Names, scrub

LONGEST_TITLE, LONGEST_BODY = 150, 3_000
ASKED_AS = "Asked as:"
_LEAST_WORDS, _MOST_TITLE_WORDS = 4, 16
_GREETING = re.compile(
    r"\A\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!\n:]{0,40}[,.!:\n–-]*\s*", re.I
)
_THANKS = re.compile(
    r"\A\s*(?:(?:many )?thanks|thank you|sorry|apologies|great question|good question)\b[^.!\n]*[.!\n]\s*",
    re.I,
)
_CLOSING = re.compile(
    r"(?:\n|(?<=[.!?]) )\s*(?:(?:(?:kind|best|warm|many) )?(?:regards|wishes|cheers|thanks|thank you)"
    r"|yours(?: sincerely| faithfully)?|best(?=[,\n]|\s*\Z)|speak soon|hope (?:this|that) helps)\b[,.! –-]*"
    r"(?:\w+[ .]?){0,2}(?:\n[^\n]{0,40}){0,2}\s*\Z",
    re.I,
)
_BOLD = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])")
_BULLET = re.compile(r"^(\s*)[•◦▪‣]\s*", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_LINE_OF_QUESTION = re.compile(rf"^\s*{ASKED_AS}\s*(.+?)\s*$", re.I | re.MULTILINE)


@dataclass(frozen=True)
class SectionDraft:
    """A section to be reviewed, with what was found in the words it was made of."""

    title: str
    body: str
    findings: tuple[Finding, ...] = ()


def draft_section(question: str, messages: Iterable[str], summary: str | None, names: Names) -> SectionDraft:
    """Return the first draft of a section: what was advised, its title the first plain statement of it."""
    told = [text for text in map(_advice, messages) if text]
    done = scrub("\n\n".join(told), names)
    summed = scrub(_advice(summary or ""), names)
    title = next(_statements([summed.text, done.text]), "")
    asked = scrub(" ".join(question.split()), names)
    body = done.text or summed.text
    lines = [body, f"{ASKED_AS} {asked.text}" if asked.text and len(asked.text) <= LONGEST_TITLE * 2 else ""]
    findings = dict.fromkeys((*summed.findings, *done.findings, *asked.findings))
    # What does not fit is left to the writer, who has the thread beside the form.
    return SectionDraft(title, _cut([line for line in lines if line]), tuple(findings))


def read_body(body: str) -> tuple[str, tuple[str, ...]]:
    """Take a body apart into its text and the questions it is to be found by, a line each."""
    asked = tuple(dict.fromkeys(match[1] for match in _LINE_OF_QUESTION.finditer(body)))
    return _LINE_OF_QUESTION.sub("", body).strip(), asked


def _cut(lines: list[str]) -> str:
    room = LONGEST_BODY - sum(len(line) + 2 for line in lines[1:])
    return "\n\n".join([lines[0][:room].rstrip(), *lines[1:]]) if lines else ""


def _advice(message: str) -> str:
    """Return a message without greeting, thanks and signature, as Markdown; empty for small talk."""
    text = flat(message).strip()
    for _once in range(2):
        text = _THANKS.sub("", _GREETING.sub("", text))
    text = _CLOSING.sub("", text).strip()
    text = _BULLET.sub(r"\1- ", _BOLD.sub(r"**\1**", text))
    if len(text.split()) < _LEAST_WORDS:
        return ""
    return text[:1].upper() + text[1:]


def _statements(texts: Iterable[str]) -> Iterator[str]:
    """Yield sentences that say something and hold no mark, as titles."""
    for text in texts:
        for match in _SENTENCE.finditer(text):
            said = match[0].strip().lstrip("-*#> ").strip()
            size = len(said.split())
            fits = _LEAST_WORDS <= size <= _MOST_TITLE_WORDS and len(said) <= LONGEST_TITLE
            if fits and not said.endswith(("?", ":")) and not MARK.search(said):
                yield said.rstrip(".! ").replace("**", "")
