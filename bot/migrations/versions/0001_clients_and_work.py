"""Clients, the firm, and the work that must survive a crash.

Revision ID: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "org_size",
            sa.Enum("small", "medium", "large", name="orgsize", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("it_support", sa.String(length=300), nullable=True),
        sa.Column("emergency_phone", sa.String(length=100), nullable=True),
        sa.Column("is_firm", sa.Boolean(), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("key", name=op.f("uq_clients_key")),
    )
    op.create_table(
        "firm_values",
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_firm_values")),
    )
    op.create_table(
        "inbox",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("event_key", sa.String(length=200), nullable=False),
        sa.Column("message_key", sa.String(length=200), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("trace", sa.String(length=100), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "parked", name="workstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("leased_until", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("due_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("finished_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_key", name=op.f("uq_inbox_event_key")),
        sa.UniqueConstraint("message_key", name=op.f("uq_inbox_message_key")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_lane", ["lane"], unique=False)
        batch_op.create_index(
            "ix_inbox_waiting",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "outbox",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("maybe_sent", sa.Boolean(), nullable=False),
        sa.Column("slack_ts", sa.String(length=30), nullable=True),
        sa.Column("slack_channel", sa.String(length=30), nullable=True),
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("trace", sa.String(length=100), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "parked", name="workstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("leased_until", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("due_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("finished_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_waiting",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("firm_values")
    op.drop_table("clients")
