"""Hands, hours and outcomes: engagements, retainers and their ledger, consent, outcomes and packs.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announced",
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("per_cent", sa.Integer(), nullable=False),
        sa.Column("at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_announced_client_id_clients")),
        sa.PrimaryKeyConstraint("client_id", "month", "per_cent", name=op.f("pk_announced")),
    )
    op.create_table(
        "client_channels",
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("introduced_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_channels_client_id_clients")
        ),
        sa.PrimaryKeyConstraint("team_id", "channel", name=op.f("pk_client_channels")),
    )
    with op.batch_alter_table("client_channels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_channels_client_id"), ["client_id"], unique=False)

    op.create_table(
        "closed_months",
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.String(length=100), nullable=False),
        sa.Column("closed_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_closed_months_client_id_clients")
        ),
        sa.PrimaryKeyConstraint("client_id", "month", name=op.f("pk_closed_months")),
    )
    op.create_table(
        "packs",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("sent_at", bot.database.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_packs_client_id_clients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
        sa.UniqueConstraint("client_id", "month", name=op.f("uq_packs_client_id_month")),
    )
    op.create_table(
        "retainers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("rounding", sa.Integer(), nullable=False),
        sa.Column(
            "carry",
            sa.Enum("expire", "roll_over", name="carry", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "at_zero", sa.Enum("warn", "block", name="atzero", native_enum=False, length=40), nullable=False
        ),
        sa.Column("free_minutes", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_retainers_client_id_clients")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retainers")),
    )
    with op.batch_alter_table("retainers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retainers_client_id"), ["client_id"], unique=False)

    op.create_table(
        "service_ends",
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ask_instead", sa.String(length=300), nullable=False),
        sa.Column("erases", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(length=100), nullable=False),
        sa.Column("set_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("announced_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("done_at", bot.database.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_service_ends_client_id_clients")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_service_ends")),
    )
    op.create_table(
        "consents",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "declined",
                "lapsed",
                "superseded",
                "withdrawn",
                name="consentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("ring_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("asked_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_consents_client_id_clients")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_consents_decided_by_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_consents_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_client_id"), ["client_id"], unique=False)
        batch_op.create_index("ix_consents_ring", ["ring_at"], unique=False)
        batch_op.create_index(
            "uq_consents_ticket",
            ["ticket_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "decisions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("ts", sa.String(length=30), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_decisions_answer_id_answers")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_decisions_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_decisions_person_id_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_decisions_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("team_id", "channel", "ts", name=op.f("uq_decisions_team_id_channel_ts")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_client", ["client_id", "decided_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "engagements",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("advice", "hands", "assignment", name="engagementkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "proposed",
                "active",
                "completed",
                "accepted",
                "declined",
                "lapsed",
                "ended",
                name="engagementstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("needed", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("guess", sa.Integer(), nullable=True),
        sa.Column("decides", sa.String(length=200), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("lead", sa.String(length=30), nullable=True),
        sa.Column("lead_name", sa.String(length=200), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("accepted_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("completed_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("closed_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_engagements_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_engagements_person_id_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_engagements_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagements")),
    )
    with op.batch_alter_table("engagements", schema=None) as batch_op:
        batch_op.create_index("ix_engagements_client", ["client_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagements_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagements_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("engagement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_milestones_engagement_id_engagements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_engagement_id"), ["engagement_id"], unique=False)

    op.create_table(
        "outcomes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("engagement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("baseline", sa.String(length=200), nullable=True),
        sa.Column("target", sa.String(length=200), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "reached",
                "partly",
                "missed",
                "dropped",
                name="outcomestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_outcomes_client_id_clients")),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_outcomes_engagement_id_engagements")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_outcomes_owner_id_people")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_outcomes_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("engagement_id", name=op.f("uq_outcomes_engagement_id")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_outcomes_ticket_id")),
    )
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.create_index("ix_outcomes_client", ["client_id", "state"], unique=False)

    op.create_table(
        "proposals",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("engagement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_change", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "accepted",
                "changes",
                "declined",
                "lapsed",
                "superseded",
                name="proposalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("baseline", sa.String(length=200), nullable=True),
        sa.Column("target", sa.String(length=200), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.String(length=30), nullable=False),
        sa.Column("proposed_name", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_proposals_decided_by_people")),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_proposals_engagement_id_engagements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("engagement_id", "version", name=op.f("uq_proposals_engagement_id_version")),
    )
    op.create_table(
        "time_entries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("engagement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("user_id", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("charged", sa.Integer(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("internal_note", sa.Text(), nullable=True),
        sa.Column("client_note", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_time_entries_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["time_entries.id"], name=op.f("fk_time_entries_corrects_id_time_entries")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_time_entries_engagement_id_engagements")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_time_entries_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_time_entries_key")),
    )
    with op.batch_alter_table("time_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_entries_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_entries_engagement_id"), ["engagement_id"], unique=False)
        batch_op.create_index("ix_time_entries_month", ["client_id", "month"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_entries_ticket_id"), ["ticket_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_entries_user_id"), ["user_id"], unique=False)

    op.create_table(
        "ledger_lines",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retainer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "granted",
                "carried_in",
                "spent",
                "corrected",
                "expired",
                "carried_out",
                name="linekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_ledger_lines_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["time_entries.id"], name=op.f("fk_ledger_lines_entry_id_time_entries")
        ),
        sa.ForeignKeyConstraint(
            ["retainer_id"], ["retainers.id"], name=op.f("fk_ledger_lines_retainer_id_retainers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_ledger_lines_entry_id")),
    )
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_lines_month", ["client_id", "month"], unique=False)

    op.create_table(
        "outcome_checks",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("asked_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "reached",
                "partly",
                "missed",
                "dropped",
                name="outcomestate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("answered_at", bot.database.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_outcome_checks_outcome_id_outcomes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_checks")),
        sa.UniqueConstraint("outcome_id", "day", name=op.f("uq_outcome_checks_outcome_id_day")),
    )
    op.add_column("audit_events", sa.Column("engagement_id", sa.Integer(), nullable=True))
    op.create_index("ix_audit_events_engagement_id", "audit_events", ["engagement_id"], unique=False)
    op.add_column("clients", sa.Column("sector", sa.String(length=100), nullable=True))
    op.add_column("clients", sa.Column("hours", sa.String(length=200), nullable=True))
    op.add_column("notices", sa.Column("values", sa.JSON(), nullable=True))
    approves = sa.Enum("approver", "deputy", name="approves", native_enum=False, length=40)
    op.add_column("people", sa.Column("approves", approves, nullable=True))
    op.add_column("tickets", sa.Column("unapproved_since", bot.database.Utc(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("tickets", "unapproved_since")
    op.drop_column("people", "approves")
    op.drop_column("notices", "values")
    op.drop_column("clients", "hours")
    op.drop_column("clients", "sector")
    op.drop_index("ix_audit_events_engagement_id", table_name="audit_events")
    op.drop_column("audit_events", "engagement_id")
    op.drop_table("outcome_checks")
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_lines_month")

    op.drop_table("ledger_lines")
    with op.batch_alter_table("time_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_time_entries_user_id"))
        batch_op.drop_index(batch_op.f("ix_time_entries_ticket_id"))
        batch_op.drop_index("ix_time_entries_month")
        batch_op.drop_index(batch_op.f("ix_time_entries_engagement_id"))
        batch_op.drop_index(batch_op.f("ix_time_entries_corrects_id"))

    op.drop_table("time_entries")
    op.drop_table("proposals")
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.drop_index("ix_outcomes_client")

    op.drop_table("outcomes")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_engagement_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("engagements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagements_ticket_id"))
        batch_op.drop_index(batch_op.f("ix_engagements_person_id"))
        batch_op.drop_index("ix_engagements_client")

    op.drop_table("engagements")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_person_id"))
        batch_op.drop_index("ix_decisions_client")

    op.drop_table("decisions")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consents_ticket",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index("ix_consents_ring")
        batch_op.drop_index(batch_op.f("ix_consents_client_id"))

    op.drop_table("consents")
    op.drop_table("service_ends")
    with op.batch_alter_table("retainers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retainers_client_id"))

    op.drop_table("retainers")
    op.drop_table("packs")
    op.drop_table("closed_months")
    with op.batch_alter_table("client_channels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_channels_client_id"))

    op.drop_table("client_channels")
    op.drop_table("announced")
