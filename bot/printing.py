"""Results for scripts, on standard output: one JSON value a line."""

import json
import sys

import click

# JSON may hold them as they are, but programs that read lines take them for line ends.
LINE_ENDS = str.maketrans({character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"})


def print_json(value: object) -> None:
    """Print a value as one line of JSON, escaped where standard output cannot hold its characters."""
    text = json.dumps(value, ensure_ascii=False).translate(LINE_ENDS)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value)
    click.echo(text)
