"""What stands below a card of a step of work says who took it, also where no name may be said."""

import pytest

from bot.slack.work_desk_texts import happened


@pytest.mark.parametrize(
    ("what", "values", "says"),
    [
        ("work_status", {}, "Its consultant posted a status of EN-1001 for the client."),
        (
            "work_status",
            {"name": "Dev", "text": "Half."},
            "Dev posted a status of EN-1001 for the client: Half.",
        ),
        ("work_result", {}, "Its consultant completed EN-1001; the client is asked to accept it."),
        ("accepted", {}, "The client accepted the proposal for EN-1001."),
    ],
)
def test_a_step_is_told_with_and_without_a_name(what: str, values: dict[str, object], says: str) -> None:
    assert happened(what, "EN-1001", values) == says


def test_who_cannot_be_written_to_is_called_who_asked_where_no_name_may_be_said() -> None:
    assert happened("unreached:work_proposal", "EN-1001", {}).startswith(
        "I cannot write privately to whoever asked, who decides on EN-1001."
    )
