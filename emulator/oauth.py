"""OAuth v2: what an authorise request may ask, the code it ends with, and the token the code is worth."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from emulator import limits, tenancy
from emulator.definition import AppDefinition, Person
from emulator.failures import SlackError
from emulator.runtime import Code, Runtime
from emulator.scope_words import SCOPE_WORDS
from emulator.wire import Json, new_secret


@dataclass(frozen=True)
class Asking:
    """A checked authorise request; `redirect_uri` is None when it relied on the registered one."""

    app: AppDefinition
    scopes: frozenset[str]
    state: str
    redirect_uri: str | None

    @property
    def returns_to(self) -> str:
        """Where the browser goes afterwards."""
        return self.redirect_uri or self.app.redirect_urls[0]


def read_asking(runtime: Runtime, values: Mapping[str, str]) -> Asking:
    """Check an authorise request; raises invalid_client_id, bad_redirect_uri, no_scopes or invalid_scope."""
    app = _app_of(runtime, values.get("client_id", ""))
    redirect_uri = values.get("redirect_uri") or None
    if not _may_return(app, redirect_uri):
        raise SlackError("bad_redirect_uri")
    scopes = _names(values.get("scope", ""))
    if not scopes and not values.get("user_scope"):
        raise SlackError("no_scopes")
    if values.get("user_scope") or not scopes <= SCOPE_WORDS.keys():
        unknown = sorted((scopes - SCOPE_WORDS.keys()) | _names(values.get("user_scope", "")))
        raise SlackError("invalid_scope", messages=unknown)
    return Asking(app, scopes, values.get("state", ""), redirect_uri)


def _app_of(runtime: Runtime, client_id: str) -> AppDefinition:
    for app in runtime.apps():
        if app.client_id and app.client_id == client_id:
            return app
    raise SlackError("invalid_client_id")


def _names(listed: str) -> frozenset[str]:
    return frozenset(name for name in listed.replace(" ", ",").split(",") if name)


def _may_return(app: AppDefinition, redirect_uri: str | None) -> bool:
    """A registered URL, or one below it on the same host and port."""
    if redirect_uri is None:
        return bool(app.redirect_urls)
    given = urlsplit(redirect_uri)
    for registered in map(urlsplit, app.redirect_urls):
        is_same_host = (given.scheme, given.netloc) == (registered.scheme, registered.netloc)
        path = registered.path.rstrip("/")
        if is_same_host and (given.path == registered.path or given.path.startswith(f"{path}/")):
            return ".." not in given.path.split("/")
    return False


def issue_code(runtime: Runtime, asking: Asking, person: Person) -> str:
    """A code for what the person allowed."""
    code = f"{int(runtime.clock.now())}.{new_secret()}"
    runtime.codes[code] = Code(
        app_id=asking.app.id,
        team_id=person.team_id,
        user_id=person.id,
        scopes=asking.scopes,
        redirect_uri=asking.redirect_uri,
        issued_at=runtime.clock.now(),
    )
    return code


def admin_address(runtime: Runtime, app_id: str, person: Person) -> str:
    """Where an install from Slack's own pages returns to: the first registered URL, with no state."""
    app = runtime.workspace.app(app_id)
    if not app.redirect_urls:
        raise SlackError("bad_redirect_uri")
    code = issue_code(runtime, Asking(app, app.scopes, "", None), person)
    return return_address(app.redirect_urls[0], code=code)


def return_address(url: str, **answer: str) -> str:
    """The redirect URL with the answer added to its query."""
    parts = urlsplit(url)
    return parts._replace(query=urlencode([*parse_qsl(parts.query), *answer.items()])).geturl()


def exchange_code(runtime: Runtime, values: Json, authorization: str) -> Json:
    """oauth.v2.access: install the app and answer with its token.

    Raises invalid_client_id, bad_client_secret, invalid_code, code_already_used or bad_redirect_uri.
    """
    app = check_client(runtime, values, authorization)
    code = runtime.codes.get(str(values.get("code") or ""))
    if code is None or code.app_id != app.id:
        raise SlackError("invalid_code")
    if code.used:
        raise SlackError("code_already_used")
    if runtime.clock.now() - code.issued_at > limits.OAUTH_CODE_SECONDS:
        raise SlackError("invalid_code")
    if (values.get("redirect_uri") or None) != code.redirect_uri:
        raise SlackError("bad_redirect_uri")
    code.used = True
    return _granted(runtime, app, code)


def check_client(runtime: Runtime, values: Json, authorization: str = "") -> AppDefinition:
    """The app whose client id and secret came by form or HTTP Basic; raises as `exchange_code` does."""
    client_id, secret = _credentials(values, authorization)
    app = _app_of(runtime, client_id)
    if not hmac.compare_digest(app.client_secret.encode(), secret.encode()):
        raise SlackError("bad_client_secret")
    return app


def _credentials(values: Json, authorization: str) -> tuple[str, str]:
    kind, _, encoded = authorization.partition(" ")
    if kind.lower() != "basic":
        return str(values.get("client_id") or ""), str(values.get("client_secret") or "")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as broken:
        raise SlackError("invalid_client_id") from broken
    return client_id, secret


def _granted(runtime: Runtime, app: AppDefinition, code: Code) -> Json:
    made = tenancy.install(runtime, app.id, code.team_id, code.scopes)
    team = runtime.workspace.teams[code.team_id]
    scopes = app.scopes if made.scopes is None else made.scopes
    return {
        "app_id": app.id,
        "authed_user": {"id": code.user_id},
        "scope": ",".join(sorted(scopes)),
        "token_type": "bot",
        "access_token": made.bot_token,
        "bot_user_id": made.bot_user_id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
