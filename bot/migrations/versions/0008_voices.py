"""What a language model was asked, what people say of answers and articles, gaps, and how long is kept.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gaps",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "assigned", "closed", "dismissed", name="gapstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("assigned_to", sa.String(length=30), nullable=True),
        sa.Column("assigned_name", sa.String(length=200), nullable=True),
        sa.Column("closed_by_slug", sa.String(length=80), nullable=True),
        sa.Column("closed_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("first_at", bot.database.Utc(timezone=True), nullable=False),
        sa.Column("last_at", bot.database.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
    )
    op.create_table(
        "spends",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_spends_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_spends_person_id_people")),
        sa.PrimaryKeyConstraint("day", "client_id", "person_id", name=op.f("pk_spends")),
    )
    op.create_table(
        "comments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=True),
        sa.Column("section", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "replied", "taken_up", name="commentstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("seen_from", sa.String(length=30), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.String(length=30), nullable=True),
        sa.Column("replied_name", sa.String(length=200), nullable=True),
        sa.Column("replied_at", bot.database.Utc(timezone=True), nullable=True),
        sa.Column("card_channel", sa.String(length=30), nullable=True),
        sa.Column("card_ts", sa.String(length=30), nullable=True),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("created_at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_comments_answer_id_answers")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_comments_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("key", name=op.f("uq_comments_key")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_comments_slug", ["slug"], unique=False)

    op.create_table(
        "gap_questions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("gap_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("at", bot.database.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_gap_questions_answer_id_answers")
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.id"], name=op.f("fk_gap_questions_gap_id_gaps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_questions")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_gap_questions_answer_id")),
    )
    with op.batch_alter_table("gap_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_questions_gap_id"), ["gap_id"], unique=False)

    op.create_table(
        "rests",
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_rests_answer_id_answers")),
        sa.PrimaryKeyConstraint("answer_id", "slug", "section", name=op.f("pk_rests")),
    )
    with op.batch_alter_table("rests", schema=None) as batch_op:
        batch_op.create_index("ix_rests_slug", ["slug"], unique=False)

    op.add_column("answers", sa.Column("composed", sa.JSON(), nullable=True))
    op.add_column("clients", sa.Column("keep_days", sa.Integer(), nullable=True))
    never = sa.Column("shows_personal", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("clients", never)
    complaints = ("incorrect", "off_question", "incomplete", "outdated", "too_long", "other")
    complaint = sa.Enum(*complaints, name="complaint", native_enum=False, length=40)
    op.add_column("feedback", sa.Column("complaint", complaint, nullable=True))


def downgrade() -> None:
    op.drop_column("feedback", "complaint")
    op.drop_column("clients", "shows_personal")
    op.drop_column("clients", "keep_days")
    op.drop_column("answers", "composed")
    with op.batch_alter_table("rests", schema=None) as batch_op:
        batch_op.drop_index("ix_rests_slug")

    op.drop_table("rests")
    with op.batch_alter_table("gap_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_questions_gap_id"))

    op.drop_table("gap_questions")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_slug")
        batch_op.drop_index(batch_op.f("ix_comments_person_id"))

    op.drop_table("comments")
    op.drop_table("spends")
    op.drop_table("gaps")
