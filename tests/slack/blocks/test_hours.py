"""Hours as blocks: pages of lines, what a line says, and forms that suggest and never book."""

from datetime import date
from typing import Any

import pytest

from bot.engagement.grants import Balance
from bot.engagement.ledger import Item, Statement
from bot.engagement.models import Ticket
from bot.engagement.retainer_models import AtZero, LineKind, Retainer
from bot.slack import hours_ids, hours_texts
from bot.slack.blocks import hours as blocks
from bot.slack.blocks.limits import check_message, check_view
from bot.workflows.log_time import Suggestion
from bot.workflows.read_balance import Hours
from tests.scenarios.desk import action_ids, shown

NOVEMBER = date(2026, 11, 1)


def balance(granted: int = 600, spent: int = 432, at_zero: AtZero = AtZero.WARN) -> Balance:
    return Balance(NOVEMBER, granted, 0, spent, Retainer(minutes=granted, at_zero=at_zero))


def spent(number: int, **more: Any) -> Item:
    return Item(
        **{
            "kind": LineKind.SPENT, "minutes": -15, "on": date(2026, 11, 3), "name": "Dev", "worked": 15,
            "reference": f"VC-{1000 + number}", **more,
        }
    )  # fmt: skip


def page(lines: int, number: int) -> dict[str, Any]:
    items = tuple(spent(each) for each in range(lines))
    statement = Statement(NOVEMBER, balance(), items, (), ())
    return check_view(blocks.lines_view(Hours(7, "Acme", NOVEMBER, balance()), statement, number))


def test_lines_are_turned_by_pages_none_of_which_is_left_out() -> None:
    seen = [shown(page(45, number)) for number in range(3)]
    for number in range(45):
        assert sum(f"VC-{1000 + number} " in each for each in seen) == 1
    assert ["Page 1 of 3" in seen[0], "Page 3 of 3" in seen[2]] == [True, True]
    assert action_ids(page(45, 1)) == [hours_ids.lines_action(each) for each in ("before", "next", "month")]
    assert action_ids(page(45, 99)) == action_ids(page(45, 2))
    assert hours_texts.NO_LINES in shown(page(0, 0))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (spent(1, note="The plan"), "−15 min · 3 Nov · VC-1001 · Dev · The plan"),
        (spent(1, worked=10), "−15 min · 3 Nov · VC-1001 · Dev · 10 min worked"),
        (spent(1, minutes=0), "0 min · 3 Nov · VC-1001 · Dev · 15 min worked, not charged"),
        (spent(1, reference=None, private=True), f"−15 min · 3 Nov · {hours_texts.PRIVATE_LINE} · Dev"),
        (
            Item(LineKind.SPENT, 0, worked=90, confidential=True),
            f"0 min · {hours_texts.CONFIDENTIAL_LINE} · 1 h 30 min worked, not charged",
        ),
        (Item(LineKind.GRANTED, 600), "10 h 0 min · Agreed for the month"),
    ],
)
def test_a_line_says_what_may_be_said(item: Item, words: str) -> None:
    assert blocks.line_words(item) == words


@pytest.mark.parametrize(
    ("balance", "says"),
    [
        (None, "agreed to none"),
        (balance(), "2.8 h of 10 h are left in November 2026"),
        (balance(spent=600), "are used up."),
        (balance(spent=600, at_zero=AtZero.BLOCK), "more waits for consent"),
        (balance(spent=690), "1.5 h beyond the hours of November 2026"),
    ],
)
def test_after_logging_it_is_said_how_the_month_stands(balance: Balance | None, says: str) -> None:
    assert says in hours_texts.after("Acme", balance)


def test_a_suggestion_stands_in_the_form_for_time_and_is_only_said_beside_a_resolution() -> None:
    ticket = Ticket(id=42)
    view = check_view(blocks.log_view(Suggestion(ticket, 35, NOVEMBER), "C1"))
    (field,) = [each for each in view["blocks"] if each.get("block_id") == hours_ids.TIME_BLOCK]
    assert field["element"]["initial_value"] == "35m"
    beside = blocks.time_field(optional=True, suggested=35).to_dict()
    assert "initial_value" not in beside["element"]
    assert "35 min" in beside["hint"]["text"]


def test_several_balances_are_a_line_each_and_one_has_its_lines_behind_a_button() -> None:
    many = check_message(
        blocks.balance_message([Hours(n, "A" * 200, NOVEMBER, balance()) for n in range(20)])
    )
    one = check_message(blocks.balance_message([Hours(1, "Acme", NOVEMBER, None)]))
    assert hours_ids.lines_action() in action_ids({"blocks": list(one.blocks)})
    assert hours_ids.lines_action() not in action_ids({"blocks": list(many.blocks)})


@pytest.mark.parametrize(
    "value", ["", "1", "1:2026-11", "x:2026-11:0", "1:2026-13:0", "1:2026-11:-1", "1:2026-11:99999"]
)
def test_a_value_that_is_not_ours_is_none(value: str) -> None:
    assert hours_ids.read_lines_value(value) is None
    assert hours_ids.read_lines_value(hours_ids.lines_value(1, NOVEMBER, 2)) == (1, NOVEMBER, 2)
