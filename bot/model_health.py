"""What `vcio doctor` says of the language model: whether it can be asked, and what was spent."""

from collections.abc import AsyncIterator, Iterator, Mapping

from bot.answering import spending
from bot.answering.endings import MILLION, Ending
from bot.answering.spending import Budget, Used, UsedUp
from bot.clock import utc_now
from bot.composition import budgets_of, named_model
from bot.database import Database
from bot.errors import SetupError
from bot.finding import Finding
from bot.settings import Settings

CHECK, SPENT, ENDED = "language model", "model's cost", "model's answers"
NEAR = "clients have used four fifths of their month; beyond it answers are word for word."
NEAR_ALL = "Four fifths of the month of all clients are used; beyond it answers are word for word."
ABOVE = (
    "Answers there are word for word until the next day or month. To change that, raise "
    "VCIO_LLM_PERSON_TOKENS, VCIO_LLM_CLIENT_TOKENS or VCIO_LLM_MONTH_TOKENS, or their ..._COST."
)
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
    """Say what this month's questions took, and whose budget is (nearly) used up, and how answers ended."""
    if settings.vcio_llm is None:
        return
    day, budgets = utc_now().date(), budgets_of(settings)
    async with database.read() as session:
        used = await spending.month_by_client(session, day)
        gone = await spending.all_used_up(session, budgets, day)
        ended = await spending.month_by_ending(session, day)
    tokens, cost = (sum(getattr(each, name) for each in used.values()) for name in ("tokens", "cost"))
    asked = sum(each.questions for each in used.values())
    said = f"this month {asked} questions, {tokens:,} tokens, {cost / MILLION:.2f}"
    if not settings.vcio_llm_price_in and not settings.vcio_llm_price_out:
        said += " (no price is set)"
    if spent := list(_spent(gone)):
        said, cure = f"{said}; used up: {', '.join(spent)}", ABOVE
    else:
        near = sum(_is_near(budgets.client_month, each) for each in used.values())
        near_all = _is_near(budgets.all_month, Used(tokens, cost, asked))
        cure = NEAR_ALL if near_all else f"{near} {NEAR}" if near else ""
    yield Finding(SPENT, said, cure)
    if ended:
        yield Finding(ENDED, _put(ended))


def _spent(gone: UsedUp) -> Iterator[str]:
    """Yield whose budget is used up, as it is said."""
    if gone.all:
        yield "the month of all clients"
    if gone.clients:
        yield f"the month of {gone.clients} client{'s' if gone.clients > 1 else ''}"
    if gone.people:
        yield f"today's of {gone.people} {'people' if gone.people > 1 else 'person'}"


def _put(ended: Mapping[str, int]) -> str:
    """Return how often a model's words were given this month, and why not otherwise."""
    word_for_word = {ending: count for ending, count in ended.items() if Ending(ending).is_extractive}
    given, kept = sum(ended.values()), sum(word_for_word.values())
    said = f"this month {given - kept} of {given} answers as the model put them"
    ordered = sorted(word_for_word.items(), key=lambda each: -each[1])
    whys = ", ".join(f"{ending} {count}" for ending, count in ordered)
    return f"{said}; word for word: {whys}" if whys else said


def _is_near(budget: Budget, used: Used) -> bool:
    by_tokens = budget.tokens is not None and used.tokens >= NEARLY * budget.tokens
    return by_tokens or (budget.cost is not None and used.cost >= NEARLY * budget.cost * MILLION)
