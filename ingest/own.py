"""The firm's own articles: Markdown files in the data directory, indexed as part of the methodology.

A file holds the sections that were made of tickets, with where each comes from in its front matter.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from ingest.loaders.markdown import read_markdown
from ingest.methodology import methodology_folder
from knowledge.errors import KnowledgeError

# What document keys of these files begin with; the packaged ones begin with the scope's name.
LABEL = "own"
NOTES_AREA = "notes-from-practice"
FROM_PRACTICE = "from practice"
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE)
_RULE = re.compile(r"^\s{0,3}(?:=+|-{2,}|\*{3,}|_{3,})\s*$", re.MULTILINE)
# Marks of tokens, of templates and of comments: the loader takes out what stands between them.
_OPENING = re.compile(r"\{(?=[{%])|<(?=!--)")


@dataclass(frozen=True)
class Provenance:
    """Where a section comes from; of its client it says nothing."""

    draft: int
    ticket: str
    written_by: str
    approved_by: str
    approved: str
    self_reviewed: bool = False


@dataclass(frozen=True)
class OwnSection:
    """A section for an article of the firm's own; `asked_as` are questions that lead to it."""

    heading: str
    body: str
    asked_as: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True)
class OwnArticle:
    """One article of the firm's own as people read it."""

    slug: str
    title: str
    area: str
    reviewed: str
    summary: str
    markdown: str
    provenance: tuple[tuple[str, Provenance], ...]


def own_folder(data_dir: Path) -> Path:
    """Where the firm's own articles lie."""
    return data_dir / "methodology"


def keep_section(data_dir: Path, slug: str, section: OwnSection) -> Path:
    """Write a section into the file of the article `slug`, once however often it is asked for.

    Of a packaged article it is a companion; any other is a note of its own. What the firm wrote into the
    file by hand stays. Raises KnowledgeError where the file cannot be read or written.
    """
    path = own_folder(data_dir) / f"{slug}.md"
    try:
        post = frontmatter.loads(path.read_text("utf-8")) if path.exists() else _new(slug, section.heading)
        if any(known.draft == section.provenance.draft for _heading, known in _provenance(post.metadata)):
            return path
        _add(post, section)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(frontmatter.dumps(post, sort_keys=False) + "\n", "utf-8")
        beside.replace(path)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise KnowledgeError(f"The article {str(path)!r} cannot be written ({error}): mend it.") from error
    return path


def read_own(data_dir: Path) -> tuple[OwnArticle, ...]:
    """Return the firm's own articles by area and slug; a file that cannot be read is left out."""
    found = []
    for path in own_folder(data_dir).rglob("*.md"):
        try:
            text = path.read_text("utf-8")
            metadata = frontmatter.parse(text)[0]
        except (OSError, ValueError, yaml.YAMLError):
            continue
        page = read_markdown(text)
        told = tuple(_provenance(metadata))
        found.append(
            OwnArticle(
                page.slug or path.stem, page.title or path.stem, page.area, page.reviewed, page.summary,
                page.markdown, told,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda article: (article.area, article.slug)))


def _new(slug: str, heading: str) -> Any:
    """Return the front matter of a file that is begun."""
    packaged = next(methodology_folder().rglob(f"{slug}.md"), None)
    if packaged is None:
        return frontmatter.Post("", title=heading, slug=slug, area=NOTES_AREA)
    page = read_markdown(packaged.read_text("utf-8"))
    title = f"{page.title}: {FROM_PRACTICE}"
    return frontmatter.Post("", title=title, slug=f"{slug}-notes", area=page.area, related=[slug])


def _add(post: Any, section: OwnSection) -> None:
    told = section.provenance
    asked = [*(post.metadata.get("also_asked_as") or []), *section.asked_as]
    post.metadata["also_asked_as"] = list(dict.fromkeys(asked))
    post.metadata["reviewed"] = told.approved
    post.metadata["sections"] = [
        *(post.metadata.get("sections") or []),
        {"heading": section.heading, **asdict(told)},
    ]
    parts = (post.content.strip(), f"## {_line(section.heading)}", _harmless(section.body))
    post.content = "\n\n".join(part for part in parts if part)


def _line(heading: str) -> str:
    return _OPENING.sub(lambda mark: f"{mark[0]} ", " ".join(heading.split()).lstrip("# "))


def _harmless(body: str) -> str:
    """Return a body that stays one section: its headings a level below, and nothing that a loader obeys."""
    body = _RULE.sub("", _HEADING.sub("### ", body.strip()))
    return _OPENING.sub(lambda mark: f"{mark[0]} ", body)


def _provenance(metadata: Mapping[str, Any]) -> list[tuple[str, Provenance]]:
    """Return the sections whose origin a file names; what somebody wrote there otherwise is not ours."""
    found = []
    sections = metadata.get("sections")
    for entry in sections if isinstance(sections, list) else []:
        known = dict(entry) if isinstance(entry, dict) else {}
        heading = str(known.pop("heading", ""))
        try:
            found.append((heading, Provenance(**known)))
        except TypeError:
            continue
    return found
