"""Rows that several may be the first to write at one moment: stored once, and everybody gets the same."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bot.database import Base, Session

Row = TypeVar("Row", bound=Base)


def inserting(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that may say what becomes of a key that is taken, in the words of either database."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table)


async def find_or_add(
    session: Session, table: type[Row], key: Mapping[str, Any], **first: Any
) -> tuple[Row, bool]:
    """Return the row with a unique key, stored with the values `first` where there is none; true when new.

    Looking and then storing would leave a gap: of two who both found nothing, the later one would lose its
    whole transaction to the unique key. Here it waits until the earlier one has committed, and finds its row.
    """
    adding = inserting(session, table).values(**key, **first).on_conflict_do_nothing(index_elements=list(key))
    while (added := await session.scalar(adding.returning(table))) is None:
        found = await session.scalar(select(table).filter_by(**key))
        # It may have been deleted between the two: then it is stored after all.
        if found is not None:
            return found, False
    return added, True
