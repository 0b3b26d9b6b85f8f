"""What may stand in the body of a request from Slack: JSON of an event, or a form of a press or command."""

import json
from typing import Any
from urllib.parse import parse_qs

JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
# Far more fields than Slack sends, far fewer than would take long to read.
MAX_FIELDS = 200
EVENT, VERIFICATION, LIMITED = "event_callback", "url_verification", "app_rate_limited"
Json = dict[str, Any]
# Where Bolt and the intake look for ids, and what they take for granted there.
OBJECTS_OR_TEXTS = ("team", "user", "channel", "enterprise")
TEXTS = ("type", "team_id", "user_id", "channel_id", "enterprise_id", "event_id", "api_app_id", "challenge")
OBJECTS = ("event", "view", "message", "container")


class UnreadableError(ValueError):
    """The body is not what Slack sends."""


def read_body(body: bytes, content_type: str) -> Json:
    """Return the document of a body; raises UnreadableError.

    The document of a form is its `payload`, or the form itself for a command.
    """
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        document = _parse(text, kind)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(type(error).__name__) from error
    _check(document)
    return document


def is_event(document: Json) -> bool:
    """Whether it is an event, which has an id of its own."""
    return document.get("type") == EVENT


def kind_of(document: Json) -> str:
    """What kind of request it is, of a fixed list, fit for a metric."""
    kind = document.get("type")
    if kind is None:
        return "command" if "command" in document else "ssl_check"
    known = {EVENT: "event", VERIFICATION: "url_verification", LIMITED: "event"}
    return known.get(kind, "interaction")


def _parse(text: str, kind: str) -> Json:
    if kind == JSON_TYPE:
        return _object(text)
    if kind != FORM_TYPE:
        raise UnreadableError(f"content type {kind!r}")
    if text.startswith("{"):
        # Bolt would read it as JSON, whatever its type says.
        raise UnreadableError("JSON in a form")
    form = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    if any(len(values) > 1 for values in form.values()):
        raise UnreadableError("a field twice")
    fields: Json = {name: values[0] for name, values in form.items()}
    if "payload" in fields:
        return _object(fields["payload"])
    if "command" not in fields and fields.get("ssl_check") != "1":
        raise UnreadableError("neither payload nor command")
    return fields


def _object(text: str) -> Json:
    document = json.loads(text)
    if not isinstance(document, dict):
        raise UnreadableError("not an object")
    if not isinstance(document.get("type"), str):
        raise UnreadableError("no type")
    return document


def _check(document: Json) -> None:
    """Refuse shapes that nobody after this could read."""
    if document.get("type") == EVENT:
        _check_event(document)
    for name in TEXTS:
        _expect(document, name, str)
    for name in OBJECTS_OR_TEXTS:
        _expect(document, name, str, dict)
    for name in OBJECTS:
        _expect(document, name, dict)
    listed = document.get("authorizations") or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise UnreadableError("authorizations")


def _check_event(document: Json) -> None:
    event = document.get("event")
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise UnreadableError("no event")
    if not document.get("event_id") or not document.get("team_id"):
        raise UnreadableError("no id")


def _expect(document: Json, name: str, *kinds: type) -> None:
    value = document.get(name)
    if value is not None and not isinstance(value, kinds):
        raise UnreadableError(name)
