"""`vcio answers`: what was answered, and why it says what it says."""

import click

from bot.command_line import OneLineGroup, prepared, refusing


@click.group("answers", cls=OneLineGroup)
def answers() -> None:
    """The answers given."""


@answers.command("show")
@click.argument("answer_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show_answer(answer_id: int, as_json: bool) -> None:
    """Replay answer ANSWER_ID: question, decision, sources, and a language model's part in it."""
    from bot.replaying import show

    show(prepared(), answer_id, as_json=as_json)
