"""All Web API methods; importing the modules registers them."""

from emulator.methods import agents, chat, conversations, files, history, people, reactions, streams, views
from emulator.methods.registry import METHODS

_MODULES = (agents, chat, conversations, files, history, people, reactions, streams, views)

__all__ = ["METHODS"]
