import pytest

from bot.workflows.settled import answers_back, asks_for_more


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Thank you so much.",
        "Great, thanks!",
        "ok thanks",
        "Perfect, that helped",
        "Thanks again",
        "No problem, thanks",
        "thanks, it works now",
        "no worries",
        "happy with that",
        "It works now",
        "All sorted, have a good weekend",
        "Exactly what I needed",
        "Thanks, but no need",
        "thanks, we will try it tomorrow",
        "👍",
        "...",
        "",
    ],
)
def test_thanks_and_mere_signs_ask_for_nothing(text: str) -> None:
    assert not asks_for_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is not solved.",
        "not solved",
        "Thanks, but it still does not work",
        "Thanks! Still broken",
        "Thanks, it doesn’t work",
        "Not solved, thanks",
        "Thank you. It failed again.",
        "Great, now it is worse",
        "thanks but the link is dead",
        "ok thanks, unfortunately the file is empty",
        "I'm not happy with that",
        "All good now?",
        "We need it in German",
        "What about the tapes?",
        "And how long do we keep them?",
    ],
)
def test_a_new_question_or_not_solved_asks_for_more(text: str) -> None:
    assert asks_for_more(text)


def test_a_file_alone_asks_for_more() -> None:
    assert asks_for_more("", has_files=True)


@pytest.mark.parametrize(
    "text", ["yes thanks", "Thanks, we use Hyper-V", "no", "14", "Great, it is on the third floor"]
)
def test_whoever_waits_for_a_client_is_told_something_by_more_than_courtesies(text: str) -> None:
    assert answers_back(text)


@pytest.mark.parametrize("text", ["Thanks a lot!", "ok, great, thank you", "Hello, good morning", "👍", ""])
def test_courtesies_alone_tell_nothing(text: str) -> None:
    assert not answers_back(text)
