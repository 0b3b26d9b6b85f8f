"""Bytes of a file as text, or the reason why not."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UnreadableError(Exception):
    """A file that cannot be used; the text is the reason shown in the report."""


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1252 text with line ends made plain; raises UnreadableError."""
    if not data.strip():
        raise UnreadableError("empty")
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "cp1252"]
    for name in encodings:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _looks_like_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    raise UnreadableError("not text in UTF-8 or another encoding we know")


def _looks_like_text(text: str) -> bool:
    """Binary data that happens to decode is full of control characters."""
    odd = sum(1 for char in text if ord(char) < 32 and char not in "\n\r\t\f")
    return odd <= len(text) // 200
