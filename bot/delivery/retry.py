"""When to try a failed piece of work again: a pure decision."""

from datetime import timedelta

from bot.errors import AdvisoryError, DeliveryError

FIRST_DELAY = timedelta(seconds=1)
LONGEST_DELAY = timedelta(minutes=5)
# A receiver that answers no keeps answering no; one that is away may be away for an hour.
TRIES_WHEN_REFUSED = 6
TRIES_WHEN_AWAY = 25
TRIES_WHEN_BROKEN = 4


def delay_after(attempts: int, error: BaseException) -> timedelta | None:
    """Return how long to wait before the next try, or None to park the work.

    `attempts` counts the tries made so far, the failed one included.
    """
    match error:
        case DeliveryError(permanent=True):
            return None
        case DeliveryError(retry_after=float()):
            return timedelta(seconds=error.retry_after or 0) if attempts < TRIES_WHEN_AWAY else None
        case DeliveryError(definite=False) | TimeoutError() | ConnectionError():
            limit = TRIES_WHEN_AWAY
        case DeliveryError():
            limit = TRIES_WHEN_REFUSED
        case AdvisoryError(retryable=True):
            limit = TRIES_WHEN_REFUSED
        case AdvisoryError():
            return None
        case _:
            limit = TRIES_WHEN_BROKEN
    if attempts >= limit:
        return None
    return min(FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)
