"""Structured logs: dotted event names with values, and one id from a Slack event to the message sent."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

SECRET = re.compile(
    r"\b(?:xox[a-z]-|xapp-|xoxe\.)[\w-]+"  # Slack tokens
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # user and password in an address
    r"|(?<=ticket=)[\w-]+"  # of a socket's one-time address
    r"|(?<=//hooks\.slack\.com/)[\w/-]+"  # an address that lets anybody answer
)
TRACE = "trace"


def redact(text: str) -> str:
    """Return `text` without Slack tokens and without credentials in URLs."""
    return SECRET.sub("[secret]", text)


def _redact_values(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event


def configure_logging(style: Literal["console", "json"] = "console", level: int = logging.INFO) -> None:
    """Send every log line, ours and the libraries', to standard error in one style."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        _redact_values,
    ]
    renderer = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    # On the handler, for bm25s sets its own level back when it is imported.
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name.startswith("bot"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def get_logger(name: str) -> Any:
    """Return the structured logger of a module; call with a dotted event name and values."""
    return structlog.get_logger(name)


def start_trace(trace: str) -> None:
    """Give every following log line of this task the id of the event it works on."""
    clear_contextvars()
    bind_contextvars(**{TRACE: trace})


def current_trace() -> str:
    """Return the id set by `start_trace`, or an empty string outside any event."""
    return str(get_contextvars().get(TRACE, ""))
