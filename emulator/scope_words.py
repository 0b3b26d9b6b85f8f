"""The scopes an app may ask for, in the words that the authorise page shows."""

from __future__ import annotations

from collections.abc import Mapping

_KINDS = {
    "channels": "public channels",
    "groups": "private channels it was added to",
    "im": "direct messages with it",
    "mpim": "group direct messages with it",
}
_BY_KIND = {
    "read": "See basic information about {}",
    "history": "Read messages in {}",
    "write": "Start and manage {}",
}
SCOPE_WORDS: Mapping[str, str] = {
    "app_mentions:read": "See messages that mention it by name",
    "assistant:write": "Act as an assistant in direct messages",
    "bookmarks:read": "See the bookmarks of channels",
    "bookmarks:write": "Add bookmarks to channels",
    "canvases:write": "Write canvases",
    "channels:join": "Join public channels",
    "channels:manage": "Make and manage public channels",
    "chat:write": "Send messages as itself",
    "chat:write.customize": "Send messages under another name and picture",
    "chat:write.public": "Send messages to public channels it is not in",
    "commands": "Add slash commands and shortcuts",
    "dnd:read": "See when people do not want to be disturbed",
    "emoji:read": "See the workspace’s own emoji",
    "files:read": "See files in conversations it is in",
    "files:write": "Add, change and delete files",
    "links:read": "See links to its own pages",
    "links:write": "Show previews of links",
    "metadata.message:read": "Read the metadata of messages",
    "pins:read": "See pinned messages",
    "pins:write": "Pin messages",
    "reactions:read": "See emoji reactions",
    "reactions:write": "React with emoji",
    "team:read": "See the workspace’s name and address",
    "usergroups:read": "See user groups",
    "users.profile:read": "See people’s profiles",
    "users:read": "See the people of the workspace",
    "users:read.email": "See people’s email addresses",
    **{
        f"{kind}:{right}": words.format(noun)
        for kind, noun in _KINDS.items()
        for right, words in _BY_KIND.items()
    },
}
