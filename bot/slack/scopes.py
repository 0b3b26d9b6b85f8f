"""The bot scopes the code needs; `manifest.yaml` asks for them too, as a test compares."""

NEEDED_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
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
