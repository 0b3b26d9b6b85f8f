import pytest

from bot.engagement.models import Urgency
from bot.slack import request_texts, texts, ticket_ids
from bot.slack.blocks import desk_forms
from bot.slack.blocks import request_words as words
from bot.slack.blocks.limits import check_message, check_view
from bot.workflows.read_request import Line, Reading
from bot.workflows.unasked import CLOSING, NUDGE, OUTCOME
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_in_what_a_client_reads_of_a_request(name: str) -> None:
    text = HOSTILE[name]
    for made in (
        words.withdrawn(text, 3),
        words.taken_in_confidence(text, can_be_told=False),
        words.unreachable(text),
        words.reopened(text, "VC-1"),
        words.resolved(text, 1, "VC-1", ask=True, score=None),
    ):
        assert_harmless(check_message(made).text, made.blocks)
    lines = (Line(text, text), Line(None, text)) * 30
    reading = Reading("VC-1", text, text, text, lines, lines)
    for view in (
        desk_forms.reading_view(reading),
        desk_forms.resolve_view(1, "C1", 7, summary=text, notice=text),
        words.comment_view(1, "C1"),
        words.commented_view(),
    ):
        check_view(view)
    assert_harmless(desk_forms.reading_view(reading)["blocks"])


def test_however_much_waits_one_message_says_it_and_counts_what_it_leaves_out() -> None:
    kinds = (CLOSING, NUDGE, OUTCOME)
    lines = [
        words.Line(kinds[number % 3], f"VC-{number} " + "A" * 200, number if number % 3 == 2 else None)
        for number in range(150)
    ]
    made = check_message(words.folded(lines))
    said = list(strings(made.blocks))
    assert request_texts.folded(150) in said
    assert texts.and_more(125) in said
    assert not [each for each in said if "VC-25" in each]
    assert request_texts.folded(1) == "1 thing waits for you:"
    # What is about no request opens by itself.
    assert request_texts.show_line(3) in said
    assert request_texts.show_line(1) not in said


def test_the_five_ratings_are_words_and_each_says_its_own_to_a_screen_reader() -> None:
    made = words.resolved("Dana Fox", 12, "VC-1012", ask=True, score=None)
    buttons = list(typed(made.blocks, "button"))[:5]
    assert [each["text"]["text"] for each in buttons] == list(request_texts.SCORES.values())
    assert buttons[0]["accessibility_label"] == "Rate VC-1012: 1 of 5, not helpful"
    assert len({each["accessibility_label"] for each in buttons}) == 5


def test_a_resolution_asks_thanks_or_only_says_how_to_go_on() -> None:
    assert action_ids(words.resolved("Dana Fox", 12, "VC-1", ask=False, score=None).blocks) == []
    rated = words.resolved("Dana Fox", 12, "VC-1", ask=True, score=2)
    assert action_ids(rated.blocks) == [ticket_ids.RATING_COMMENT]
    assert request_texts.rated(2) in list(strings(rated.blocks))


def test_the_asker_can_say_how_urgent_it_is_keep_it_private_and_withdraw() -> None:
    confirmation = words.withdrawn("VC-1", 3)
    made = check_message(words.with_wishes(confirmation, words.Wishes(12, "VC-1")))
    urgencies = [ticket_ids.urgency_action(each) for each in Urgency]
    assert action_ids(made.blocks)[1:] == [
        *urgencies,
        ticket_ids.REQUEST_PRIVATE,
        ticket_ids.REQUEST_WITHDRAW,
    ]
    private = words.with_wishes(confirmation, words.Wishes(12, "VC-1", Urgency.TODAY, True))
    assert ticket_ids.REQUEST_PRIVATE not in action_ids(private.blocks)
    said = list(strings(private.blocks))
    assert request_texts.KEPT_PRIVATE in said
    assert request_texts.URGENCY_SAID[Urgency.TODAY] in said
