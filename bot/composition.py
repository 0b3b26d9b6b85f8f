"""What composing needs, made from the settings: the model, what checks it, its budgets."""

from bot.answering.composed import Composer
from bot.answering.endings import Limits
from bot.answering.language_model import LanguageModel, open_model
from bot.answering.redaction import Redactor
from bot.answering.spending import Budget, Budgets, Held, Used
from bot.answering.supported import Verifier
from bot.answering.vocabulary import Vocabulary
from bot.settings import Settings, lend_provider_variables
from bot.workflows.compose_answer import Writer
from knowledge.embeddings import Embedder
from knowledge.store import KnowledgeStore


def open_writer(settings: Settings, store: KnowledgeStore, embedder: Embedder) -> Writer | None:
    """Return the model that `VCIO_LLM` names, ready to write; None without one. Blocking.

    Raises `SetupError` naming a package that is missing.
    """
    model = named_model(settings)
    if model is None:
        return None
    vocabulary = Vocabulary(store, embedder)
    # Read now, in half a second or more, which the first answer would wait for in the midst of its words.
    vocabulary.uses("")
    limits = limits_of(settings)
    composer = Composer(store, model, Verifier(embedder.embed, vocabulary), limits)
    held = Held(Used(limits.tokens_in_all, limits.cost_of_all))
    return Writer(composer, budgets_of(settings), settings.vcio_country, held)


def named_model(settings: Settings) -> LanguageModel | None:
    """Return the model of the settings; None without one. Raises `SetupError` naming what is missing."""
    if settings.vcio_llm is None:
        return None
    lend_provider_variables()
    # What hides secrets is looked for now: without it nothing may be sent.
    Redactor(region=settings.vcio_country).hide("")
    return open_model(settings.vcio_llm, seconds=settings.vcio_llm_seconds, tokens=settings.vcio_llm_tokens)


def limits_of(settings: Settings) -> Limits:
    """Return what one question may take."""
    return Limits(
        seconds=settings.vcio_llm_seconds,
        tokens=settings.vcio_llm_tokens,
        price_in=settings.vcio_llm_price_in,
        price_out=settings.vcio_llm_price_out,
        cost=settings.vcio_llm_cost,
    )


def budgets_of(settings: Settings) -> Budgets:
    """Return what one person a day, one client a month and all clients together a month may take."""
    return Budgets(
        Budget(settings.vcio_llm_person_tokens, settings.vcio_llm_person_cost),
        Budget(settings.vcio_llm_client_tokens, settings.vcio_llm_client_cost),
        Budget(settings.vcio_llm_month_tokens, settings.vcio_llm_month_cost),
    )
