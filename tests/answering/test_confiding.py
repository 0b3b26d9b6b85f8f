"""Who asks for a person about a delicate matter, or wants it kept between them, is heard in confidence."""

import pytest

from bot.answering.confiding import confides, wishes_confidence

DELICATE = (
    "My manager is harassing me, I want to talk to a person",
    "our colleague is harassing me, can I talk to a human about it?",
    "A member of my team has a drinking problem, can somebody call me",
    "I need to talk to a consultant about my own position here",
    "we are in a dispute with a former employee over company data, please get me a human",
    "Can someone help with a grievance raised against our IT lead?",
    "I suspect my colleague of leaking documents, please get me a human",
    "I need someone for an investigation into one of our staff",
    "a whistleblower has come forward, I need a consultant",
    "our lawyer says we may be sued over the data breach, can I talk to someone",
    "I was told to lie to the auditors, can I talk to somebody",
    "human please. It is about my pay.",
    "can I talk to someone about my manager's behaviour",
    "I want to report a colleague, who can I talk to",
)
WISHED = (
    "Can I talk to a human privately?",
    "I'd like to talk to a consultant confidentially",
    "can I speak to someone in confidence",
    "please keep it between us: I want to talk to a person",
    "I would rather nobody here knew that I am asking. Can I talk to a consultant?",
    "don't tell my boss but I want to talk to a consultant",
    "can a consultant call me without my boss finding out",
)
ORDINARY = (
    "Can I talk to a human?",
    "I need someone for our board paper by Friday",
    "can I speak to a colleague of yours about our backups",
    "nobody knows the admin password of the old server, can I talk to someone",
    "I need a consultant for our private cloud in private hands",
    "can somebody help us write a whistleblowing policy and a grievance policy",
    "do not let our backups fail, can I talk to a person about the restore test",
    "I need someone to write a report our staff can read",
    "can I talk to somebody about our staff training",
    "I want to talk to a person about our director's tablet and our managers' dashboards",
    "we need somebody to report our staff numbers to the regulator",
    "I need someone who can report to our steering group on the staff records project",
)


@pytest.mark.parametrize("text", [*DELICATE, *WISHED])
def test_a_delicate_matter_and_a_wish_for_privacy_are_heard(text: str) -> None:
    assert confides(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_wish_for_a_person_is_none(text: str) -> None:
    assert not confides(text)


@pytest.mark.parametrize("text", WISHED)
def test_the_wish_alone_is_told_from_the_matter(text: str) -> None:
    assert wishes_confidence(text)
    assert not any(wishes_confidence(delicate) for delicate in DELICATE)
