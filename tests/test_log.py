import json

import pytest

from bot.log import configure_logging, current_trace, get_logger, redact, start_trace


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("token xoxb-123-abc refused", "token [secret] refused"),
        ("xapp-1-A-2 and xoxe.xoxp-1", "[secret] and [secret]"),
        ("postgresql://user:pass@host/db", "postgresql://[secret]@host/db"),
        ("nothing to hide at example.org", "nothing to hide at example.org"),
    ],
)
def test_secrets_are_left_out(text: str, kept: str) -> None:
    assert redact(text) == kept


def test_every_line_of_an_event_carries_its_id_and_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("json")
    start_trace("Ev1")
    get_logger("bot.test").info("message.sent", note="with xoxb-1-2")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    configure_logging()
    assert (line["event"], line["trace"], line["note"]) == ("message.sent", "Ev1", "with [secret]")
    assert current_trace() == "Ev1"
    start_trace("")
