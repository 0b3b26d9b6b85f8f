"""Workspaces the app was installed in, and what the agent view and Home remember.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("team_name", sa.String(length=200), nullable=False),
        sa.Column("app_id", sa.String(length=30), nullable=False),
        sa.Column("bot_id", sa.String(length=30), nullable=False),
        sa.Column("bot_user_id", sa.String(length=30), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installed_by", sa.String(length=30), nullable=False),
        sa.Column("installed_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("gone_at", bot.database.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_installations")),
    )
    op.create_table(
        "oauth_states",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", bot.database.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_oauth_states")),
    )
    # Inline, so that SQLite need not copy the table: dropping the old one would lose what refers to it.
    op.add_column(
        "conversations",
        sa.Column(
            "continues_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("conversations.id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("conversations", sa.Column("title", sa.String(length=200), nullable=True))
    op.add_column("people", sa.Column("home_seen_at", bot.database.Utc(timezone=True), nullable=True))


def downgrade() -> None:
    # The schema before knows no held work; parked is kept as well.
    op.execute("UPDATE inbox SET state = 'parked' WHERE state = 'held'")
    op.execute("UPDATE outbox SET state = 'parked' WHERE state = 'held'")
    op.drop_column("people", "home_seen_at")
    op.drop_column("conversations", "title")
    op.drop_column("conversations", "continues_id")
    op.drop_table("oauth_states")
    op.drop_table("installations")
