"""Ways to spoil a good article, one at a time, so that each lint rule can be seen to fail."""

import re
from pathlib import Path
from typing import Any

import yaml

from tests.methodology.article import METHODOLOGY, Article, parse

SAMPLE = METHODOLOGY / "sourcing-vendors-and-finance" / "vendor-selection.md"
SMALL = "If you are a small organisation"


def good_text() -> str:
    """A whole article that keeps every rule, as text to be spoilt."""
    return SAMPLE.read_text("utf-8")


def as_article(text: str, path: Path = SAMPLE) -> Article:
    """Read spoilt text as if it lay in the good article's place."""
    return parse(text, path)


def with_front(text: str, **changes: Any) -> str:
    """Change front matter fields; None takes a field away."""
    head, body = text[4:].split("\n---\n", 1)
    front = {**yaml.safe_load(head), **changes}
    kept = {name: value for name, value in front.items() if value is not None}
    return f"---\n{yaml.safe_dump(kept, allow_unicode=True)}---\n{body}"


def with_section(text: str, start: str, body: str) -> str:
    """Replace the body of the section whose heading begins so."""
    return replaced(
        text, rf"(^#{{2,3}} {re.escape(start)}[^\n]*\n)((?:(?!^#{{2,3}} )[^\n]*\n)*)", rf"\g<1>\n{body}\n\n"
    )


def with_more(text: str, start: str, addition: str) -> str:
    """Append a paragraph to the section whose heading begins so."""
    pattern = rf"(^#{{2,3}} {re.escape(start)}[^\n]*\n(?:(?!^#{{2,3}} )[^\n]*\n)*)"
    return replaced(text, pattern, rf"\g<1>\n{addition}\n\n")


def with_heading(text: str, start: str, heading: str) -> str:
    """Rename the heading that begins so, its level kept."""
    return replaced(text, rf"^(#{{2,3}}) {re.escape(start)}[^\n]*$", rf"\g<1> {heading}")


def replaced(text: str, pattern: str, replacement: str) -> str:
    """Replace once, and complain when the sample holds nothing to replace."""
    changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
    if not count:
        raise LookupError(f"the sample article has nothing like {pattern!r}: mend the spoiling case")
    return changed


def words(count: int) -> str:
    """A sentence of so many words that names a subject and means nothing."""
    return "Selection " + " ".join(["word"] * (count - 1)) + "."
