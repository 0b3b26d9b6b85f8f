"""The consultants' desk: who works there, promises, what crossed to whom, ratings, notices and drafts.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN_BEFORE = sa.text("state <> 'resolved'")
OPEN = sa.text("state NOT IN ('resolved', 'closed')")


def upgrade() -> None:
    op.create_table(
        "consultants",
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum("consultant", "lead", "partner", name="deskrole", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=True),
        sa.Column("hours", sa.String(length=200), nullable=True),
        sa.Column("away_until", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("digest_day", sa.String(length=10), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_consultants")),
    )
    op.create_table(
        "muted",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "kind", name=op.f("pk_muted")),
    )
    op.create_table(
        "sla_policies",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "urgency",
            sa.Enum("can_wait", "today", "work_stopped", name="urgency", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("first_reply", sa.Integer(), nullable=True),
        sa.Column("next_reply", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_sla_policies_client_id_clients")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policies")),
        sa.UniqueConstraint("client_id", "urgency", name=op.f("uq_sla_policies_client_id_urgency")),
    )
    op.create_table(
        "carried",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "crossing",
            sa.Enum("to_client", "to_desk", "internal", name="crossing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("ts", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("copy_team_id", sa.String(length=30), nullable=True),
        sa.Column("copy_channel", sa.String(length=30), nullable=True),
        sa.Column("copy_ts", sa.String(length=30), nullable=True),
        sa.Column("mark_ts", sa.String(length=30), nullable=True),
        sa.Column("removed_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_carried_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried")),
        sa.UniqueConstraint("team_id", "channel", "ts", name=op.f("uq_carried_team_id_channel_ts")),
    )
    op.create_index(op.f("ix_carried_ticket_id"), "carried", ["ticket_id"], unique=False)

    op.create_table(
        "colleagues",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("joined_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_colleagues_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("ticket_id", "user_id", name=op.f("pk_colleagues")),
    )
    op.create_table(
        "drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "approved", "published", "dropped", name="draftstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.String(length=30), nullable=False),
        sa.Column("approved_by", sa.String(length=30), nullable=True),
        sa.Column("approved_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("self_reviewed", sa.Boolean(), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_drafts_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_ticket_id"), "drafts", ["ticket_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=100), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("sent_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_notices_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "team_id", "user_id", "kind", "about", name=op.f("uq_notices_team_id_user_id_kind_about")
        ),
    )
    op.create_table(
        "promises",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_reply", "next_reply", "resolution", name="promisekind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("started_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("due_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("warn_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("kept_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("warned_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("broken_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("ring_at", bot.database.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_promises_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index("ix_promises_open", "promises", ["kept_at", "due_at"], unique=False)
    op.create_index(op.f("ix_promises_ticket_id"), "promises", ["ticket_id"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ratings_person_id_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ratings_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ratings")),
    )
    op.create_index(op.f("ix_ratings_person_id"), "ratings", ["person_id"], unique=False)

    op.add_column("clients", sa.Column("timezone", sa.String(length=60), nullable=True))
    op.add_column("clients", sa.Column("lead", sa.String(length=30), nullable=True))
    op.add_column("clients", sa.Column("deputy", sa.String(length=30), nullable=True))

    op.add_column(
        "tickets",
        sa.Column(
            "urgency",
            sa.Enum("can_wait", "today", "work_stopped", name="urgency", native_enum=False, length=40),
            nullable=True,
        ),
    )
    op.add_column(
        "tickets", sa.Column("confidential", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("tickets", sa.Column("first_replied_at", bot.database.Utc(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("waiting_since", bot.database.Utc(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("resolved_at", bot.database.Utc(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("closed_at", bot.database.Utc(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("reopened", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "tickets",
        sa.Column(
            "ending",
            sa.Enum(
                "answered",
                "advice_given",
                "work_agreed",
                "not_for_us",
                "withdrawn",
                "unanswered",
                name="ending",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("tickets", sa.Column("summary", sa.Text(), nullable=True))

    op.create_index("ix_tickets_card", "tickets", ["card_channel", "card_ts"])
    _index_open(OPEN)


def _index_open(which: sa.TextClause) -> None:
    op.drop_index("uq_tickets_open", table_name="tickets")
    op.create_index(
        "uq_tickets_open",
        "tickets",
        ["conversation_id"],
        unique=True,
        sqlite_where=which,
        postgresql_where=which,
    )


def downgrade() -> None:
    # The program before knows three states.
    op.execute("UPDATE tickets SET state = 'claimed' WHERE state IN ('in_progress', 'waiting')")
    op.execute("UPDATE tickets SET state = 'resolved' WHERE state = 'closed'")
    _index_open(OPEN_BEFORE)
    op.drop_index("ix_tickets_card", table_name="tickets")
    op.drop_column("tickets", "summary")
    op.drop_column("tickets", "ending")
    op.drop_column("tickets", "reopened")
    op.drop_column("tickets", "closed_at")
    op.drop_column("tickets", "resolved_at")
    op.drop_column("tickets", "waiting_since")
    op.drop_column("tickets", "first_replied_at")
    op.drop_column("tickets", "confidential")
    op.drop_column("tickets", "urgency")

    op.drop_column("clients", "deputy")
    op.drop_column("clients", "lead")
    op.drop_column("clients", "timezone")

    op.drop_index(op.f("ix_ratings_person_id"), table_name="ratings")

    op.drop_table("ratings")
    op.drop_index(op.f("ix_promises_ticket_id"), table_name="promises")
    op.drop_index("ix_promises_open", table_name="promises")

    op.drop_table("promises")
    op.drop_table("notices")
    op.drop_index(op.f("ix_drafts_ticket_id"), table_name="drafts")

    op.drop_table("drafts")
    op.drop_table("colleagues")
    op.drop_index(op.f("ix_carried_ticket_id"), table_name="carried")

    op.drop_table("carried")
    op.drop_table("sla_policies")
    op.drop_table("muted")
    op.drop_table("consultants")
