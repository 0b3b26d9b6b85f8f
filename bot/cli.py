"""The command line: parse arguments and call one function."""

import asyncio
import logging
import sys
from pathlib import Path

import click

from bot.answers_commands import answers
from bot.command_line import OneLineGroup, prepared, refusing
from bot.end_commands import end
from bot.errors import SetupError
from bot.firm_commands import firm
from bot.gap_commands import gaps
from bot.log import configure_logging
from bot.privacy_commands import export, forget, privacy
from bot.report_commands import report
from bot.retainer_commands import retainers
from bot.roster_commands import consultants, people
from bot.sla_commands import sla

FILE = click.Path(dir_okay=False, path_type=Path)
PORT = click.IntRange(1, 65535)
SIZES = click.Choice(["small", "medium", "large"])
FAILURES = 1


@click.group(
    cls=OneLineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="virtual-cio")
def main() -> None:
    """Virtual CIO: cited answers from the firm's methodology in Slack, or a human."""


@main.command()
@click.option("--http", is_flag=True, help="Receive over HTTP, signed, and install into many workspaces.")
@refusing
def serve(http: bool) -> None:
    """Run the bot over Socket Mode, or over HTTP behind a proxy that ends TLS."""
    settings = prepared(logging.INFO)
    # After the settings: what does not fit in them is said at once, not after seconds of importing.
    from bot.running import run_service

    run_service(settings, http=http)


@main.command()
@click.option("--port", default=3000, type=PORT, show_default=True, help="Port of the workspace's page.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@refusing
def demo(port: int, no_browser: bool) -> None:
    """Try everything on this machine: a local workspace, the bot, two made-up clients."""
    from bot.demo import run_demo

    configure_logging(level=logging.WARNING)
    run_demo(port=port, open_browser=not no_browser)


@main.command()
@click.option("--port", default=3000, type=PORT, show_default=True, help="Port of the workspace's page.")
@refusing
def workspace(port: int) -> None:
    """Run the local workspace alone."""
    from bot.demo import run_workspace

    configure_logging(level=logging.WARNING)
    run_workspace(port)


@main.command()
@click.argument("question", required=False)
@click.option("--org-size", type=SIZES, help="Size of the asker's organisation.")
@click.option("--client", help="Key of the client whose own documents may be used too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
@click.option("--explain", is_flag=True, help="Show below the answer what decided it.")
@click.option("--batch", type=FILE, help="Questions, one JSON object a line.")
@refusing
def ask(
    question: str | None,
    org_size: str | None,
    client: str | None,
    as_json: bool,
    explain: bool,
    batch: Path | None,
) -> None:
    """Answer QUESTION, or a file of questions, in the terminal; opens no tickets."""
    from bot import asking

    if (question is None) == (batch is None):
        raise SetupError("Give either a question in quotes or --batch FILE.jsonl.")
    settings = prepared()
    if batch is not None:
        asking.ask_batch(settings, batch, org_size=org_size, client_key=client, explained=explain)
        return
    asking.ask_one(
        settings, str(question), org_size=org_size, client_key=client, as_json=as_json, explained=explain
    )


@main.command()
@click.argument("query")
@click.option("--client", help="Key of the client whose own documents are searched too.")
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="How many passages."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def search(query: str, client: str | None, limit: int, as_json: bool) -> None:
    """Show the passages found, with dense, lexical and fused scores."""
    from bot import asking

    asking.show_search(prepared(), query, client_key=client, limit=limit, as_json=as_json)


@main.command("eval")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--save", type=FILE, help="Keep the scores as a file, to compare a later run with.")
@click.option("--baseline", type=FILE, help="Say what got better and worse since the scores kept there.")
@refusing
def evaluate(file: Path, as_json: bool, save: Path | None, baseline: Path | None) -> None:
    """Score answers against expectations; lines of one thread are one conversation."""
    from bot.measuring import evaluate_file

    evaluate_file(prepared(), file, as_json=as_json, save=save, baseline=baseline)


@main.command("eval-retrieval")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def evaluate_retrieval(directory: Path, as_json: bool) -> None:
    """Measure search on a folder in BEIR layout: nDCG@10, recall@10, P@1 and query times."""
    from bot.measuring import evaluate_folder

    evaluate_folder(prepared(), directory, as_json=as_json)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--client", help="Key of the client whose own collection this is; default: the methodology.")
@click.option("--full", is_flag=True, help="Start from nothing: the scope then holds just these documents.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def ingest(paths: tuple[Path, ...], client: str | None, full: bool, as_json: bool) -> None:
    """Index documents, with a report a file.

    Without PATH: the articles that came with the program. `vcio ingest --full` so mends a damaged index;
    documents of your own that stood in the methodology are then to be indexed again.
    """
    from bot.indexing import ingest_paths

    failed = ingest_paths(prepared(), paths, client_key=client, full=full, as_json=as_json)
    sys.exit(FAILURES if failed else 0)


@main.group(cls=OneLineGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
@refusing
def kb(context: click.Context, as_json: bool) -> None:
    """List the methodology's articles by area: words, review, open comments, answers resting on them."""
    from bot.articles import show_articles

    if context.invoked_subcommand is None:
        show_articles(prepared(), as_json=as_json)


@kb.command("show")
@click.argument("slug")
@click.option("--answers", "with_answers", is_flag=True, help="List the questions answered from it.")
@refusing
def show_article(slug: str, with_answers: bool) -> None:
    """Show one article, what people said of it, and how many answers rest on each section."""
    from bot.articles import show_article as show

    show(prepared(), slug, with_answers=with_answers)


@main.command()
@refusing
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot.administration import migrate_database

    asyncio.run(migrate_database(prepared()))
    click.echo("The database is up to date.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def doctor(as_json: bool) -> None:
    """Check configuration, database, index and Slack; each finding with its cure."""
    from bot.doctor import examine

    configure_logging(level=logging.WARNING)
    sys.exit(FAILURES if asyncio.run(examine(as_json=as_json)) else 0)


main.add_command(answers)
main.add_command(firm)
main.add_command(gaps)
main.add_command(forget)
main.add_command(export)
main.add_command(report)
main.add_command(consultants)
main.add_command(people)
main.add_command(retainers)


@main.group(cls=OneLineGroup)
def clients() -> None:
    """The organisations we serve."""


@clients.command("add")
@click.argument("name")
@click.option("--key", help="Short name for commands; default: made from the name.")
@click.option("--size", "--org-size", type=SIZES, help="Size of the organisation.")
@click.option("--it-support", help="Whom its people ask about everyday IT, with the number.")
@click.option("--emergency-phone", help="The number to ring in a live incident.")
@click.option("--sector", help='What it does, like "food retail".')
@click.option("--hours", help='Its working hours like "Mon-Fri 8-16"; "" means the firm\'s.')
@click.option("--channel", "channels", multiple=True, help="A channel of its, like C0123; once for each.")
@click.option("--timezone", help="The zone its people work in, like Europe/London.")
@click.option("--team", help="Slack team id of its workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def add_client(name: str, as_json: bool, channels: tuple[str, ...], **given: str | None) -> None:
    """Add a client."""
    from bot.administration import add_client as add

    asyncio.run(add(prepared(), name, as_json=as_json, channels=channels, **given))


@clients.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def list_clients(as_json: bool) -> None:
    """List all clients."""
    from bot.administration import show_clients

    asyncio.run(show_clients(prepared(), as_json=as_json))


@clients.command("show")
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def show_client(key: str, as_json: bool) -> None:
    """Show one client."""
    from bot.administration import show_client as show

    asyncio.run(show(prepared(), key, as_json=as_json))


@clients.command("change")
@click.argument("key")
@click.option("--name", help="The name people read; its key stays.")
@click.option("--size", "--org-size", type=SIZES, help="Size of the organisation.")
@click.option("--it-support", help='Whom its people ask about everyday IT; "" takes it away.')
@click.option("--emergency-phone", help='The number to ring in a live incident; "" takes it away.')
@click.option("--sector", help='What it does, like "food retail"; "" takes it away.')
@click.option("--hours", help='Its working hours like "Mon-Fri 8-16"; "" means the firm\'s.')
@click.option("--channel", "channels", multiple=True, help='Each channel of its; "" for none.')
@click.option("--team", help="Slack team id of a workspace whose people belong to this client.")
@click.option("--lead", help='The consultant its requests are suggested to, id or name; "" for none.')
@click.option("--deputy", help='The consultant who stands in for the lead; "" for none.')
@click.option("--timezone", help='The zone its people work in, like Europe/London; "" takes it away.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@refusing
def change_client(key: str, as_json: bool, channels: tuple[str, ...], **given: str | None) -> None:
    """Change a client; what is not named stays."""
    from bot.administration import change_client as change

    asyncio.run(change(prepared(), key, as_json=as_json, channels=channels, **given))


clients.add_command(end)
clients.add_command(sla)
clients.add_command(privacy)


if __name__ == "__main__":
    main()
