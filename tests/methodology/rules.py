"""The rules of the methodology in one list, so that a new rule cannot be forgotten by the tests."""

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

from tests.methodology import rules_content, rules_form
from tests.methodology.article import Article

Rule = Callable[[Article], Iterator[str]]


def rules_of(module: ModuleType) -> list[Rule]:
    """Public functions of a module that take one article and yield faults."""
    return [
        function
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and list(inspect.signature(function).parameters) == ["article"]
        and function.__name__ != "texts"
    ]


RULES: tuple[Rule, ...] = (*rules_of(rules_form), *rules_of(rules_content))
