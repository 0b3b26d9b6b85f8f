"""Short-lived permissions Slack hands to an app: trigger ids and response URLs."""

from __future__ import annotations

from dataclasses import dataclass

from emulator import limits
from emulator.clock import Clock
from emulator.failures import SlackError
from emulator.wire import new_secret


@dataclass
class Trigger:
    """Permission to open one view for one person; `team_id` is the install's it was handed to, None any's."""

    user_id: str
    app_id: str
    issued_at: float
    view_id: str | None
    team_id: str | None
    used: bool = False


@dataclass
class ResponseUrl:
    """Permission to answer an interaction a few times; `message_ts` is what the button stood on."""

    app_id: str
    user_id: str
    channel_id: str
    issued_at: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Grants:
    """Every trigger and response URL ever issued, so that a stale one is told from an invented one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def issue_trigger(
        self, user_id: str, app_id: str, view_id: str | None = None, *, team_id: str | None = None
    ) -> str:
        """A fresh trigger id."""
        now = self._clock.now()
        trigger_id = f"{int(now * 1000)}.{len(self._triggers) + 1}.{new_secret()}"
        self._triggers[trigger_id] = Trigger(user_id, app_id, now, view_id, team_id)
        return trigger_id

    def use_trigger(self, trigger_id: str, app_id: str, team_id: str) -> Trigger:
        """Redeem a trigger; raises invalid_, exchanged_ or expired_trigger_id."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.app_id != app_id or trigger.team_id not in (None, team_id):
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.issued_at > limits.TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def issue_response_url(
        self,
        *,
        app_id: str,
        user_id: str,
        channel_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The path of a fresh response URL."""
        secret = new_secret()
        now = self._clock.now()
        self._responses[secret] = ResponseUrl(app_id, user_id, channel_id, now, message_ts, thread_ts)
        return f"/actions/{app_id}/{secret}"

    def use_response_url(self, secret: str) -> ResponseUrl:
        """Redeem one use; raises invalid_url, expired_url or used_url."""
        grant = self._responses.get(secret)
        if grant is None:
            raise SlackError("invalid_url")
        if self._clock.now() - grant.issued_at > limits.RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        if grant.uses >= limits.RESPONSE_URL_USES:
            raise SlackError("used_url")
        grant.uses += 1
        return grant
