"""Evidence of a search: what the guide was not trained on stands by its closeness alone."""

from collections.abc import Callable
from pathlib import Path

from bot.answering.pipeline import Answerer
from bot.answering.types import Outcome, Question, Reason
from bot.engagement.terms import shipped_terms, tokens
from ingest.own import OwnSection, Provenance, keep_section
from ingest.sync import sync_methodology
from knowledge.embeddings import Embedder
from knowledge.scope import METHODOLOGY
from knowledge.store import KnowledgeStore

NOTE = OwnSection(
    "Keep solar panels off the roof of a server room",
    "Keep solar panels off the roof above a server room. Their mounts leak water when the seals age.",
    ("can we put solar panels above the server room",),
    Provenance(1, "VC-1001", "Dev", "Cora", "2026-11-27"),
)


def test_a_note_of_our_own_is_answered_from_and_other_questions_are_answered_as_before(
    tmp_path: Path, embedder: Embedder, indexed: Callable[[Path], Path]
) -> None:
    data = indexed(tmp_path)
    keep_section(data, "solar-panels", NOTE)
    sync_methodology(data, embedder=embedder, terms=tokens(shipped_terms()))
    answerer = Answerer(KnowledgeStore.open(data, embedder=embedder))

    answer = answerer.answer(
        Question("May solar panels go on the roof over our server room?", (METHODOLOGY,))
    )
    assert answer.decision.outcome is Outcome.ANSWER
    assert "likely" not in answer.decision.numbers
    (cited,) = answer.citations
    assert (cited.slug, cited.title, cited.section) == ("solar-panels", NOTE.heading, NOTE.heading)

    for asked, reason in (
        ("What is the 3-2-1-1-0 backup rule?", Reason.COVERED),
        ("What is the weather in Bristol?", Reason.OFF_TOPIC),
        ("The printer by the server room is jammed again", Reason.EVERYDAY_SUPPORT),
    ):
        answer = answerer.answer(Question(asked, (METHODOLOGY,)))
        assert answer.decision.reason is reason
        assert "solar-panels" not in [each.slug for each in answer.citations]
