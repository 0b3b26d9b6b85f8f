"""From a file to a draft: read, named, and with its content hash."""

from hashlib import sha256
from pathlib import PurePosixPath

from ingest.loaders.html import read_html
from ingest.loaders.markdown import read_markdown
from ingest.loaders.page import Page
from ingest.loaders.text import UnreadableError, decode
from ingest.sources import Source
from knowledge.document import Draft
from knowledge.headings import slugify


def content_hash(data: bytes) -> str:
    """What tells whether a file changed."""
    return sha256(data).hexdigest()


def read_draft(source: Source, data: bytes) -> Draft:
    """The document in a file; raises UnreadableError with the reason when there is none."""
    page = _page(source, decode(data))
    if not page.markdown.strip():
        raise UnreadableError("no text")
    return Draft(
        key=source.key, content_hash=content_hash(data), slug=page.slug or path_slug(source.shown),
        title=page.title or _name(source.shown), markdown=page.markdown, source=source.shown, area=page.area,
        summary=page.summary, ways_in=page.ways_in, related=page.related, sources=page.sources,
        reviewed=page.reviewed,
    )  # fmt: skip


def path_slug(shown: str) -> str:
    """A slug from a path: folders and name without its ending."""
    return slugify(str(PurePosixPath(shown).with_suffix("")))


def _page(source: Source, text: str) -> Page:
    if source.path.suffix.lower() in (".html", ".htm"):
        return read_html(text)
    return read_markdown(text)


def _name(shown: str) -> str:
    words = PurePosixPath(shown).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else shown
