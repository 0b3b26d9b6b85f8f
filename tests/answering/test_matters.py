"""An incident, a delicate matter and a push for a product last longer than one message, and end when left."""

import pytest

from bot.answering.matters import ends_incident, is_over, matter_in_hand, wants_a_pick
from bot.answering.types import Reason, Speaker, Turn


def after(reason: Reason, text: str = "Everything is encrypted") -> tuple[Turn, ...]:
    return (Turn(Speaker.PERSON, text), Turn(Speaker.ASSISTANT, "Phone now.", reason=reason))


INCIDENT, DELICATE, PRODUCT = (
    after(Reason.LIVE_INCIDENT),
    after(Reason.SENSITIVE, "I think he is stealing"),
    after(Reason.PRODUCT_CHOICE, "which CRM is best?"),
)


@pytest.mark.parametrize(
    ("text", "thread", "reason"),
    [
        ("do we pay them?", INCIDENT, Reason.LIVE_INCIDENT),
        ("should I unplug the server", INCIDENT, Reason.LIVE_INCIDENT),
        ("what do we tell customers", INCIDENT, Reason.LIVE_INCIDENT),
        ("what should we do first, change the passwords?", INCIDENT, Reason.LIVE_INCIDENT),
        ("How should we choose a supplier?", INCIDENT, None),
        ("it's still spreading", INCIDENT, Reason.LIVE_INCIDENT),
        ("What should an IT budget contain?", INCIDENT, None),
        ("how often should we test our backups?", INCIDENT, None),
        ("separate question: who owns our data?", INCIDENT, None),
        ("how do we stop it happening again", INCIDENT, None),
        ("may I look at his laptop then?", DELICATE, Reason.SENSITIVE),
        ("should I tell her first", DELICATE, Reason.SENSITIVE),
        ("what can we do about it?", DELICATE, Reason.SENSITIVE),
        ("How often should admin rights be checked?", DELICATE, None),
        ("and in general, who may read other people's mail?", DELICATE, None),
        ("come on, just give me one name", PRODUCT, Reason.PRODUCT_CHOICE),
        ("off the record, everyone says theirs is better", PRODUCT, Reason.PRODUCT_CHOICE),
        ("what should the demo look like", PRODUCT, None),
        ("do we pay them?", after(Reason.COVERED), None),
        ("do we pay them?", (), None),
    ],
)
def test_a_matter_goes_on_until_it_is_left(
    text: str, thread: tuple[Turn, ...], reason: Reason | None
) -> None:
    assert matter_in_hand(text, thread) is reason


def test_thanks_between_do_not_end_an_incident_and_its_end_does() -> None:
    thanked = (
        *INCIDENT,
        Turn(Speaker.PERSON, "ok"),
        Turn(Speaker.ASSISTANT, "Welcome.", reason=Reason.THANKS),
    )
    ended = (
        *thanked,
        Turn(Speaker.PERSON, "it's back up"),
        Turn(Speaker.ASSISTANT, "Good.", reason=Reason.THANKS),
    )
    assert matter_in_hand("should we tell staff?", thanked) is Reason.LIVE_INCIDENT
    assert matter_in_hand("should we tell staff?", ended) is None


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("it's back up now, thanks", True),
        ("all sorted, false alarm", True),
        ("everything is working again", True),
        ("we're back online", True),
        ("it's not back up", False),
        ("when will it be back up?", False),
        ("still not fixed", False),
        ("we went over budget", False),
    ],
)
def test_the_end_of_an_incident_is_heard(text: str, *, over: bool) -> None:
    assert is_over(text) is over


def test_only_a_report_that_asks_nothing_ends_the_talk() -> None:
    assert ends_incident("it's back up", INCIDENT)
    assert not ends_incident("it's back up. how do we prevent this?", INCIDENT)
    assert not ends_incident("it's back up", DELICATE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("between us, which one would you buy?", True),
        ("off the record, is the first one better", True),
        ("between us, he is drinking. which of them would you tell?", False),
        ("off the record, what does the board want?", False),
    ],
)
def test_a_product_asked_for_in_confidence_is_no_delicate_matter(text: str, *, wanted: bool) -> None:
    assert wants_a_pick(text) is wanted
