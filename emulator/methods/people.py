"""auth.test, team.info, bots.info and users.*."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from emulator.conversations import Conversation
from emulator.definition import Person
from emulator.failures import SlackError
from emulator.limits import USERS_CONVERSATIONS_LIMIT, Tier
from emulator.methods.channel_documents import channel_document, read_types
from emulator.methods.pages import page_of
from emulator.methods.registry import Call, method
from emulator.wire import Json


@method("auth.test", Tier.SPECIAL)
def test_auth(call: Call) -> Json:
    """Who the token belongs to."""
    team = call.runtime.workspace.teams[call.install.team_id]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": call.bot.name,
        "team_id": team.id,
        "user_id": call.bot.id,
        "bot_id": call.install.bot_id,
        "is_enterprise_install": False,
    }


@method("team.info", Tier.T3, scopes=("team:read",))
def show_team(call: Call) -> Json:
    """The team of the token, or another one that shares a channel with it."""
    team = call.runtime.workspace.teams.get(call.arguments.text("team") or call.install.team_id)
    if team is None or not call.runtime.workspace.is_connected(call.install.team_id, team.id):
        raise SlackError("team_not_found")
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "icon": {}}}


@method("bots.info", Tier.T3, scopes=("users:read",))
def show_bot(call: Call) -> Json:
    """A bot by its bot id."""
    bot_id = call.arguments.text("bot") or call.install.bot_id
    for person in call.runtime.workspace.people.values():
        if person.bot_id == bot_id:
            names = {"id": bot_id, "name": person.real_name, "app_id": person.app_id, "user_id": person.id}
            return {"bot": names | {"deleted": False, "updated": 0, "icons": {}}}
    raise SlackError("bot_not_found")


@method("users.info", Tier.T4, scopes=("users:read",), required=("user",))
def show_user(call: Call) -> Json:
    """A person of the own team, or of another team met in a shared channel."""
    person = call.runtime.workspace.people.get(call.arguments.need("user"))
    if person is None:
        raise SlackError("user_not_found")
    if not call.runtime.workspace.is_connected(call.install.team_id, person.team_id):
        raise SlackError("user_not_visible")
    return {"user": user_document(call, person)}


@method("users.list", Tier.T2, scopes=("users:read",))
def list_users(call: Call) -> Json:
    """Everybody in the own team."""
    people = [
        person for person in call.runtime.workspace.people.values() if person.team_id == call.install.team_id
    ]
    members, cursor = page_of(call, [user_document(call, person) for person in people], 1000, 1000)
    return {"members": members, "cache_ts": int(call.runtime.clock.now()), **cursor}


@method("users.conversations", Tier.T3)
def list_conversations_of_user(call: Call) -> Json:
    """Conversations of the bot, or those of a person that the bot can see."""
    wanted = read_types(call)
    user_id = call.arguments.text("user") or call.bot.id
    if user_id not in call.runtime.workspace.people:
        raise SlackError("user_not_found")
    found = [
        channel_document(call, each)
        for each in call.runtime.workspace.conversations_of(user_id)
        if each.kind in wanted and _is_shown(call, each)
    ]
    channels, cursor = page_of(call, found, 100, USERS_CONVERSATIONS_LIMIT)
    return {"channels": channels, **cursor}


def _is_shown(call: Call, conversation: Conversation) -> bool:
    return call.runtime.workspace.can_see(call.bot.id, conversation)


def user_document(call: Call, person: Person) -> Json:
    """The person as users.info shows them to this install."""
    is_foreign = person.team_id != call.install.team_id
    shares = call.runtime.workspace.shares_channel(call.install.team_id, person.id)
    moment = datetime.now(ZoneInfo(person.timezone))
    offset = moment.utcoffset()
    profile: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "display_name": person.name,
        "first_name": person.real_name.split(" ")[0],
        "last_name": person.real_name.partition(" ")[2],
        "team": person.team_id,
    }
    if "users:read.email" in call.app.scopes and not person.is_bot and not is_foreign:
        domain = call.runtime.workspace.teams[person.team_id].domain
        profile["email"] = f"{person.name}@{domain}.example"
    if person.is_bot:
        profile |= {"api_app_id": person.app_id, "bot_id": person.bot_id}
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.id in call.runtime.workspace.inactive,
        "tz": person.timezone,
        "tz_label": moment.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": is_foreign and not shares,
        "updated": 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
    }
