"""What a language model is sent: prompts from files, with what others wrote delimited and escaped as data."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bot.answering.passages import legible
from bot.answering.redaction import Redactor
from bot.answering.tampering import instructs, runs_of, unhidden
from bot.answering.types import Speaker, Turn
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize, Section
from prompts import PromptTemplate, load_prompt

# A token of English is about four characters; three and a half stays on the safe side.
CHARS_A_TOKEN = 3.5
_TURNS, _TURN_CHARS = 4, 600
_SIZES = {
    OrgSize.SMALL: "fewer than 50 people",
    OrgSize.MEDIUM: "50 to 500 people",
    OrgSize.LARGE: "more than 500 people",
}
# Also what looks like one to a reader that is a program.
_BRACKETS = dict.fromkeys("<＜﹤‹〈⟨", "&lt;") | dict.fromkeys(">＞﹥›〉⟩", "&gt;")
_UNTITLED = "untitled"
_SPEAKERS = {Speaker.PERSON: "person", Speaker.ASSISTANT: "assistant", Speaker.CONSULTANT: "consultant"}


@dataclass(frozen=True)
class Source:
    """A cited section as it goes into a prompt."""

    scope: str
    section: Section

    @property
    def digest(self) -> str:
        """A short name of exactly this text."""
        return hashlib.sha256(self.section.markdown.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Prompt:
    """One request: `system` and `user` text, and the mark that no honest answer repeats."""

    system: str
    user: str
    canary: str
    fingerprint: str

    @property
    def tokens(self) -> int:
        """About how many tokens it has."""
        return estimate(self.system) + estimate(self.user)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """The runs of words of its instructions, to know them again."""
        return runs_of([self.system])


@cache
def template(name: str) -> PromptTemplate:
    """Return a packaged prompt, read once."""
    return load_prompt(name)


def estimate(text: str) -> int:
    """Return about how many tokens a text has, where nobody counted them."""
    return int(len(text) / CHARS_A_TOKEN) + 1


def escape(text: str) -> str:
    """Return text that cannot end or open a tag of the prompt, nor say what nobody sees."""
    plain = unhidden(text).replace("&", "&amp;")
    return "".join(_BRACKETS.get(char, char) for char in plain)


def compose_prompt(
    question: str,
    thread: Sequence[Turn],
    size: OrgSize | None,
    sources: Sequence[Source],
    redactor: Redactor,
) -> Prompt:
    """Return the request for an answer from these sections."""
    passages = "\n".join(_passage(number, source, redactor) for number, source in enumerate(sources, start=1))
    return _prompt(
        "compose",
        conversation=_conversation(thread, redactor),
        passages=passages,
        question=escape(redactor.hide(question)),
        size=_SIZES[size] if size else "of unknown size",
    )


def rewrite_prompt(message: str, thread: Sequence[Turn], redactor: Redactor) -> Prompt:
    """Return the request for a question that stands alone."""
    return _prompt(
        "rewrite", conversation=_conversation(thread, redactor), message=escape(redactor.hide(message))
    )


def _prompt(name: str, **values: str) -> Prompt:
    system, user = template(f"{name}_system"), template(name)
    canary = f"k-{secrets.token_hex(6)}"
    fingerprint = hashlib.sha256(f"{system.fingerprint}{user.fingerprint}".encode()).hexdigest()[:16]
    return Prompt(system.fill(canary=canary), user.fill(**values), canary, fingerprint)


def _passage(number: int, source: Source, redactor: Redactor) -> str:
    section = source.section
    text = legible(section.markdown)
    heading = ", ".join(map(_titled, (section.title, section.heading)))
    if source.scope != METHODOLOGY:
        text, heading = redactor.hide(text), redactor.hide(heading)
    title = escape(heading).replace('"', "&quot;")
    return f'<passage number="{number}" title="{title}">\n{escape(text)}\n</passage>'


def _titled(words: str) -> str:
    """Return a title or heading on one line; one that speaks to its reader is left out, like such lines."""
    return _UNTITLED if instructs(words) else " ".join(words.split())


def _conversation(thread: Sequence[Turn], redactor: Redactor) -> str:
    lines = (
        f"{_SPEAKERS[turn.speaker]}: {escape(redactor.hide(' '.join(turn.text.split())[:_TURN_CHARS]))}"
        for turn in thread[-_TURNS:]
    )
    return "\n".join(lines) or "(none)"
