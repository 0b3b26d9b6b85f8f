"""Installing the app in a team, and taking it or its token away again."""

from __future__ import annotations

from emulator.conversations import Conversation
from emulator.definition import AppDefinition, ChannelKind, Install, Person
from emulator.events import hears
from emulator.failures import PageError
from emulator.feed import Change
from emulator.payloads import event_envelope
from emulator.runtime import Runtime
from emulator.wire import Json, new_secret, stable_id


def install(runtime: Runtime, app_id: str, team_id: str, scopes: frozenset[str] | None = None) -> Install:
    """Install an app in a team with the scopes granted, all that it asks for by default.

    An install that is there keeps its token and gains the scopes. One that comes back has a new token and the
    bot it had, which nobody has invited anywhere yet.
    """
    if team_id not in runtime.workspace.teams:
        raise PageError("team_not_found")
    known = runtime.workspace.app(app_id).install_in(team_id)
    bot = _former_bot(runtime, app_id, team_id)
    fresh = Install(
        team_id=team_id,
        bot_token=known.bot_token if known else f"xoxb-local-{team_id.lower()}-{new_secret()}",
        bot_user_id=bot.id if bot else stable_id("U", app_id, team_id),
        bot_id=(bot.bot_id if bot else None) or stable_id("B", app_id, team_id),
        scopes=_together(known, scopes) if known else scopes,
    )
    runtime.workspace.set_install(app_id, fresh)
    runtime.feed.tell(Change.CONNECTIONS)
    return fresh


def _former_bot(runtime: Runtime, app_id: str, team_id: str) -> Person | None:
    people = runtime.workspace.people.values()
    return next((each for each in people if (each.app_id, each.team_id) == (app_id, team_id)), None)


def _together(known: Install, more: frozenset[str] | None) -> frozenset[str] | None:
    return None if known.scopes is None or more is None else known.scopes | more


def uninstall(runtime: Runtime, app_id: str, team_id: str, *, revoked_first: bool = False) -> None:
    """Remove an app from a team: its token is dead, its bot leaves the channels, and it is told.

    The app hears app_uninstalled and tokens_revoked, with `revoked_first` the other way round.
    """
    app, gone = _remove(runtime, app_id, team_id, answer="account_inactive")
    for conversation in runtime.workspace.conversations.values():
        _leave(conversation, gone)
    events = [{"type": "app_uninstalled"}, _tokens_revoked(gone)]
    for event in reversed(events) if revoked_first else events:
        _tell(runtime, app, gone, event)


def revoke(runtime: Runtime, app_id: str, team_id: str) -> None:
    """Take an app's token in a team away; its bot stays in the channels and is there when it comes back."""
    app, gone = _remove(runtime, app_id, team_id, answer="token_revoked")
    _tell(runtime, app, gone, _tokens_revoked(gone))


def _remove(runtime: Runtime, app_id: str, team_id: str, *, answer: str) -> tuple[AppDefinition, Install]:
    app = runtime.workspace.app(app_id)
    gone = app.install_in(team_id)
    if gone is None:
        raise PageError("app_not_installed")
    runtime.workspace.drop_install(app_id, team_id)
    runtime.dead_tokens[gone.bot_token] = answer
    runtime.feed.tell(Change.CONNECTIONS)
    return app, gone


def _leave(conversation: Conversation, gone: Install) -> None:
    # A direct message outlives its bot, as in Slack; it opens again with the next install.
    if conversation.kind is not ChannelKind.IM and gone.bot_user_id in conversation.members:
        conversation.members.remove(gone.bot_user_id)


def _tokens_revoked(gone: Install) -> Json:
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [gone.bot_user_id]}}


def _tell(runtime: Runtime, app: AppDefinition, gone: Install, event: Json) -> None:
    """Nothing is authorised any more, so these two events name no authorisation."""
    if not hears(app.granted(gone), str(event["type"])):
        return
    now = runtime.clock.now()
    envelope = event_envelope(app, gone, None, event | {"event_ts": runtime.workspace.next_ts()}, now)
    envelope["authorizations"] = []
    runtime.delivery(app.id).post_event(envelope)
