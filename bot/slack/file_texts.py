"""Every sentence about templates and tables as files, as plain words; the builders escape them."""

from collections.abc import Mapping

from bot.answering.handouts import FileKind

BUTTONS: Mapping[FileKind, str] = {FileKind.WORD: "Get as a file", FileKind.CSV: "Spreadsheet (CSV)"}
_SPOKEN: Mapping[FileKind, str] = {FileKind.WORD: "Word document", FileKind.CSV: "spreadsheet"}

ON_ITS_WAY = "The file arrives in our direct messages, under Messages."
UNREACHABLE = (
    "I cannot send you a file: Slack lets me write only in channels here. The text stands here, to "
    "read or copy."
)
NO_FILES = (
    "I may not send files in this workspace yet. An admin can allow it by installing me again. Until then "
    "the text stands where you pressed, to read or copy."
)
NOT_TAKEN = (
    "Slack did not take the file in this workspace. The text stands where you pressed, to read or copy."
)
GONE = (
    "The file you asked for is no longer there: the text has been revised meanwhile. Please look it up again "
    "and press once more."
)
FAILED = (
    "I am sorry, something on our side kept me from sending you the file. The text stands where you "
    "pressed, to read or copy."
)


def spoken(kind: FileKind, name: str) -> str:
    """Return what a screen reader says for the button that gives a section as a file."""
    return f"Send me a {_SPOKEN[kind]}: {name}"


def comment(title: str, article: str) -> str:
    """Return the line above a file that is sent."""
    return f"Here is “{title}” from “{article}”, as you asked."
