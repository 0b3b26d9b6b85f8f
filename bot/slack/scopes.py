"""The bot scopes the code needs or makes use of; `manifest.yaml` asks for them too, as a test compares."""

# What works without, less well: a consultant's message under their own name.
WISHED_SCOPES = frozenset({"chat:write.customize"})

NEEDED_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "mpim:history",
        "team:read",
        "users:read",
    }
)
