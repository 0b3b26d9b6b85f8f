"""The vocabulary in which Block Kit's blocks and elements are described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Surface(StrEnum):
    """Where blocks can stand."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


class Kind(StrEnum):
    """What a field holds; `low` and `high` of a field count characters, items or the value itself."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    ANY = "any"
    PLAIN = "plain_text object"
    MARKED = "mrkdwn object"
    TEXT = "plain_text or mrkdwn object"
    TEXTS = "list of text objects"
    LIST = "list"
    ELEMENT = "one element"
    ELEMENTS = "list of elements"
    BLOCKS = "list of blocks"
    OPTION = "option"
    OPTIONS = "list of options"
    GROUPS = "list of option groups"
    CONFIRM = "confirmation dialogue"


@dataclass(frozen=True)
class Field:
    """One property of a block or element; `item_high` limits each text of a list."""

    kind: Kind
    low: int | None = None
    high: int | None = None
    required: bool = False
    item_high: int | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A block or element: its fields, where it may stand and which of its fields need each other."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    surfaces: tuple[Surface, ...] = tuple(Surface)
    any_of: tuple[str, ...] = ()
    exactly_one_of: tuple[str, ...] = ()


def string(high: int | None = None, *, low: int | None = None, required: bool = False) -> Field:
    """A string of `low` to `high` characters."""
    return Field(Kind.STRING, low, high, required)


def plain(high: int | None = None, *, low: int | None = None, required: bool = False) -> Field:
    """A plain_text object."""
    return Field(Kind.PLAIN, low, high, required)


def text(high: int | None = None, *, low: int | None = None, required: bool = False) -> Field:
    """A plain_text or mrkdwn object."""
    return Field(Kind.TEXT, low, high, required)


def marked(high: int | None = None, *, required: bool = False) -> Field:
    """A mrkdwn object."""
    return Field(Kind.MARKED, None, high, required)


def choice(*allowed: str, required: bool = False) -> Field:
    """One of a few words."""
    return Field(Kind.STRING, None, None, required, None, allowed)


def integer(low: int | None = None, high: int | None = None) -> Field:
    """A whole number between `low` and `high`."""
    return Field(Kind.INTEGER, low, high)


def flag(*, required: bool = False) -> Field:
    """True or false."""
    return Field(Kind.BOOLEAN, required=required)


def anything(*, required: bool = False) -> Field:
    """A value the emulator does not look into."""
    return Field(Kind.ANY, required=required)


def items(low: int | None, high: int | None, *, required: bool = False) -> Field:
    """A list the emulator only counts."""
    return Field(Kind.LIST, low, high, required)


def elements(low: int, high: int | None, allowed: tuple[str, ...], *, required: bool = True) -> Field:
    """A list of elements of the allowed types."""
    return Field(Kind.ELEMENTS, low, high, required, None, allowed)


def element(allowed: tuple[str, ...], *, required: bool = False) -> Field:
    """One element of the allowed types."""
    return Field(Kind.ELEMENT, required=required, allowed=allowed)
