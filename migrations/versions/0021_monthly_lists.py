"""Monthly lists of CTC/CTED as they were sent.

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("monthly_lists", "monthly_entries")


def upgrade() -> None:
    op.create_table(
        "monthly_lists",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_monthly_lists_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_lists")),
        sa.UniqueConstraint("key", name=op.f("uq_monthly_lists_key")),
        sa.UniqueConstraint("body", "month", name=op.f("uq_monthly_lists_body_month")),
    )
    op.create_table(
        "monthly_entries",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("list_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("happened", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "happened IN ('received', 'decided', 'started', 'delivered', 'refused')",
            name=op.f("ck_monthly_entries_happened"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_monthly_entries_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["monthly_lists.id"], name=op.f("fk_monthly_entries_list_id_monthly_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_entries")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_monthly_entries_case_id_seq")),
    )
    op.create_index("ix_monthly_entries_list_id", "monthly_entries", ["list_id", "id"])
    part_by_state("monthly_entries")
    for table in TABLES:
        append_only(table)
    grant(TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        drop_append_only(table)
        op.drop_table(table)
