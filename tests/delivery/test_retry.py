from datetime import timedelta

import pytest

from bot.delivery.retry import (
    LONGEST_DELAY,
    TRIES_WHEN_AWAY,
    TRIES_WHEN_BROKEN,
    TRIES_WHEN_REFUSED,
    delay_after,
)
from bot.errors import AdvisoryError, DeliveryError

AWAY = DeliveryError("no answer")
REFUSED = DeliveryError("refused", definite=True)


@pytest.mark.parametrize(
    ("attempts", "error", "expected"),
    [
        (1, AWAY, timedelta(seconds=1)),
        (4, AWAY, timedelta(seconds=8)),
        (20, AWAY, LONGEST_DELAY),
        (TRIES_WHEN_AWAY, AWAY, None),
        (1, TimeoutError(), timedelta(seconds=1)),
        (TRIES_WHEN_REFUSED - 1, REFUSED, timedelta(seconds=16)),
        (TRIES_WHEN_REFUSED, REFUSED, None),
        (1, DeliveryError("gone", permanent=True), None),
        (3, DeliveryError("slow down", retry_after=7.0, definite=True), timedelta(seconds=7)),
        (TRIES_WHEN_AWAY, DeliveryError("slow down", retry_after=7.0), None),
        (1, AdvisoryError("no"), None),
        (1, AdvisoryError("later", retryable=True), timedelta(seconds=1)),
        (1, ValueError("a bug"), timedelta(seconds=1)),
        (TRIES_WHEN_BROKEN, ValueError("a bug"), None),
    ],
)
def test_each_failure_is_tried_again_as_long_as_it_can_help(
    attempts: int, error: Exception, expected: timedelta | None
) -> None:
    assert delay_after(attempts, error) == expected
