"""What the chief decided on each type of assistance, why cases rest, and what was allocated to them.

Revision: 0024
Follows: 0023
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("type_decisions", "holds", "allocations")


def upgrade() -> None:
    op.create_table(
        "type_decisions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("decided_by_id", BIGINT, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("approved = (reason IS NULL)", name=op.f("ck_type_decisions_declined_with_reason")),
        sa.CheckConstraint("approved = (text = '')", name=op.f("ck_type_decisions_declined_with_text")),
        sa.CheckConstraint(
            "reason IN ('lower_priority', 'no_capacity', 'no_funds', 'already_given', 'conditions_missing', 'rights', 'security', 'other')",
            name=op.f("ck_type_decisions_reason"),
        ),
        sa.CheckConstraint(
            "type IN ('ratification', 'legislative_drafting', 'judicial_training', 'prosecutorial_training', 'international_cooperation', 'national_workshop', 'regional_workshop', 'subregional_workshop', 'ministerial_conference', 'online_course', 'mentoring', 'joint_visit', 'tools', 'follow_up')",
            name=op.f("ck_type_decisions_type"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_type_decisions_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_type_decisions_decided_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_decisions")),
        sa.UniqueConstraint("case_id", "seq", "type", name=op.f("uq_type_decisions_case_id_seq_type")),
        info={"case_bearing": True},
    )
    op.create_table(
        "holds",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("for_state", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("shortfall_minor", BIGINT, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("held_by_id", BIGINT, nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(reason = 'money') = (shortfall_minor IS NOT NULL)", name=op.f("ck_holds_money_with_shortfall")
        ),
        sa.CheckConstraint(
            "reason IN ('money', 'security', 'authority_unclear', 'consent_withdrawn', 'rights_concern')",
            name=op.f("ck_holds_reason"),
        ),
        sa.CheckConstraint("shortfall_minor IS NULL OR shortfall_minor > 0", name=op.f("ck_holds_shortfall")),
        sa.CheckConstraint(
            "(currency IS NULL) = (shortfall_minor IS NULL)", name=op.f("ck_holds_shortfall_with_currency")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_holds_text")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_holds_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["held_by_id"], ["users.id"], name=op.f("fk_holds_held_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_holds_case_id_seq")),
        info={"case_bearing": True},
    )
    op.create_table(
        "allocations",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("budget_line", sa.String(length=60), nullable=False),
        sa.Column("year", BIGINT, nullable=True),
        sa.Column("minor", BIGINT, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("allocated_by_id", BIGINT, nullable=True),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'existing_regular_budget') = (budget_line <> '')", name=op.f("ck_allocations_budget_line")
        ),
        sa.CheckConstraint(
            "(kind = 'existing_regular_budget') = (year IS NOT NULL)", name=op.f("ck_allocations_budget_year")
        ),
        sa.CheckConstraint(
            "kind IN ('extrabudgetary', 'existing_regular_budget', 'in_kind')", name=op.f("ck_allocations_kind")
        ),
        sa.CheckConstraint("minor > 0", name=op.f("ck_allocations_minor")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_allocations_source")),
        sa.ForeignKeyConstraint(["allocated_by_id"], ["users.id"], name=op.f("fk_allocations_allocated_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_allocations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_allocations_case_id_seq")),
        sa.UniqueConstraint("key", name=op.f("uq_allocations_key")),
        info={"case_bearing": True},
    )
    op.create_index("ix_allocations_kind", "allocations", ["kind"], unique=False)
    for table in TABLES:
        part_by_state(table)
        append_only(table)
    grant(TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        drop_append_only(table)
        op.drop_table(table)
