import pytest

from bot.slack import ids, texts
from bot.slack.blocks import notices
from bot.slack.blocks.limits import check_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.notices import Place
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed


def every_notice(text: str) -> list[Message]:
    return [
        notices.reply_message(text, conversation_id=1, notice=text),
        notices.help_message(firm_name=text),
        notices.parked_apology(),
        notices.desk_new_client(text, text),
        notices.desk_parked(text, client_name=text, attempts=5, reason=text),
        notices.admin_no_desk(1, problem=text),
        notices.use_as_desk("C123"),
        notices.desk_refused(text),
        notices.desk_ready(2),
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_in_every_notice(name: str) -> None:
    for made in every_notice(HOSTILE[name]):
        check_message(made)
        assert_harmless(made.text, made.blocks)


@pytest.mark.parametrize("own_firm", [False, True])
@pytest.mark.parametrize("place", Place)
def test_the_first_notice_says_what_this_is_who_reads_it_and_what_not_to_send(
    place: Place, own_firm: bool
) -> None:
    said = notices.first_notice(place, firm_name="Northgate", own_firm=own_firm)
    assert "Northgate's automated assistant" in said
    assert "passwords" in said
    assert ("Everyone in this channel" in said) == (place is Place.CHANNEL)
    assert ("colleagues" in said) == own_firm


def test_replies_that_are_no_answers_offer_a_consultant_too() -> None:
    for made in (
        notices.reply_message("That did not work.", conversation_id=4),
        notices.help_message(firm_name="Northgate"),
        notices.parked_apology(conversation_id=4),
    ):
        assert ids.TALK in action_ids(made.blocks)
    talk = next(typed(notices.parked_apology(conversation_id=4).blocks, "button"))
    assert ids.read_talk_value(talk["value"]) == ids.TalkTarget(4, None)


def test_the_desk_button_carries_its_channel() -> None:
    button = next(typed(notices.use_as_desk("C123").blocks, "button"))
    assert (button["action_id"], button["value"]) == (ids.DESK_USE, "C123")


def test_admins_hear_how_many_wait_and_what_to_do() -> None:
    said = " ".join(strings(notices.admin_no_desk(2).blocks))
    assert "2 requests are waiting" in said
    assert "Use as desk" in said
    assert "1 request is waiting" in notices.admin_no_desk(1).text


def test_our_own_sentences_have_no_exclamation_marks_and_no_emoji() -> None:
    spoken = [value for value in vars(texts).values() if isinstance(value, str)]
    assert not [text for text in spoken if "!" in text or any(ord(sign) > 0x2FFF for sign in text)]
