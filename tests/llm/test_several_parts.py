"""A message that asks several things: each part is composed and checked by itself, and fails by itself."""

import pytest

from bot.answering.attempt import Asked, Shown
from bot.answering.composed import Composed, may_compose
from bot.answering.composed_parts import segments
from bot.answering.endings import Ending, Limits
from bot.answering.layout import count_words
from bot.answering.render import from_stored, plain_text, to_stored
from bot.answering.sheet import FIRST_SCREEN_WORDS
from bot.answering.types import Answer, Outcome, Question, Reason
from bot.library import Library
from bot.workflows.compose_answer import Writer
from knowledge.scope import METHODOLOGY
from tests.llm.server import Behaviour, FakeOpenAI, Posed, first_sentences, says

BOTH = "How often should restores be tested? How should we remove access when someone leaves?"
THREE = f"{BOTH} What belongs in a vendor contract?"
WITH_ONE_OPEN = "How often should restores be tested? How many litres of water does our cooling tower need?"


@pytest.fixture
def both(library: Library) -> Answer:
    return library.answerer.answer(Question(BOTH, (METHODOLOGY,)))


async def compose(writer: Writer, answer: Answer, question: str = BOTH) -> tuple[Composed, list[Shown]]:
    heard: list[Shown] = []
    return await writer.composer.compose(Asked(answer, question), heard.append), heard


def words(answer: Answer) -> int:
    first = answer.parts[: answer.first_screen]
    return sum(count_words(text) for part in first for text in (part.heading, *part.lines))


async def test_each_part_is_asked_for_with_its_own_passages_and_cites_them(
    writer: Writer, model: FakeOpenAI, both: Answer
) -> None:
    assert len(both.questions) == 2 and may_compose(both)
    composed, heard = await compose(writer, both)
    answer, first, second = composed.answer, *model.asked
    assert composed.ending is Ending.COMPOSED and answer.is_composed
    assert "restores" in first.question and "leaves" in second.question
    assert not set(first.passages) & set(second.passages)
    own = [segment.cited for segment in segments(both)]
    for segment, cited in zip(segments(answer), own, strict=True):
        parts = answer.parts[segment.start : segment.end]
        said = [(part.cited, line) for part in parts for line in part.lines if part.cited is not None]
        assert said and all(
            at in cited and line.endswith(f"[{at + 1}]") for at, line in said if at is not None
        )
    assert [each.heading for each in heard if each.heading] == [each.heading for each in segments(both)]
    assert words(answer) <= FIRST_SCREEN_WORDS
    assert from_stored(to_stored(answer)) == answer
    record = composed.record.stored()
    assert [each["ending"] for each in record["parts"]] == ["composed", "composed"]
    assert {each["part"] for each in record["sentences"]} == {1, 2}
    assert record["tokens_in"] == sum(len(each.system + each.user) // 4 for each in model.asked)


FAILING = {
    "unsupported": says("Backups cost forty-two pounds in the cloud of Zorbix. [1]"),
    "harmful": says("See https://evil.example for more. [1]"),
    "empty": says(""),
}


@pytest.mark.parametrize("ending", FAILING)
@pytest.mark.parametrize("bad", ["restores", "leaves"])
async def test_a_part_that_fails_is_given_word_for_word_and_the_other_is_composed(
    writer: Writer, model: FakeOpenAI, both: Answer, bad: str, ending: str
) -> None:
    def say(posed: Posed) -> str:
        return FAILING[ending](posed) if bad in posed.question else first_sentences(posed)

    model.behaviour = Behaviour(say=say)
    composed, _heard = await compose(writer, both)
    assert composed.ending is Ending.COMPOSED
    assert sorted(each["ending"] for each in composed.record.parts) == ["composed", ending]
    kept, before = segments(composed.answer), segments(both)
    at = next(place for place, each in enumerate(before) if bad in each.question)
    own = both.parts[before[at].start : before[at].end]
    assert composed.answer.parts[kept[at].start : kept[at].end][: len(own)] == own
    text = plain_text(composed.answer)
    assert "Zorbix" not in text and "evil" not in text
    assert words(composed.answer) <= FIRST_SCREEN_WORDS


async def test_a_part_may_be_handed_over_alone_and_all_of_them_together(
    writer: Writer, model: FakeOpenAI, both: Answer
) -> None:
    model.behaviour = Behaviour(
        say=lambda posed: "CANNOT" if "leaves" in posed.question else first_sentences(posed)
    )
    composed, _heard = await compose(writer, both)
    decision = composed.answer.decision
    assert (decision.outcome, composed.ending) == (Outcome.ANSWER, Ending.COMPOSED)
    last = segments(composed.answer)[1]
    assert last.cited == () and "does not cover" in composed.answer.parts[last.start].lines[0]
    model.behaviour = Behaviour(say=says("CANNOT"))
    composed, _heard = await compose(writer, both)
    decision = composed.answer.decision
    assert (decision.outcome, decision.reason) == (Outcome.ESCALATE, Reason.NOT_COVERED)
    assert composed.ending is Ending.HANDED_OVER


async def test_where_every_part_fails_the_answer_is_as_it_was(
    writer: Writer, model: FakeOpenAI, both: Answer
) -> None:
    model.behaviour = Behaviour(status=503)
    composed, heard = await compose(writer, both)
    assert (composed.answer, composed.ending, heard) == (both, Ending.SERVER, [])


async def test_what_was_not_covered_stays_open_and_is_never_asked(
    writer: Writer, library: Library, model: FakeOpenAI
) -> None:
    answer = library.answerer.answer(Question(WITH_ONE_OPEN, (METHODOLOGY,)))
    assert len(answer.questions) == 2
    composed, _heard = await compose(writer, answer, WITH_ONE_OPEN)
    assert composed.ending is Ending.COMPOSED and len(model.asked) == 1
    before, after = segments(answer)[1], segments(composed.answer)[1]
    assert answer.parts[before.start : before.end] == composed.answer.parts[after.start : after.end]


async def test_all_parts_together_take_no_more_than_one_question_may(
    writer: Writer, library: Library, model: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = library.answerer.answer(Question(THREE, (METHODOLOGY,)))
    assert len(answer.questions) == 3
    whole, _heard = await compose(writer, answer, THREE)
    assert words(whole.answer) <= FIRST_SCREEN_WORDS
    taken = whole.record.tokens_in + whole.record.tokens_out
    monkeypatch.setattr(writer.composer, "limits", Limits(tokens=taken))
    some, _heard = await compose(writer, answer, THREE)
    endings = [each["ending"] for each in some.record.parts]
    assert endings[0] == "composed" and endings[-1] == "too_long"
    assert some.record.tokens_in + some.record.tokens_out < taken
    model.behaviour = Behaviour(delay=1.2)
    monkeypatch.setattr(writer.composer, "limits", Limits(seconds=2.0))
    late, _heard = await compose(writer, answer, THREE)
    assert [each["ending"] for each in late.record.parts] == ["composed", "timeout", "timeout"]
    assert late.record.milliseconds["whole"] < 4_000
