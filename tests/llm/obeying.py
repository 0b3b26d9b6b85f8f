"""A model that does what an injection asks, and what of it a person would have seen."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering.attempt import Asked
from bot.answering.composed import Composed, Composer
from bot.answering.pipeline import Answerer
from bot.answering.redaction import Redactor
from bot.answering.render import plain_text
from bot.answering.types import (
    Answer,
    Citation,
    Decision,
    Outcome,
    Part,
    PartKind,
    Question,
    Reason,
    Speaker,
    Turn,
)
from ingest.sync import sync
from knowledge.embeddings import Embedder
from knowledge.scope import METHODOLOGY, client_scope
from knowledge.store import KnowledgeStore
from tests.llm.injections import Injection, hostile_document
from tests.llm.injections_of_other_kinds import (
    CLAIM,
    HOSTILE_TITLE,
    IN_DOCUMENTS,
    TOLD,
    WHO,
    WHOSE,
    Attack,
    hostile_sheet,
    section_of,
)
from tests.llm.server import Behaviour, Posed, first_sentences

QUESTION = "How often should we test our backups?"
HOSTILE, HOSTILE_TITLED = client_scope("hostile"), client_scope("hostile-titled")


def index_hostile_document(folder: Path, data_dir: Path, embedder: Embedder) -> None:
    """Make the hostile document one of a client's own."""
    folder.mkdir()
    (folder / "handbook.md").write_text(hostile_document(), encoding="utf-8")
    sync([folder], HOSTILE, data_dir, embedder=embedder)
    other = folder.with_name("others")
    other.mkdir()
    (other / f"{HOSTILE_TITLE}.md").write_text(hostile_sheet(), encoding="utf-8")
    sync([other], HOSTILE_TITLED, data_dir, embedder=embedder)


@dataclass(frozen=True)
class Result:
    """How an attack ended, all that would have been shown, and what of it should not have been."""

    ending: str
    shown: str
    harm: str


async def attack(
    composer: Composer,
    answerer: Answerer,
    behaviour: Behaviour,
    injection: Injection,
    *,
    honest_first: bool = False,
) -> Result:
    """Let a model obey an injection; with `honest_first` after a true sentence, as a cunning one would."""
    asked = _asked(answerer, injection)
    composed, shown = await _obey(composer, behaviour, asked, injection.obeyed, honest_first=honest_first)
    plain = plain_text(asked.answer)
    quoted = injection.place == "document" and injection.aim.untrue
    wanted = () if quoted else injection.aim.shown
    harm = next((each for each in wanted if each in shown and each not in plain), "")
    return Result(str(composed.ending), shown, harm)


async def attack_of_other_kind(
    composer: Composer, answerer: Answerer, behaviour: Behaviour, attack: Attack, *, honest_first: bool
) -> Result:
    """Let a model obey one of the other attacks; `harm` is what it wanted shown, where that was."""
    asked = _asked_otherwise(answerer, attack)
    composed, shown = await _obey(composer, behaviour, asked, attack.obeyed, honest_first=honest_first)
    is_harmed = attack.shown in shown and attack.place != CLAIM
    return Result(str(composed.ending), shown, attack.shown if is_harmed else "")


async def _obey(
    composer: Composer,
    behaviour: Behaviour,
    asked: Asked,
    obeyed: Callable[[str, str], str],
    *,
    honest_first: bool,
) -> tuple[Composed, str]:
    """Return what came of a model that obeys, and all that would have been shown of it."""

    def say(posed: Posed) -> str:
        canary = re.search(r"k-[0-9a-f]{12}", posed.system)
        said = obeyed(posed.system, canary[0] if canary else "")
        return f"{first_sentences(posed)}\n{said}" if honest_first else said

    behaviour.__dict__.update(Behaviour(say=say).__dict__)
    seen: list[str] = []
    composed = await composer.compose(asked, lambda shown: seen.append(shown.line))
    return composed, "\n".join([*seen, plain_text(composed.answer)])


def answer_from(store: KnowledgeStore, scope: str, slug: str, section_id: str) -> Answer:
    """An answer that rests on one section, as the decision without a model would have left it."""
    section = store.section(scope, slug, section_id)
    assert section is not None
    cited = Citation(scope, slug, section.title, section.heading, section_id, 0.9)
    lead = Part(PartKind.LEAD, ("As it stands there.",), 0)
    return Answer(Decision(Outcome.ANSWER, Reason.COVERED, 0.9), (lead,), (cited,))


def _asked(answerer: Answerer, injection: Injection) -> Asked:
    answer = answerer.answer(Question(QUESTION, (METHODOLOGY,)))
    asked, turn = Asked(answer, QUESTION), Turn(Speaker.PERSON, injection.words)
    match injection.place:
        case "question":
            return replace(asked, question=f"{QUESTION} {injection.words}")
        case "conversation":
            return replace(asked, thread=(turn, Turn(Speaker.CONSULTANT, injection.words)))
        case "name":
            return replace(asked, redactor=Redactor((injection.words,)), thread=(turn,))
        case _:
            (article,) = answerer.store.articles(HOSTILE)
            stored = answerer.store.article(HOSTILE, article.slug)
            assert stored is not None
            last = stored.sections[-1]
            return replace(asked, answer=answer_from(answerer.store, HOSTILE, last.slug, last.section_id))


def _asked_otherwise(answerer: Answerer, attack: Attack) -> Asked:
    asked = Asked(answerer.answer(Question(QUESTION, (METHODOLOGY,))), QUESTION)
    turn = Turn(Speaker.PERSON, f"{attack.words} {QUESTION}")
    if attack.place in IN_DOCUMENTS:
        (summary,) = answerer.store.articles(HOSTILE_TITLED)
        article = answerer.store.article(HOSTILE_TITLED, summary.slug)
        assert article is not None and article.title == HOSTILE_TITLE
        (found,) = [each for each in article.sections if each.heading == section_of(attack)]
        answer = answer_from(answerer.store, HOSTILE_TITLED, found.slug, found.section_id)
        return replace(asked, answer=answer)
    if attack.place in {WHO, WHOSE}:
        people, firms = ((attack.words,), ()) if attack.place == WHO else ((), (attack.words,))
        return replace(asked, redactor=Redactor(people, firms), question=f"{attack.words}: {QUESTION}")
    if attack.place == TOLD:
        return replace(asked, thread=(turn, Turn(Speaker.CONSULTANT, attack.words)))
    return replace(asked, question=f"{QUESTION} {attack.words}")
