"""How commands begin and refuse: one line on standard error that names the cure, and exit code 2."""

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from bot.errors import AdvisoryError, SetupError
from bot.log import configure_logging, redact
from bot.settings import Settings, load_settings

# Not within T0ABC/U0123 or 12:30
_CLAUSE_ENDS = re.compile(r"[.;:](?= |$)")
WRONG = 2
INTERRUPTED = 130


def prepared(level: int = logging.WARNING) -> Settings:
    """Return the settings with logging set up as they say."""
    settings = load_settings()
    configure_logging(settings.vcio_log_format, level)
    return settings


class Refusal(click.ClickException):
    """What is wrong, and how to mend it."""

    exit_code = WRONG

    def show(self, file: Any = None) -> None:
        """Print it as one line, without secrets."""
        click.echo(f"vcio: {' '.join(redact(self.message).split())}", err=True, file=file)


class OneLineGroup(click.Group):
    """A group of commands that answers wrong usage with one line instead of click's four."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Parse the group's own options."""
        with _wrong_usage():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Parse and run the command named."""
        with _wrong_usage():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what each does, said to the end: its first clause, on one line."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                said = " ".join((command.help or "").split("\n\n")[0].split())
                rows.append((name, _CLAUSE_ENDS.split(said)[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@contextmanager
def _wrong_usage() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        path = error.ctx.command_path.split(maxsplit=1)[1:] if error.ctx else []
        raise Refusal(f"{error.format_message()} See `{' '.join(['vcio', *path, '--help'])}`.") from error


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn an expected refusal of `command` into one line and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from knowledge.errors import KnowledgeError

        try:
            return command(*args, **kwargs)
        except (SetupError, AdvisoryError, KnowledgeError) as error:
            raise Refusal(str(error)) from error
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)

    return run
