"""The form of a client stays within Slack's limits, and reads back as what it was filled in with."""

from typing import Any

import pytest

from bot.slack import client_ids
from bot.slack.blocks.build import rendered
from bot.slack.blocks.client_form import client_view, clients_blocks, read_before, read_typed, stored_view
from bot.slack.blocks.limits import check_view
from bot.workflows.client_form import LISTS, TEXTS, ClientForm
from emulator.input_state import state_values

DESK = {f"U{number:03}": f"Consultant {number}" for number in range(150)}
FORM = ClientForm(
    dict.fromkeys(TEXTS, "x" * 100)
    | {"org_size": "small", "lead": "U001", "deputy": "U002", "starts_on": "2027-01-04"}
    | {"carry": "roll_over", "at_zero": "block"},
    {"channels": ("C01", "C02"), "cios": ("U01",), "approvers": ("U01", "U03"), "deputies": ()},
)


def test_a_full_form_is_taken_and_reads_back_as_it_was_filled_in() -> None:
    view = check_view(client_view(FORM, DESK, 7))
    assert view["private_metadata"] == "7"
    assert read_before(view) == FORM
    view["state"] = {"values": state_values(view["blocks"], {})}
    assert read_typed(view) == FORM


def test_an_empty_form_says_nothing_is_chosen() -> None:
    view: dict[str, Any] = check_view(client_view(ClientForm(), {}, None))
    shown = read_before(view)
    assert {name for name, text in shown.texts.items() if text} == {"carry", "at_zero"}
    assert all(shown.lists[name] == () for name in LISTS)


@pytest.mark.parametrize(("count", "lists"), [(0, 0), (1, 1), (100, 1), (101, 2), (450, 5)])
def test_home_lists_every_client_in_lists_of_a_hundred(count: int, lists: int) -> None:
    home = check_view(home_of([(number, f"Client {number:03}") for number in range(count)]))
    row = next(block for block in home["blocks"] if block.get("block_id") == client_ids.ROW)
    selects = [each for each in row["elements"] if each["action_id"] == client_ids.CHANGE]
    assert len(selects) == bool(count)
    for select in selects:
        groups = select.get("option_groups") or [select]
        assert (len(groups), sum(len(each["options"]) for each in groups)) == (lists, count)


def home_of(clients: list[tuple[int, str]]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(rendered(clients_blocks(clients)))}


def test_what_is_left_to_do_is_said_once_it_is_stored() -> None:
    view = check_view(stored_view("Acme", ["C01"], is_new=True))
    assert "<#C01>" in str(view)
    assert "invite me" not in str(check_view(stored_view("Acme", [], is_new=False)))
