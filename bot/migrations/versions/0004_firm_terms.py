"""What the firm promises in general, each term confirmed or not; its profile says more of itself.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import bot.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PROFILES = sa.table("firm_values", sa.column("key", sa.String), sa.column("value", sa.JSON))
KNOWN_BEFORE = ("name", "phone", "email", "desk_channel", "desk_problem")


def upgrade() -> None:
    op.create_table(
        "firm_terms",
        sa.Column(
            "term",
            sa.Enum(
                "first_reply",
                "notice",
                "start",
                "corrections",
                "urgent_triage",
                name="term",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("confirmed_at", bot.database.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_firm_terms")),
    )


def downgrade() -> None:
    op.drop_table("firm_terms")
    # The program before refuses a profile that says what it does not know.
    connection = op.get_bind()
    for key, value in connection.execute(sa.select(PROFILES.c.key, PROFILES.c.value)).all():
        kept = {name: value[name] for name in KNOWN_BEFORE if name in value}
        connection.execute(sa.update(PROFILES).where(PROFILES.c.key == key).values(value=kept))
