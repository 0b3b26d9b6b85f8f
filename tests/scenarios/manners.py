"""The manners of everything a scenario sent: read from the workspace when it ends, whatever was tested."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.slack import ids
from emulator.testing import LocalWorkspace

Json = dict[str, Any]
SHOWS = ("views.open", "views.push", "views.update", "views.publish")
FIRST_SCREEN_WORDS = 200
MOST_COLUMNS = 3
# Blocks a reader reads; what stands in the others are remarks, ways on and names of sources.
READ = frozenset({"rich_text", "table", "markdown", "header"})
# Words on a button that do not say what it does to somebody who hears it alone.
BARE = frozenset({"open", "change", "back", "more", "show more", "read", "see", "go", "yes", "no", "next"})
BROADCAST = re.compile(r"<!(?:channel|here|everyone|subteam)")
EMOJI_ONLY = re.compile(r"^\W*(?::[a-z0-9_+-]+:\W*)+$")


def faults(slack: LocalWorkspace) -> list[str]:
    """Return what is wrong with the messages and views sent so far, a line each; empty when all is well."""
    found = [f"{call.method} is not for lasting words" for call in slack.calls_of("chat.postEphemeral")]
    for place, message in _messages(slack):
        found += [f"{place}: {fault}" for fault in _message_faults(message)]
    for call in slack.calls:
        view = _read(call.args.get("view")) if call.method in SHOWS and call.error is None else None
        if isinstance(view, dict):
            found += [f"{call.method}: {fault}" for fault in _block_faults(view["blocks"])]
    return found


def _messages(slack: LocalWorkspace) -> Iterator[tuple[str, Json]]:
    """Yield everything of ours that stands in a conversation or was shown to one person."""
    for conversation in slack.runtime.workspace.conversations.values():
        for post in (*conversation.posts.values(), *conversation.ephemerals.values()):
            if post.owner_app == slack.definition.app.id:
                yield f"{conversation.name or conversation.id} {post.ts}", post.body


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value or []


def _message_faults(message: Json) -> Iterator[str]:
    blocks = message.get("blocks") or []
    if not _says_something(message):
        yield f"the notification says nothing: {message.get('text')!r}"
    if BROADCAST.search(json.dumps(message)):
        yield "it calls a whole channel"
    yield from _block_faults(blocks)
    if _is_answer(blocks) and (words := _words(blocks)) > FIRST_SCREEN_WORDS:
        yield f"its first screen has {words} words"


def _says_something(document: Json) -> bool:
    text = str(document.get("text") or "").strip()
    return len(text.split()) >= 3 and not EMOJI_ONLY.match(text)


def _block_faults(blocks: list[Json]) -> Iterator[str]:
    buttons = [node for node in _nodes(blocks) if node.get("type") == "button"]
    names = Counter(_text(button) for button in buttons)
    for button in buttons:
        name = _text(button)
        spoken = str(button.get("accessibility_label") or "")
        if not re.search(r"[A-Za-z]", name):
            yield f"a button is called {name!r}"
        if (names[name] > 1 or name.lower() in BARE) and not spoken:
            yield f"nothing tells what {name!r} does to somebody who hears it"
    for node in _nodes(blocks):
        match node.get("type"):
            case "image" if not str(node.get("alt_text") or "").strip():
                yield "an image has no words"
            case "table" if len(node["rows"][0]) > MOST_COLUMNS:
                yield f"a table has {len(node['rows'][0])} columns"
            case "mrkdwn" | "plain_text" if EMOJI_ONLY.match(str(node.get("text") or "")):
                yield f"only a picture says it: {node['text']!r}"


def _text(button: Json) -> str:
    return str((button.get("text") or {}).get("text") or "")


def _is_answer(blocks: list[Json]) -> bool:
    return any(block.get("block_id") == ids.FEEDBACK_BLOCK for block in blocks)


def _words(blocks: list[Json]) -> int:
    """Count the words of an answer's body: sections that carry no button, lists and tables."""
    body = [each for each in blocks if each["type"] in READ or _is_paragraph(each)]
    return sum(len(str(node["text"]).split()) for node in _nodes(body) if isinstance(node.get("text"), str))


def _is_paragraph(block: Json) -> bool:
    return block["type"] == "section" and "accessory" not in block


def _nodes(value: Any) -> Iterator[Json]:
    """Yield every JSON object inside, depth first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for child in value if isinstance(value, list) else ():
        yield from _nodes(child)
