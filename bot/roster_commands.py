"""`vcio consultants` and `vcio people`: who works on the desk, and who asks, from the terminal."""

import asyncio

import click

from bot.command_line import OneLineGroup, prepared, refusing


@click.group(cls=OneLineGroup)
def consultants() -> None:
    """The members of the desk: role, skills, hours and absence; access is the desk channel's alone."""


@consultants.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def list_consultants(as_json: bool) -> None:
    """List everybody who is or was on the desk."""
    from bot.roster import show_consultants

    asyncio.run(show_consultants(prepared(), as_json=as_json))


@consultants.command("show")
@click.argument("user")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show_consultant(user: str, as_json: bool) -> None:
    """Show one consultant: USER is a user id like U0123ABCD, or a name from the list."""
    from bot.roster import show_consultant as show

    asyncio.run(show(prepared(), user, as_json=as_json))


@consultants.command("change")
@click.argument("user")
@click.option("--role", type=click.Choice(["consultant", "lead", "partner"]), help="What they may do.")
@click.option("--skills", help='Areas of the methodology, between commas; "" takes them away.')
@click.option("--timezone", help='A name like Europe/London; "" means the one Slack has.')
@click.option("--hours", help='Working hours like "Mon-Thu 9-17, Fri 9-13"; "" means the firm\'s.')
@click.option("--away-until", help='The day they are back, like 2027-01-04; "" means they are here.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def change_consultant(user: str, as_json: bool, **given: str | None) -> None:
    """Change a consultant; what is not named stays.

    It gives nobody access: who is on the desk is who is in its channel. Leads are the workspace's admins
    there until one is named; where no partner is named, the lead is the partner. While somebody is
    away, what they have is offered to the desk again.
    """
    from bot.roster import change_consultant as change

    asyncio.run(change(prepared(), user, as_json=as_json, **given))


@click.group(cls=OneLineGroup)
def people() -> None:
    """The people who have asked, and their clients."""


@people.command("list")
@click.option("--client", help="Key of the client whose people are listed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def list_people(client: str | None, as_json: bool) -> None:
    """List people by client and name."""
    from bot.roster import show_people

    asyncio.run(show_people(prepared(), client, as_json=as_json))


@people.command("show")
@click.argument("person")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show_person(person: str, as_json: bool) -> None:
    """Show one person: PERSON is a user id, or workspace and user like T0ABC/U0123."""
    from bot.roster import show_person as show

    asyncio.run(show(prepared(), person, as_json=as_json))


@people.command("change")
@click.argument("person")
@click.option("--role", type=click.Choice(["staff", "cio"]), help="What they may do for their client.")
@click.option("--approves", type=click.Choice(["approver", "deputy", "no"]), help="Whether they consent.")
@click.option("--client", help="Key of the client they belong to.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def change_person(
    person: str, role: str | None, approves: str | None, client: str | None, as_json: bool
) -> None:
    """Change a person's role, consent or client; what is not named stays.

    Until a role is given everyone is staff. Whoever moves to another client begins there as staff.
    """
    from bot.roster import change_person as change

    asyncio.run(change(prepared(), person, role=role, approves=approves, client_key=client, as_json=as_json))
