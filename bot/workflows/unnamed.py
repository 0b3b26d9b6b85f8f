"""What somebody asked, without whom it is about: for lists that nobody reviews word by word."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from bot.answering.neutrality import NAMES
from bot.database import ReadSession
from bot.engagement.desk_models import Consultant
from bot.engagement.models import Client, Person, Workspace
from bot.engagement.scrub_patterns import AMBIGUOUS, FORMS, GENERIC, flat, folded
from bot.engagement.scrubbing import COLLEAGUE, MARK, ORGANISATION, Names, scrub
from bot.log import redact

LEFT_OUT = "…"
_WORD = re.compile(r"[^\W_]+")
_ROW = re.compile(rf"{LEFT_OUT}(?:[\s,]*{LEFT_OUT})+")
_CAPITAL = re.compile(r"(?<!\w)[A-Z][a-z]{2,}(?!\w)")
_BEGINS = re.compile(r"(?:^|[.!?:]\s+)\W*$")
_SHORTEST = 3
_PRODUCTS = frozenset(word for name in NAMES for word in name.lower().split())
# Whether a word is one that anybody may use: of a capitalised word nobody knows, it is left out.
Familiar = Callable[[str], bool]


@dataclass(frozen=True)
class Everybody:
    """Every name we know of a client or person, found by its words; `own` are those of each client."""

    clients: dict[str, frozenset[str]]
    people: dict[str, frozenset[str]]
    own: dict[int, tuple[str, ...]]
    colleagues: frozenset[tuple[int | None, str]]

    def in_text(self, text: str, client_id: int) -> Names:
        """Return the names that a text of that client's people may hold."""
        said = {word.lower(): word for word in _words(text)}
        # One word of another client's name is its name only where it is written like one.
        clients = {
            name
            for word, written in said.items()
            for name in self.clients.get(word, ())
            if written[:1].isupper() or _whole(name) <= said.keys()
        }
        # A name that is a word as well, like Will: where it is one of theirs or of ours, or whole.
        people = {
            name
            for word in said
            for name in self.people.get(word, ())
            if word not in AMBIGUOUS or self._is_near(name, client_id) or _whole(name) <= said.keys()
        }
        return Names((*self.own.get(client_id, ()), *sorted(clients)), tuple(sorted(people)))

    def _is_near(self, name: str, client_id: int) -> bool:
        return not self.colleagues.isdisjoint({(client_id, name), (None, name)})


async def everybody(session: ReadSession) -> Everybody:
    """Read every name we know."""
    named = [*await session.execute(select(Client.id, Client.name))]
    named += await session.execute(select(Client.id, Client.key))
    named += await session.execute(select(Workspace.client_id, Workspace.name))
    people: list[tuple[int | None, str]] = [
        (client_id, name) for client_id, name in await session.execute(select(Person.client_id, Person.name))
    ]
    people += [(None, name) for name in await session.scalars(select(Consultant.name))]
    return everybody_of(((client_id, name) for client_id, name in named), people)


def everybody_of(clients: Iterable[tuple[int, str]], people: Iterable[tuple[int | None, str]]) -> Everybody:
    """Return what is known of names, each with the id of the client whose it is."""
    own: dict[int, set[str]] = defaultdict(set)
    for client_id, name in clients:
        own[client_id].add(name)
    names = {name for each in own.values() for name in each}
    known = {client_id: tuple(sorted(each)) for client_id, each in own.items()}
    colleagues = frozenset((client_id, name) for client_id, name in people)
    return Everybody(_by_word(names), _by_word(name for _client, name in colleagues), known, colleagues)


def unnamed(text: str, names: Names, familiar: Familiar = lambda _word: False) -> str:
    """Return a text without names, addresses and amounts; where one stood and no word fits stand three dots.

    So goes what is written like a name and is no product and not `familiar`: nobody looks at it again.
    """
    bare = MARK.sub(LEFT_OUT, scrub(redact(text), names).text)

    def left(found: re.Match[str]) -> str:
        word = found[0].lower()
        is_known = _BEGINS.search(bare[: found.start()]) or word in _PRODUCTS or familiar(word)
        return found[0] if is_known else LEFT_OUT

    return _ROW.sub(LEFT_OUT, " ".join(_CAPITAL.sub(left, bare).split()))


def says_something(text: str) -> bool:
    """Whether something is left of a text after all names are gone."""
    bare = re.sub(f"{COLLEAGUE}|{ORGANISATION}", "", text, flags=re.IGNORECASE)
    return len(_WORD.findall(bare)) > 1


def _by_word(names: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in _telling(name):
            found[word.lower()].add(name)
    return {word: frozenset(having) for word, having in found.items()}


def _telling(name: str) -> list[str]:
    words = _words(name)
    return [
        word
        for word in words
        if len(words) == 1 or (len(word) >= _SHORTEST and word.lower() not in GENERIC | FORMS)
    ]


def _whole(name: str) -> set[str]:
    return {word.lower() for word in _words(name)} - FORMS


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(flat(text)))
