"""No minute holds more calls than it may, however they come."""

from bot.slack.budget import MINUTE, Budget


class Watch:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_no_minute_holds_more_than_it_may() -> None:
    watch = Watch()
    budget, taken = Budget(15, watch), []
    for _second in range(300):
        watch.now += 1
        taken += [watch.now] * sum(budget.take("T1") for _try in range(3))
    for start in taken:
        assert sum(start <= at < start + MINUTE for at in taken) <= 15
    assert len(taken) == 15 * 5


def test_workspaces_do_not_share_it() -> None:
    budget = Budget(1, Watch())
    assert budget.take("T1") and budget.take("T2")
    assert not budget.take("T1")


def test_what_does_not_fit_takes_nothing() -> None:
    budget = Budget(3, Watch())
    assert budget.take("T1", 2)
    assert not budget.take("T1", 2)
    assert budget.take("T1")


def test_a_closed_one_opens_again() -> None:
    watch = Watch()
    budget = Budget(5, watch)
    budget.close("T1", 10)
    assert not budget.take("T1")
    assert budget.take("T2")
    watch.now += 10
    assert budget.take("T1")
