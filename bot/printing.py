"""Results for scripts, on standard output: one JSON value a line."""

import json
import sys

import click


def print_json(value: object) -> None:
    """Print a value as one line of JSON, escaped where standard output cannot hold its characters."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value)
    click.echo(text)
