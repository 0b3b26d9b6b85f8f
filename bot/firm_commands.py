"""`vcio firm`: what the firm says of itself and promises, from the terminal."""

import click

from bot.command_line import OneLineGroup, prepared, refusing


@click.group(cls=OneLineGroup)
def firm() -> None:
    """The firm's profile and its terms."""


@firm.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show(as_json: bool) -> None:
    """Show the profile, and the terms with whether they are confirmed."""
    from bot.profile import show_profile

    show_profile(prepared(), as_json=as_json)


@firm.command("set")
@click.argument("field")
@click.argument("value")
@click.option("--source", help="Where the benchmark comes from: who says so, and when.")
@click.option("--confirm", is_flag=True, help="This term is what clients are promised.")
@refusing
def change(field: str, value: str, source: str | None, confirm: bool) -> None:
    """Set FIELD of the profile, or a term, to VALUE; "" takes it away.

    Fields: name, phone, email, on_call, timezone, hours, holidays, currency, benchmark (yearly cost of a
    full-time CIO, with --source). Promises are counted in the hours, without the holidays of a country (GB),
    or of a part of one (GB-ENG). Terms: first_reply (the default promise), notice, start, corrections,
    urgent_triage. A term that is set waits for `vcio firm confirm`, or takes --confirm at once.
    """
    from bot.profile import set_field

    set_field(prepared(), field, value, source=source, confirm=confirm)


@firm.command("confirm")
@click.argument("terms", nargs=-1, metavar="TERM...")
@click.option("--all", "everything", is_flag=True, help="Confirm every term as it stands.")
@refusing
def confirm(terms: tuple[str, ...], everything: bool) -> None:
    """Confirm that TERM, as it stands, is what clients are promised."""
    from bot.profile import confirm_named

    confirm_named(prepared(), terms, everything=everything)
