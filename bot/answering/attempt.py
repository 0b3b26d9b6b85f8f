"""One reading of a model's answer: each sentence checked before it is shown, and how it all ended."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.answering.drafting import Draft, Drafter
from bot.answering.endings import Ending, Limits, Record, Whose
from bot.answering.language_model import Model, Reading
from bot.answering.layout import count_words, dangles
from bot.answering.passages import Passage
from bot.answering.prompting import Prompt, Source
from bot.answering.redaction import Redactor
from bot.answering.supported import Checked, Verdict, Verifier
from bot.answering.tampering import harm_in, leaks
from bot.answering.types import Answer, PartKind, Turn
from knowledge.scope import METHODOLOGY
from knowledge.types import OrgSize

MOST_SENTENCES, MOST_WORDS = 8, 150
# Less than this is no answer, and if more than half of what was said had to go, the rest is not trusted.
_LEAST_WORDS, _LEAST_KEPT = 7, 0.5
# Where nothing was said, these cost nothing.
_NOT_CHARGED = frozenset(
    {Ending.NO_KEY, Ending.NOT_ALLOWED, Ending.RATE, Ending.SERVER, Ending.UNREACHABLE, Ending.TOO_LONG}
)

Hear = Callable[["Shown"], None]


@dataclass(frozen=True)
class Shown:
    """A sentence that may be shown: with its mark, and how it stands on the page; `heading` opens a part."""

    line: str
    kind: PartKind
    cited: int
    heading: str = ""


@dataclass(frozen=True)
class Asked:
    """A decided answer with what a model may know of its question.

    `tokens_used` were taken before, by rewriting it; they count for what one question may take. Of one part
    of a message that asked several things, `places` are its own citations, `room` is its words on the first
    screen, and `heading` stands above it.
    """

    answer: Answer
    question: str
    thread: tuple[Turn, ...] = ()
    size: OrgSize | None = None
    redactor: Redactor = field(default_factory=Redactor)
    tokens_used: int = 0
    places: tuple[int, ...] = ()
    room: int | None = None
    heading: str = ""

    @property
    def cited(self) -> tuple[int, ...]:
        """The citations that the model is shown, by their place among the answer's."""
        return self.places or tuple(range(len(self.answer.citations)))


class Attempt:
    """One reading of a model's answer: what it said, what stood up, and how it ended."""

    def __init__(
        self, verifier: Verifier, asked: Asked, sources: Sequence[Source], prompt: Prompt, hear: Hear
    ) -> None:
        self.ending = Ending.COMPOSED
        self.budget: Whose | None = None
        self.shown: list[Shown] = []
        self._verifier, self._asked, self._sources, self._prompt = verifier, asked, sources, prompt
        self._hear = hear
        self._reading = Reading()
        self._verdicts: list[dict[str, Any]] = []
        self._seconds: dict[str, float] = {"verified": 0.0}
        self._passages: asyncio.Future[list[Passage]] | None = None
        self._was_removed = False

    async def read(self, model: Model) -> None:
        """Read the model's answer to its end, or as far as is needed; raises `ModelError`."""
        began = time.perf_counter()
        # While the model thinks, its sources are taken apart.
        self._passages = asyncio.ensure_future(asyncio.to_thread(self._prepared))
        drafter, stream = Drafter(), model.stream(self._prompt, self._reading)
        try:
            async for piece in stream:
                if self._prompt.canary in drafter.raw + piece:
                    self.ending = Ending.HARMFUL
                    return
                if not await self._take(list(drafter.feed(piece)), began):
                    return
        finally:
            await asyncio.gather(self._passages, return_exceptions=True)
            await stream.aclose()  # type: ignore[attr-defined]
        if drafter.refuses and not self.shown:
            self.ending = Ending.HANDED_OVER
            return
        if await self._take(list(drafter.close()), began):
            self._judge()

    def _prepared(self) -> list[Passage]:
        return [
            self._verifier.prepare(
                source.scope, f"{source.section.title}. {source.section.heading}", source.section.markdown
            )
            for source in self._sources
        ]

    async def _take(self, drafts: list[Draft], began: float) -> bool:
        """Check sentences; false where nothing more is to be read."""
        for draft in drafts:
            if draft.text.upper().startswith("CANNOT") and not self._verdicts:
                self.ending = Ending.HANDED_OVER
                return False
            if self._is_full(draft):
                self._judge()
                return False
            start = time.perf_counter()
            passages = await asyncio.shield(self._passages) if self._passages else []
            waited = time.perf_counter()
            number, checked = await asyncio.to_thread(self._check, draft, passages)
            self._seconds["verified"] += time.perf_counter() - waited
            self._seconds.setdefault("first_sentence", start - began)
            self._keep(draft, number, checked)
            if checked.verdict is Verdict.HARMFUL:
                self.ending = Ending.HARMFUL
                return False
            if not self.shown:
                # The direct answer did not stand up: what follows it is not an answer.
                self.ending = Ending.UNSUPPORTED
                return False
        enough = len(self.shown) >= MOST_SENTENCES or self._words() >= MOST_WORDS
        if enough:
            self._judge()
        return not enough

    def _check(self, draft: Draft, passages: list[Passage]) -> tuple[int, Checked]:
        """Return the number of the passage that supports a sentence, or the first one's verdict."""
        text = self._asked.redactor.show(draft.text)
        if self._is_foreign(draft, text, passages):
            return 0, Checked(Verdict.HARMFUL)
        if not draft.cited:
            return 0, Checked(Verdict.UNCITED)
        found = Checked(Verdict.NO_SUCH_PASSAGE)
        for number in draft.cited:
            if not 1 <= number <= len(passages):
                continue
            checked = self._verifier.check(text, passages[number - 1])
            if checked.verdict is Verdict.SUPPORTED:
                if self._was_removed and dangles(text):
                    return number, replace(checked, verdict=Verdict.LEANS)
                return number, checked
            found = checked if found.verdict is Verdict.NO_SUCH_PASSAGE else found
        return draft.cited[0], found

    def _is_foreign(self, draft: Draft, text: str, passages: list[Passage]) -> bool:
        # An address in a client's document may be an attack: it is quoted word for word or not at all.
        source = "\n".join(passage.text for passage in passages if passage.scope == METHODOLOGY)
        return bool(harm_in(text, source)) or leaks(draft.text, self._prompt.runs)

    def _keep(self, draft: Draft, number: int, checked: Checked) -> None:
        """Note a verdict; show the sentence where it stood up."""
        told = {"verdict": str(checked.verdict), "cited": number, "said": draft.text}
        if checked.unit:
            told |= {
                "near": round(checked.nearness, 3),
                "shared": round(checked.shared, 3),
                "by": checked.unit,
            }
        self._verdicts.append(told)
        self._was_removed = checked.verdict is not Verdict.SUPPORTED
        text = self._asked.redactor.show(draft.text)
        # Elsewhere, when it is shown, the model's own number is that of the source below the answer.
        place = self._asked.cited[number - 1] if 0 < number <= len(self._asked.cited) else number - 1
        line = f"{text} [{place + 1}]"
        if self._was_removed or any(each.line == line for each in self.shown):
            return
        heading = "" if self.shown else self._asked.heading
        self.shown.append(Shown(line, draft.kind, place, heading))
        self._hear(self.shown[-1])

    def _is_full(self, draft: Draft) -> bool:
        """Say whether one of several parts has no room for a sentence more."""
        room = self._asked.room
        return room is not None and bool(self.shown) and self._words() + count_words(draft.text) > room

    def _words(self) -> int:
        return sum(count_words(shown.line) for shown in self.shown)

    def _judge(self) -> None:
        """Decide whether what stood up is an answer."""
        kept = len(self.shown) / len(self._verdicts) if self._verdicts else 0.0
        if self._words() < _LEAST_WORDS or kept < _LEAST_KEPT:
            self.ending = Ending.UNSUPPORTED

    def record(self, model: str, limits: Limits, seconds: float) -> Record:
        """Return everything that explains the answer later."""
        reading = self._reading
        if reading.first_seconds is not None:
            self._seconds["first_token"] = reading.first_seconds
        elif self.ending in _NOT_CHARGED:
            reading = Reading()
        return Record(
            ending=self.ending,
            model=model,
            prompt=self._prompt.fingerprint,
            passages=tuple(
                {
                    "number": number,
                    "scope": source.scope,
                    "slug": source.section.slug,
                    "section": source.section.heading,
                    "hash": source.digest,
                }
                for number, source in enumerate(self._sources, start=1)
            ),
            tokens_in=reading.tokens_in,
            tokens_out=reading.tokens_out,
            is_estimated=reading.is_estimated,
            cost=limits.cost_of(reading.tokens_in, reading.tokens_out),
            milliseconds={
                name: round(1000 * value, 1) for name, value in {**self._seconds, "whole": seconds}.items()
            },
            sentences=tuple(self._verdicts),
            hidden=self._asked.redactor.counts,
            budget=self.budget,
        )
