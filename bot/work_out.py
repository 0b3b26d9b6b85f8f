"""Works out the vectors of the packaged articles and writes `knowledge/vectors.npz`.

`python -m bot.work_out [DATA_DIR]`: the folder holds the exported model (`data` by default). To be run after
the articles or the shipped terms change (a test says so).
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.engagement.terms import shipped_terms, tokens
from ingest.sync import packaged_documents
from knowledge.embeddings import Embedder, open_embedder
from knowledge.files import texts_of
from knowledge.worked_out import work_out


def packaged_texts(embedder: Embedder) -> Sequence[str]:
    """Return every text of the packaged articles that is embedded, in the shipped terms."""
    return texts_of(packaged_documents(embedder, tokens(shipped_terms())), sentences=True)


def main(arguments: list[str]) -> None:
    """Embed them all and write the vectors."""
    data_dir = Path(arguments[0]) if arguments else Path("data")
    embedder = open_embedder(None, data_dir / "models")
    click.echo(f"{work_out(packaged_texts(embedder), embedder)} texts")


if __name__ == "__main__":
    main(sys.argv[1:])
