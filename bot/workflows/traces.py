"""The proof of an erasure: every column that could hold a text is searched for what was erased."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, String, cast, func, or_, select

from bot.database import Base, ReadSession, Session

# A name of so few letters is in half of all words.
SHORTEST = 3


async def traces(session: ReadSession | Session, needles: Collection[str]) -> dict[str, int]:
    """Return, by `table.column`, how many rows hold one of the texts; empty when none does.

    Names are searched without regard to case, and only where they are longer than three letters.
    """
    wanted = [needle for needle in needles if len(needle) > SHORTEST]
    found: dict[str, int] = {}
    for table in Base.metadata.sorted_tables if wanted else ():
        for column in table.columns:
            if not isinstance(column.type, (String, JSON)):
                continue
            held = or_(*(_holds(column, needle) for needle in wanted))
            rows = await session.scalar(select(func.count()).select_from(table).where(held))
            if rows:
                found[f"{table.name}.{column.name}"] = rows
    return found


def _holds(column: Column[Any], needle: str) -> Any:
    return func.lower(cast(column, String)).contains(needle.lower(), autoescape=True)
