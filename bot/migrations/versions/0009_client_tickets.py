"""A client's requests by their state, which every CIO's Home reads.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_tickets_client", "tickets", ["client_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tickets_client", table_name="tickets")
