"""`vcio clients sla`: what a client is promised is shown, set, taken away and refused."""

from typing import Any

import pytest

from bot.engagement.models import Urgency
from tests.cli.conftest import Vcio


def promised(bare: Vcio, *arguments: str) -> dict[str | None, tuple[Any, ...]]:
    """What holds for each urgency: whose policy, and the three times."""
    told = bare.json("clients", "sla", "acme", *arguments, "--json")
    assert told["client"] == "acme"
    return {
        each["urgency"]: (each["whose"], each["first_reply"], each["next_reply"], each["resolution"])
        for each in told["policies"]
    }


def test_a_client_has_the_firms_promise_until_it_has_its_own_and_after_a_reset(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    firms = ("the firm's", "1d", None, None)
    shipped = {
        None: firms,
        "can_wait": firms,
        "today": firms,
        "work_stopped": ("the firm's", "the same day", None, None),
    }
    assert promised(bare) == shipped
    own = promised(bare, "--first", "4h", "--next", "90m", "--resolution", "3d")
    assert own[None] == ("own", "240m", "90m", "1440m")
    assert own["work_stopped"] == ("the client's general", "240m", "90m", "1440m")
    stopped = promised(bare, "--urgency", "work-stopped", "--first", "30m")
    assert stopped["work_stopped"] == ("own", "30m", None, None)
    assert stopped["today"] == own["today"]
    assert promised(bare, "--next", "none")[None] == ("own", "240m", None, "1440m")
    assert promised(bare, "--none")[None] == ("own", None, None, None)
    assert promised(bare, "--reset") == {**shipped, "work_stopped": stopped["work_stopped"]}


def test_people_read_the_same_as_text_in_days_of_the_firms_hours(bare: Vcio) -> None:
    bare("clients", "add", "Acme")
    bare("firm", "set", "hours", "Mon-Fri 10-14")
    bare("clients", "sla", "acme", "--first", "1d", "--resolution", "6h")
    bare("clients", "sla", "acme", "--urgency", "can-wait", "--none")
    lines = bare("clients", "sla", "acme").stdout.splitlines()
    assert lines[0] == "any urgency    first reply 1 d, resolution 6 h (own)"
    assert lines[1] == "can wait       no SLA (own)"
    assert len(lines) == 1 + len(Urgency)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["acne"], ["'acne'", "Known clients: acme"]),
        (["acme", "--first", "soon"], ["'soon'", "30m, 4h or 3d"]),
        (["acme", "--first", "4h", "--none"], ["--none", "--reset"]),
        (["acme", "--none", "--reset"], ["--none", "--reset"]),
        (["acme", "--urgency", "today"], ["--urgency today", "--none"]),
        (["acme", "--urgency", "whenever", "--first", "4h"], ["'whenever'", "can-wait"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_stored(
    bare: Vcio, arguments: list[str], says: list[str]
) -> None:
    bare("clients", "add", "Acme")
    before = promised(bare)
    line = bare.refusal("clients", "sla", *arguments)
    for each in says:
        assert each in line
    assert promised(bare) == before
