import pytest

from bot.slack import ticket_ids
from bot.slack.blocks import desk_forms, desk_words
from bot.slack.blocks.limits import check_message, check_view
from tests.slack.blocks.samples import HOSTILE, assert_harmless, typed

PEOPLE = [("U1", "Dana Fox"), ("U2", "Eli Ray")]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_in_every_form_and_message(name: str) -> None:
    text = HOSTILE[name]
    for view in (
        desk_forms.assign_view(1, "C1", [("U1", text)]),
        desk_forms.transfer_view(1, "C1", [("U1", text)]),
        desk_forms.note_view(1, "C1"),
        desk_forms.nobody_view(),
    ):
        assert_harmless(check_view(view)["blocks"])
    for made in (
        desk_words.note(text, text),
        desk_words.note(text, None),
        desk_words.assigned(text, text, text, text),
        desk_words.transferred(text, text, text),
    ):
        assert_harmless(check_message(made).text, made.blocks)


def test_the_choice_is_of_the_desk_as_long_as_slack_can_list_it() -> None:
    view = desk_forms.assign_view(12, "C1", PEOPLE)
    (choice,) = typed(view["blocks"], "static_select")
    assert [option["value"] for option in choice["options"]] == ["U1", "U2"]
    assert (view["callback_id"], view["private_metadata"]) == (ticket_ids.ASSIGN_VIEW, "12:C1")
    many = check_view(desk_forms.transfer_view(12, "C1", PEOPLE * 51))
    assert list(typed(many["blocks"], "users_select"))


def test_a_confidential_note_is_announced_without_its_text() -> None:
    made = desk_words.note("Dana Fox", None)
    assert "Dana Fox noted" in made.text
    assert desk_words.note("Dana Fox", "the salary").text == made.text
