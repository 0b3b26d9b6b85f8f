"""All Web API methods; importing the modules registers them."""

from emulator.methods import (
    agents,
    chat,
    conversations,
    files,
    history,
    installs,
    people,
    reactions,
    streams,
    threads,
    views,
)
from emulator.methods.registry import METHODS

_MODULES = (
    agents,
    chat,
    conversations,
    files,
    history,
    installs,
    people,
    reactions,
    streams,
    threads,
    views,
)

__all__ = ["METHODS"]
