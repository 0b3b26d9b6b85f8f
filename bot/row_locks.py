"""Row locks on PostgreSQL: a row that is held cannot be changed, and can be referred to by new rows."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg


class _Compiler(PGCompiler_psycopg):
    """Writes FOR NO KEY UPDATE wherever a row is held.

    FOR UPDATE holds up whoever stores a row that refers to the held one, an audit entry of a ticket say. So
    two that hold a ticket and a client, and each note something about both, would wait for each other.
    """

    def for_update_clause(self, select: Any, **options: Any) -> str:
        """Return the clause of one SELECT."""
        clause = str(super().for_update_clause(select, **options))  # type: ignore[no-untyped-call]
        return clause.replace(" FOR UPDATE", " FOR NO KEY UPDATE")


def hold_without_keys(engine: Engine) -> None:
    """Have every row lock of an engine leave the row free to be referred to."""
    engine.dialect.statement_compiler = _Compiler
