"""Rows that several may be the first to write at one moment: stored once, and everybody gets the same."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.database import Base, Session

Row = TypeVar("Row", bound=Base)


def inserting(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that may say what becomes of a key that is taken, in the words of either database."""
    return _insert(session.get_bind().dialect.name, table)


def _insert(dialect: str, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


async def find_or_add(
    session: Session, table: type[Row], key: Mapping[str, Any], **first: Any
) -> tuple[Row, bool]:
    """Return the row with a unique key, stored with the values `first` where there is none; true when new.

    Looking and then storing would leave a gap: of two who both found nothing, the later one would lose its
    whole transaction to the unique key. Here it waits until the earlier one has committed, and finds its row.
    """
    adding = _adding(session.get_bind().dialect.name, table, tuple(key), tuple(first))
    while (added := await session.scalar(adding, {**key, **first})) is None:
        found = await session.scalar(_finding(table, tuple(key)), dict(key))
        # It may have been deleted between the two: then it is stored after all.
        if found is not None:
            return found, False
    return added, True


# Built once for a table and its columns: building one costs more than running it.
@cache
def _adding(dialect: str, table: type[Any], key: tuple[str, ...], first: tuple[str, ...]) -> Any:
    given: dict[str, Any] = {name: bindparam(name) for name in (*key, *first)}
    adding = _insert(dialect, table).values(**given).on_conflict_do_nothing(index_elements=key)
    return adding.returning(table)


@cache
def _finding(table: type[Any], key: tuple[str, ...]) -> Select[Any]:
    return select(table).filter_by(**{name: bindparam(name) for name in key})
