"""The authorise page of OAuth: who installs what where, with which rights."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from aiohttp import web

from emulator.definition import Person
from emulator.failures import SlackError
from emulator.oauth import Asking, issue_code, read_asking, return_address
from emulator.runtime import Runtime
from emulator.scope_words import SCOPE_WORDS

AUTHORIZE_PATH = "/oauth/v2/authorize"
_ASKED = ("client_id", "scope", "state", "redirect_uri")
_REASONS = {
    "invalid_client_id": "No app here has this client id.",
    "bad_redirect_uri": "The app did not register this redirect URL.",
    "no_scopes": "The app asks for no scopes, so there is nothing to allow.",
    "invalid_scope": "The app asks for scopes that do not exist.",
    "user_not_found": "Choose a full member of a workspace, not a guest.",
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1d1c1d}"
    "h1{font-size:1.5rem}select,button{font:inherit;padding:.5rem .75rem;margin:.25rem .5rem .25rem 0;"
    "min-height:2.75rem}button[value=allow]{background:#007a5a;color:#fff;border:0;border-radius:4px}"
)


class OAuthPages:
    """Shows the authorise page and acts on Allow and Cancel."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def routes(self) -> list[web.RouteDef]:
        """The page and its form."""
        return [web.get(AUTHORIZE_PATH, self.show), web.post(AUTHORIZE_PATH, self.decide)]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page, or what is wrong with the request."""
        try:
            asking = read_asking(self.runtime, request.query)
        except SlackError as refusal:
            return _refused(refusal)
        return _page(
            f"Allow {asking.app.name}?",
            _form(self.runtime, asking, request.query),
        )

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Go back to the app with a code, or with access_denied."""
        values = {name: str(value) for name, value in (await request.post()).items()}
        try:
            asking = read_asking(self.runtime, values)
            answer = self._answer(asking, values)
        except SlackError as refusal:
            return _refused(refusal)
        return web.HTTPFound(return_address(asking.returns_to, **answer, state=asking.state))

    def _answer(self, asking: Asking, values: Mapping[str, str]) -> dict[str, str]:
        if values.get("decision") != "allow":
            return {"error": "access_denied"}
        person = self.runtime.workspace.people.get(values.get("person", ""))
        if person is None or not _may_install(person):
            raise SlackError("user_not_found")
        return {"code": issue_code(self.runtime, asking, person)}


def _may_install(person: Person) -> bool:
    return not person.is_bot and not person.is_guest


def _form(runtime: Runtime, asking: Asking, values: Mapping[str, str]) -> str:
    name = escape(asking.app.name)
    hidden = "".join(
        f'<input type="hidden" name="{each}" value="{escape(values.get(each, ""))}">' for each in _ASKED
    )
    rights = "".join(f"<li>{escape(SCOPE_WORDS[each])}</li>" for each in sorted(asking.scopes))
    return (
        f"<h1>{name} asks for access to a workspace</h1>"
        f'<form method="post" action="{AUTHORIZE_PATH}">{hidden}'
        f'<p><label for="person">Workspace, and who you are there</label><br>'
        f'<select id="person" name="person">{_choices(runtime, values.get("team", ""))}</select></p>'
        f"<h2>What {name} will be able to do</h2><ul>{rights}</ul>"
        '<p><button name="decision" value="cancel">Cancel</button>'
        '<button name="decision" value="allow">Allow</button></p></form>'
    )


def _choices(runtime: Runtime, team_id: str) -> str:
    """People by workspace; `team_id` is the workspace the link already names, if any."""
    groups = []
    for team in runtime.workspace.teams.values():
        people = [
            f'<option value="{escape(each.id)}">{escape(each.real_name)}</option>'
            for each in runtime.workspace.people.values()
            if each.team_id == team.id and _may_install(each)
        ]
        if team_id in ("", team.id):
            groups.append(f'<optgroup label="{escape(team.name)}">{"".join(people)}</optgroup>')
    return "".join(groups)


def _refused(refusal: SlackError) -> web.Response:
    reason = _REASONS.get(refusal.code, "Slack could not go on.")
    named = ", ".join(refusal.messages)
    body = (
        f"<h1>This app cannot be installed</h1><p>{escape(reason)}</p>"
        f"<p>Tell its makers: <code>{escape(refusal.code)}</code> {escape(named)}</p>"
    )
    return _page("This app cannot be installed", body, status=400)


def _page(title: str, body: str, status: int = 200) -> web.Response:
    document = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
    return web.Response(text=document, content_type="text/html", status=status)
