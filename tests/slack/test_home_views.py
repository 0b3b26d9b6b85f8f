"""Home and the ask form as views: within Slack's limits, harmless, and with the words they need."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.engagement.firm import FirmProfile
from bot.slack import home_texts, ids, texts
from bot.slack.blocks.home import Surroundings, home_view
from bot.slack.blocks.home_ask import ask_view, asked_message, said_view, with_post
from bot.slack.blocks.limits import check_message, check_view
from bot.slack.blocks.notices import reply_message
from bot.slack.membership import permalink
from bot.workflows import desk_home, home, topics
from bot.workflows.desk_home import DeskPart, Request
from bot.workflows.home import Asked, AskedState, HomePage
from bot.workflows.spots import Spot
from knowledge.types import OrgSize
from tests.slack.blocks.samples import HOSTILE, action_ids, assert_harmless, strings, typed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SPOT = Spot("T1", "C1", "1700000000.000100")
SLUGS = {topic.slug for topic in topics.order(None)} | {"extra-pair-of-hands"}


def asked(state: AskedState, question: str = "How often?", spot: Spot | None = SPOT) -> Asked:
    return Asked(question, NOW, state, "Dev Patel", spot, 7)


def request(number: int, question: str = "Who owns the data?", name: str = "Bakery") -> Request:
    return Request(number, f"VC-{1000 + number}", name, question, NOW, SPOT)


def page(**fields: Any) -> HomePage:
    known: dict[str, Any] = {"firm": FirmProfile(name="Northgate"), "size": None, "asked": (), "desk": None}
    return HomePage(**{**known, **fields})


def view(shown: HomePage | None = None, *, is_admin: bool = False, loading: bool = False) -> dict[str, Any]:
    suggested = None if loading else topics.suggested(shown.size if shown else None, SLUGS)
    around = Surroundings(
        is_admin, suggested, lambda spot: permalink("https://x.slack.com/", spot.channel, spot.ts)
    )
    return check_view(home_view(shown or page(), around))


def said(shown: dict[str, Any]) -> str:
    return " ".join(strings(shown))


def test_home_says_what_we_are_how_to_ask_what_to_ask_and_who_sees_what() -> None:
    shown = view()
    words = said(shown)
    for part in (
        texts.what_i_am("Northgate"),
        home_texts.TOPICS_TITLE,
        home_texts.MINE_NONE,
        texts.PRIVACY_TITLE,
    ):
        assert part in words
    assert [ids.HOME_ASK, ids.browse_action(0)] == action_ids(shown)[:2]
    assert ids.TALK in action_ids(shown)
    assert not list(typed(shown, "conversations_select"))


@pytest.mark.parametrize("size", [None, *OrgSize])
def test_four_topics_fit_the_size_and_it_is_said_where_the_answer_goes(size: OrgSize | None) -> None:
    shown = view(page(size=size))
    found = [action for action in action_ids(shown) if ids.TOPIC_PATTERN.match(action)]
    assert len(found) == topics.MOST
    assert home_texts.topics_for(size) in said(shown)
    assert "direct messages" in home_texts.topics_for(size)


def test_only_topics_the_methodology_holds_are_suggested() -> None:
    assert topics.suggested(None, ()) == ()
    assert [topic.slug for topic in topics.suggested(OrgSize.LARGE, {"it-budgeting"})] == ["it-budgeting"]


def test_every_topic_is_found_again_by_its_label_and_nothing_else_is() -> None:
    for size in (None, *OrgSize):
        assert all(topics.named(topic.label) == topic for topic in topics.order(size))
    assert topics.named("DROP TABLE") is None


def test_before_the_methodology_is_loaded_home_says_so_where_the_topics_would_be() -> None:
    assert home_texts.LOADING in said(view(loading=True))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AskedState.ANSWERED, home_texts.ANSWERED),
        (AskedState.ASKED_BACK, home_texts.ASKED_BACK),
        (AskedState.OFFERED, home_texts.OFFERED),
        (AskedState.WAITING, home_texts.WAITING),
        (AskedState.WITH_CONSULTANT, "with a consultant: Dev Patel"),
        (AskedState.CLOSED, "closed by Dev Patel"),
    ],
)
def test_the_state_of_a_question_is_said_in_words(state: AskedState, words: str) -> None:
    assert words in said(view(page(asked=(asked(state),))))


def test_a_question_in_slack_is_linked_and_a_private_one_is_shown() -> None:
    shown = view(page(asked=(asked(AskedState.ANSWERED), asked(AskedState.ANSWERED, "Why?", None))))
    links = [button["url"] for button in typed(shown, "button") if "url" in button]
    assert links == ["https://x.slack.com/archives/C1/p1700000000000100"]
    assert ids.HOME_SHOW in action_ids(shown)


def test_consultants_see_first_their_own_then_what_is_unclaimed() -> None:
    desk = DeskPart((request(9),), (request(1), request(2)), 3)
    shown = view(page(desk=desk))
    claims = [button for button in typed(shown, "button") if button["action_id"] == ids.HOME_CLAIM]
    assert [button["value"] for button in claims] == ["1", "2"]
    assert home_texts.more_on_desk(3) in said(shown)
    assert (
        said(shown).index("VC-1009")
        < said(shown).index("VC-1001")
        < said(shown).index(home_texts.TOPICS_TITLE)
    )


def test_an_empty_desk_is_said_to_be_empty() -> None:
    words = said(view(page(desk=DeskPart())))
    assert home_texts.UNCLAIMED_NONE in words
    assert home_texts.OWN_NONE in words


def test_a_full_home_of_long_texts_is_within_the_limits() -> None:
    long = HOSTILE["long"]
    requests = tuple(request(number, long, long) for number in range(desk_home.MOST_REQUESTS))
    few = requests[: desk_home.MOST_BESIDE]
    questions = tuple(asked(AskedState.WITH_CONSULTANT, long) for _ in range(home.MOST_ASKED))
    shown = view(page(desk=DeskPart(requests, requests, 900, few, few), asked=questions), is_admin=True)
    assert len(shown["blocks"]) < 80


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_at_home(name: str) -> None:
    words = HOSTILE[name]
    desk = DeskPart(unclaimed=(request(1, words, words),))
    shown = view(
        page(firm=FirmProfile(name=words), desk=desk, asked=(asked(AskedState.WAITING, words),)),
        is_admin=True,
    )
    links = [button.pop("url") for button in typed(shown, "button") if "url" in button]
    assert links
    # The moment a question was asked and the way to a card are the markup of ours.
    card = f"<{permalink('https://x.slack.com/', SPOT.channel, SPOT.ts)}|VC-1001>"
    for block in shown["blocks"]:
        if block["type"] == "section" and "<!date" in block["text"]["text"]:
            block["text"]["text"] = block["text"]["text"].split("<!date")[0].replace(card, "VC-1001") or "-"
    assert_harmless(shown)


def test_an_admin_without_a_desk_can_choose_a_private_channel() -> None:
    picker: dict[str, Any] = next(typed(view(is_admin=True), "conversations_select"))
    assert picker["action_id"] == ids.DESK_SELECT
    assert picker["filter"] == {"include": ["private"], "exclude_external_shared_channels": True}


def test_an_admin_sees_the_desk_that_is_set() -> None:
    assert "<#C0123>" in said(view(page(firm=FirmProfile(desk_channel="C0123")), is_admin=True))
    assert_harmless(view(page(firm=FirmProfile(desk_channel="<!channel>")), is_admin=True))


def test_the_ask_form_has_one_field_of_several_lines_with_a_label_and_a_hint() -> None:
    (block,) = check_view(ask_view())["blocks"]
    assert block["element"]["multiline"]
    assert (block["label"]["text"], block["hint"]["text"]) == (home_texts.ASK_LABEL, home_texts.ASK_HINT)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_asked_by_a_form_is_quoted_harmlessly(name: str) -> None:
    shown = check_message(asked_message(HOSTILE[name]))
    assert_harmless(list(shown.blocks))
    assert len(shown.text.split()) >= 2


def test_a_private_answer_about_a_message_can_be_posted_and_says_that_only_you_see_it() -> None:
    shown = check_message(with_post(reply_message("An answer."), 7))
    assert ids.POST_IN_THREAD in action_ids({"blocks": list(shown.blocks)})
    assert home_texts.ONLY_YOU in " ".join(strings(list(shown.blocks)))


def test_our_sentences_have_no_exclamation_marks_and_fit_a_modal() -> None:
    spoken = [value for name, value in vars(home_texts).items() if isinstance(value, str) and name.isupper()]
    assert not [text for text in spoken if "!" in text or any(ord(sign) > 0x2FFF for sign in text)]
    for text in spoken:
        check_view(said_view(text))
