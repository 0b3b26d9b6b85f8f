"""What the watch over promises looks up: whom to tell next, and which stopped work nobody was rung for.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNCALLED = sa.text("urgency = 'work_stopped' AND called_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_promises_ring", "promises", ["ring_at"], unique=False)
    op.add_column("tickets", sa.Column("called_at", bot.database.Utc(timezone=True), nullable=True))
    op.create_index(
        "ix_tickets_uncalled", "tickets", ["id"], sqlite_where=UNCALLED, postgresql_where=UNCALLED
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_uncalled", table_name="tickets")
    op.drop_column("tickets", "called_at")
    op.drop_index("ix_promises_ring", table_name="promises")
