"""What this process counts and times; read out as Prometheus text by `bot.serving.metrics` when asked.

Plain numbers, so that counting costs nothing where nobody reads them. Labels come from fixed lists: no
names, no ids of people or workspaces, no text.
"""

import bisect
import time
from collections import defaultdict
from dataclasses import dataclass, field

Labels = tuple[str, ...]
FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
SLOW = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@dataclass
class Counter:
    """Something that only goes up; `name` without `_total`."""

    name: str
    help: str
    labels: Labels = ()
    values: dict[Labels, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, *labels: str, by: int = 1) -> None:
        """Count `by` more, with the values of `self.labels` in order."""
        self.values[labels] += by


@dataclass
class Sums:
    """The observations of one set of label values; `counts` has one place more than there are bounds."""

    counts: list[int]
    seconds: float = 0.0


@dataclass
class Timer:
    """A histogram of seconds with fixed upper `bounds`."""

    name: str
    help: str
    labels: Labels
    bounds: tuple[float, ...]
    values: dict[Labels, Sums] = field(default_factory=dict)

    def observe(self, seconds: float, *labels: str) -> None:
        """Record one duration, with the values of `self.labels` in order."""
        sums = self.values.setdefault(labels, Sums([0] * (len(self.bounds) + 1)))
        sums.counts[bisect.bisect_left(self.bounds, seconds)] += 1
        sums.seconds += seconds


class LastSeen:
    """When something happened last, by the clock that never goes back."""

    def __init__(self) -> None:
        self._at: float | None = None

    def mark(self) -> None:
        """It happens now."""
        self._at = time.monotonic()

    @property
    def seconds_ago(self) -> float | None:
        """Seconds since then; None when it never happened in this process."""
        return None if self._at is None else time.monotonic() - self._at


QUESTIONS = Counter("vcio_questions", "Questions by how they ended and why.", ("outcome", "reason"))
ANSWER_SECONDS = Timer("vcio_answer_seconds", "From a question's arrival to its stored answer.", (), SLOW)
ACK_SECONDS = Timer("vcio_ack_seconds", "From a request of Slack to its acknowledgement.", ("kind",), FAST)
REFUSED = Counter("vcio_requests_refused", "Requests to /slack/events that were refused.", ("reason",))
SENDS = Counter("vcio_sends", "Messages and other calls of the outbox.", ("kind", "result"))
STREAMS = Counter("vcio_streams", "Answers streamed word by word, by how the stream ended.", ("end",))
INSTALLS = Counter("vcio_installs", "Returns from Slack's page of consent, by how they ended.", ("result",))
COMPOSED = Counter("vcio_composed", "Answers a language model was asked for, by how that ended.", ("end",))
SENTENCES = Counter("vcio_composed_sentences", "Sentences of a language model, by verdict.", ("verdict",))
TOKENS = Counter("vcio_llm_tokens", "Tokens a language model was sent and gave back.", ("way",))
COST = Counter("vcio_llm_cost_millionths", "Cost of a language model, in millionths of the price's currency.")
BUDGETS = Counter("vcio_llm_over_budget", "Answers given word for word for a budget, by whose.", ("budget",))
COMPOSE_SECONDS = Timer("vcio_compose_seconds", "Putting an answer together, by step.", ("step",), SLOW)
SLACK_HEARD = LastSeen()

COUNTERS = (QUESTIONS, REFUSED, SENDS, STREAMS, INSTALLS, COMPOSED, SENTENCES, TOKENS, COST, BUDGETS)
TIMERS = (ANSWER_SECONDS, ACK_SECONDS, COMPOSE_SECONDS)
