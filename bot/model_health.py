"""What `vcio doctor` says of the language model: whether it can be asked, and what was spent."""

from collections.abc import AsyncIterator

from bot.answering import spending
from bot.answering.endings import MILLION
from bot.answering.spending import Used
from bot.clock import utc_now
from bot.composition import budgets_of, named_model
from bot.database import Database
from bot.errors import SetupError
from bot.finding import Finding
from bot.settings import Settings

CHECK, SPENT = "language model", "model's cost"
# From this share of a month's budget on, it is worth a word.
NEARLY = 0.8


def model_finding(settings: Settings) -> Finding | None:
    """Say whether the model can be asked; None where none is set, which is how things are by default."""
    try:
        model = named_model(settings)
    except SetupError as error:
        return Finding(CHECK, "not usable", str(error), blocking=True)
    if model is None:
        return None
    if model.broken is not None:
        cure = (
            "Set its key, as its provider's package wants it (OPENAI_API_KEY, ...). "
            "Until then answers are word for word."
        )
        return Finding(CHECK, f"{model.name} cannot be asked: {model.broken}", cure)
    return Finding(CHECK, f"{model.name}, its package is installed")


async def spent_finding(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    """Say what this month's questions took, and where a client is near its budget or beyond."""
    if settings.vcio_llm is None:
        return
    async with database.read() as session:
        used = await spending.month_by_client(session, utc_now().date())
    tokens, cost = (sum(getattr(each, name) for each in used.values()) for name in ("tokens", "cost"))
    asked = sum(each.questions for each in used.values())
    said = f"this month {asked} questions, {tokens:,} tokens, {cost / MILLION:.2f}"
    if not settings.vcio_llm_price_in and not settings.vcio_llm_price_out:
        said += " (no price is set)"
    near = sum(_is_near(settings, each) for each in used.values())
    told = f"{near} clients have used four fifths of their month; beyond it answers are word for word."
    yield Finding(SPENT, said, told if near else "")


def _is_near(settings: Settings, used: Used) -> bool:
    budget = budgets_of(settings).client_month
    by_tokens = budget.tokens is not None and used.tokens >= NEARLY * budget.tokens
    return by_tokens or (budget.cost is not None and used.cost >= NEARLY * budget.cost * MILLION)
