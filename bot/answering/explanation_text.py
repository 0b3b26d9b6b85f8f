"""An explanation as a consultant reads it in the terminal."""

from collections.abc import Iterator

from bot.answering.explanation import Evidence, Explanation, FoundPassage
from knowledge.scope import METHODOLOGY

_INTENTS = 5  # shown of what else a message may be
_COUNTS = frozenset({"words", "characters"})


def explanation_text(told: Explanation) -> str:
    """Return the explanation as lines: the decision, its rule, the evidence, what was found."""
    return "\n".join([
        "How this was decided",
        f"  Outcome    {told.outcome}: {told.why} ({told.reason}, confidence {told.confidence:.2f})",
        f"  Rule       {told.rule}",
        f"  Searched   {told.standalone}" if told.passages else "  Searched   nothing",
        f"  Size       {told.org_size or 'none'} ({told.size_from})",
        *([f"  Sector     {told.sector}"] if told.sector else []),
        *_noticed(told),
        *_evidence(told),
        *_intents(told),
        *_passages(told),
    ])  # fmt: skip


def _noticed(told: Explanation) -> Iterator[str]:
    for reason, words in told.noticed.items():
        yield f"  Noticed    {reason.replace('_', ' ')}: {words or 'by its form'}"


def _evidence(told: Explanation) -> Iterator[str]:
    if told.evidence:
        yield ""
        yield f"{'Evidence':<12}{'value':>9}  {'threshold':<16}{'adds':>6}  meaning"
    for one in told.evidence:
        adds = "" if one.adds is None else f"{one.adds:+.2f}"
        yield f"{one.name:<12}{_number(one, one.value):>9}  {_held(one):<16}{adds:>6}  {one.meaning}"


def _held(one: Evidence) -> str:
    if one.threshold is None:
        return "-"
    return f"{_number(one, one.threshold)} {'met' if one.met else 'missed'}"


def _number(one: Evidence, value: float) -> str:
    return f"{value:.0f}" if one.name in _COUNTS else f"{value:.2f}"


def _intents(told: Explanation) -> Iterator[str]:
    if told.intents:
        yield ""
        yield f"No question for an article, but (taken for it from {told.intents_from}):"
    for name, chance in list(told.intents.items())[:_INTENTS]:
        yield f"  {chance:.3f}  {name.replace('_', ' ')}"


def _passages(told: Explanation) -> Iterator[str]:
    if told.passages:
        yield ""
        yield f"{'fused':>7}{'dense':>7}{'lexical':>9}  passages found (* cited)"
    for one in told.passages:
        scores = f"{one.fused:>7.3f}{one.dense:>7.3f}{one.lexical:>9.2f}"
        yield f"{scores}  {'*' if one.cited else ' '} {_place(one)}"


def _place(one: FoundPassage) -> str:
    owner = "" if one.scope == METHODOLOGY else f"[{one.scope}] "
    return f"{owner}{one.slug}: {one.section}"
