"""What people say that is no question of theirs: it is neither listed on Home nor counted in a pack."""

from bot.answering.types import Reason

SMALL_TALK = (
    Reason.GREETING,
    Reason.THANKS,
    Reason.EMPTY,
    Reason.SIZE_STATED,
    Reason.CAPABILITIES,
    Reason.UNHELPFUL,
)
