"""How composing an answer ended, within which limits, and the record that explains it later."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MILLION = 1_000_000


class Ending(StrEnum):
    """How composing ended, a model's failures among them; all but two leave the extractive answer."""

    COMPOSED = "composed"
    HANDED_OVER = "handed_over"
    UNSUPPORTED = "unsupported"
    HARMFUL = "harmful"
    OVER_BUDGET = "over_budget"
    INTERRUPTED = "interrupted"
    NO_KEY = "no_key"
    NOT_ALLOWED = "not_allowed"
    RATE = "rate"
    SERVER = "server"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STALLED = "stalled"
    DROPPED = "dropped"
    REFUSED = "refused"
    MALFORMED = "malformed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    OTHER = "other"

    @property
    def is_extractive(self) -> bool:
        """Whether the answer was given word for word instead."""
        return self not in {Ending.COMPOSED, Ending.HANDED_OVER}


class Whose(StrEnum):
    """Whose budget is held against a question: its own, its seconds, or what is shared for a day or month."""

    QUESTION = "question"
    TIME = "time"
    PERSON = "person"
    CLIENT = "client"
    MONTH = "month"


@dataclass(frozen=True)
class Limits:
    """What one question may take, and what a million tokens cost; costs in the price's unit."""

    seconds: float = 20.0
    tokens: int = 8_000
    price_in: float = 0.0
    price_out: float = 0.0
    cost: float | None = None

    def cost_of(self, tokens_in: int, tokens_out: int) -> int:
        """Return a cost in millionths of the price's unit, as it is kept."""
        return round(tokens_in * self.price_in + tokens_out * self.price_out)

    @property
    def tokens_in_all(self) -> int:
        """How many tokens one question may take, so that it also costs no more than it may."""
        dearest = max(self.price_in, self.price_out)
        if self.cost is None or not dearest:
            return self.tokens
        return min(self.tokens, int(self.cost * MILLION / dearest))

    @property
    def cost_of_all(self) -> int:
        """The most that one question may cost, in millionths of the price's unit."""
        return round(self.tokens_in_all * max(self.price_in, self.price_out))


@dataclass(frozen=True)
class Record:
    """Why an answer says what it says, as it is kept with it; `cost` in millionths.

    `budget` is whose was used up, where that is why the answer was given word for word. `parts` are those of
    a message that asked several things, each with how it ended.
    """

    ending: Ending
    model: str
    prompt: str = ""
    passages: tuple[dict[str, Any], ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    is_estimated: bool = True
    cost: int = 0
    milliseconds: dict[str, float] = field(default_factory=dict)
    sentences: tuple[dict[str, Any], ...] = ()
    hidden: dict[str, int] = field(default_factory=dict)
    budget: Whose | None = None
    parts: tuple[dict[str, Any], ...] = ()

    def stored(self) -> dict[str, Any]:
        """Return the record as JSON values."""
        kept = asdict(self)
        lists = ("passages", "sentences", "parts")
        return {**kept, **{name: list(kept[name]) for name in lists}}
