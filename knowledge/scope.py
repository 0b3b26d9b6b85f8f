"""Names of the collections: the shared methodology, and one scope for each client."""

import re

from knowledge.errors import KnowledgeError

METHODOLOGY = "methodology"

# Scopes become folder and Chroma collection names, so nothing else may pass (Chroma allows 3-512
# characters of [a-zA-Z0-9._-]; the version name is appended).
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_CLIENT = "client-"


def client_scope(client_key: str) -> str:
    """The scope of one client's own documents; raises KnowledgeError for a key that is no plain name."""
    if not _KEY.fullmatch(client_key):
        raise KnowledgeError(
            f"The client key {client_key!r} cannot name a collection: use 1 to 63 lower-case letters, "
            "digits, hyphens or underscores, beginning with a letter or digit."
        )
    return f"{_CLIENT}{client_key}"


def check_scope(scope: str) -> str:
    """Return `scope` unchanged when it names the methodology or a client; else raise KnowledgeError."""
    if scope == METHODOLOGY:
        return scope
    if scope.startswith(_CLIENT):
        return client_scope(scope.removeprefix(_CLIENT))
    raise KnowledgeError(
        f"The scope {scope!r} is unknown: use {METHODOLOGY!r} or the scope of a client (client_scope)."
    )


def rebuild_command(scope: str) -> str:
    """The command that builds a scope anew, for error texts."""
    if scope == METHODOLOGY:
        return "vcio ingest --full"
    return f"vcio ingest PATH --client {scope.removeprefix(_CLIENT)} --full"
