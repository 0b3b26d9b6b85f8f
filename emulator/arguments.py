"""Arguments of a Web API call, whether they came as a form, as JSON or in the query."""

from __future__ import annotations

import json
from typing import Any

from emulator.failures import SlackError
from emulator.wire import Json


class Arguments:
    """Typed access to what the caller sent; a form carries documents as JSON text."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def has(self, name: str) -> bool:
        """Whether the argument was sent with any value."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        """The argument as text, None when absent."""
        value = self.values.get(name)
        return None if value is None else value if isinstance(value, str) else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """The argument as text; raises SlackError(error) when it is absent or empty."""
        value = self.text(name)
        if not value:
            raise SlackError(error, messages=[f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """The argument as a boolean (`true`, `1` and True are true)."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int, low: int, high: int, error: str = "invalid_limit") -> int:
        """The argument as a whole number within bounds."""
        value = self.text(name)
        if value is None or value == "":
            return default
        if not value.lstrip("-").isdigit() or not low <= int(value) <= high:
            raise SlackError(error)
        return int(value)

    def document(self, name: str, error: str = "invalid_arguments") -> Any:
        """The argument as JSON, decoded from text when need be; None when absent or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError as broken:
            raise SlackError(error, messages=[f"[ERROR] {name} is not JSON: {broken}"]) from broken

    def names(self, name: str) -> list[str]:
        """The argument as a list, from a list or from comma-separated text."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(each) for each in value]
        return [each.strip() for each in (value or "").split(",") if each.strip()]
