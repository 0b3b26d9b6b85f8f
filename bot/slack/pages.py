"""Where in the methodology somebody is reading, as it travels in buttons and views.

A value comes back from the client and may be forged: what it names is looked up, and shown if it is there.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

_SEPARATOR = "|"
_NAME = re.compile(r"^[^|\n]{0,200}$")
_MOST_TRAIL = 8
# Slack stacks at most three modals; from the third on a page replaces the one below the button.
MOST_STACKED = 3


class PageKind(StrEnum):
    """What a page lists or shows."""

    AREAS = "areas"
    AREA = "area"
    ARTICLE = "article"
    SECTION = "section"


@dataclass(frozen=True)
class Page:
    """One page: `name` is an area or a slug, `section_id` only for sections, `part` counts from 0."""

    kind: PageKind
    name: str = ""
    section_id: str = ""
    part: int = 0

    @property
    def value(self) -> str:
        """The page as a button's value."""
        return _SEPARATOR.join((self.kind, self.name, self.section_id, str(self.part)))

    def continues(self, other: "Page | None") -> bool:
        """Whether this is another part of the same page."""
        return other is not None and replace(self, part=0) == replace(other, part=0)


def read_page(value: str) -> Page | None:
    """Take a page's value apart; None if it is not one."""
    parts = value.split(_SEPARATOR)
    if len(parts) != 4 or parts[0] not in set(PageKind) or not all(_NAME.match(part) for part in parts):
        return None
    kind, name, section_id, part = parts
    if not (part.isascii() and part.isdecimal() and len(part) <= 4):
        return None
    return Page(PageKind(kind), name, section_id, int(part))


@dataclass(frozen=True)
class Trail:
    """How deep in the stack a modal stands (1 to 3), and the pages it showed, the present one last."""

    depth: int
    pages: tuple[Page, ...]

    @property
    def here(self) -> Page | None:
        """The page the modal shows."""
        return self.pages[-1] if self.pages else None

    @property
    def before(self) -> Page | None:
        """The page *Back* leads to; None where closing the modal leads back."""
        return self.pages[-2] if len(self.pages) > 1 else None

    def turned(self, page: Page) -> "Trail":
        """Return the trail after `page` has replaced the present one in the same modal."""
        kept = self.pages[:-1] if page.continues(self.here) else self.pages
        if kept and kept[-1] == page:
            kept = kept[:-1]
        return Trail(self.depth, (*kept, page)[-_MOST_TRAIL:])

    @property
    def value(self) -> str:
        """The trail as a view's `private_metadata`."""
        return "\n".join((str(self.depth), *(page.value for page in self.pages)))


def read_trail(metadata: str) -> Trail | None:
    """Take a view's `private_metadata` apart; None if it is no browsing view's."""
    depth, *pages = metadata.split("\n")
    read = [read_page(page) for page in pages]
    if depth not in {"1", "2", "3"} or not all(read):
        return None
    return Trail(int(depth), tuple(page for page in read if page is not None))
