"""Drafts proposed to a State, recommendations of a delivery, and follow-ups that take them up again.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, part_by_state

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: In an order in which foreign keys can be created. All hold something about a case: parted by State.
TABLES = ("proposals", "recommendations", "recommendation_renewals")


def upgrade() -> None:
    op.add_column("cases", sa.Column("to_adopt", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_cases_parent_id",
        "cases",
        ["parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id IS NOT NULL"),
        sqlite_where=sa.text("parent_id IS NOT NULL"),
    )
    _create_proposals()
    _create_recommendations()
    for table in TABLES:
        part_by_state(table)
    grant(TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_cases_parent_id", table_name="cases")
    op.drop_column("cases", "to_adopt")


def _create_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", BIGINT, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_proposals_answered")),
        sa.CheckConstraint("answer IN ('adopted', 'not_adopted')", name=op.f("ck_proposals_answer")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_proposals_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["users.id"], name=op.f("fk_proposals_proposed_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("case_id", name=op.f("uq_proposals_case_id")),
        sa.UniqueConstraint("key", name=op.f("uq_proposals_key")),
    )
    op.create_index("ix_proposals_proposed_by_id", "proposals", ["proposed_by_id", "id"], unique=False)


def _create_recommendations() -> None:
    op.create_table(
        "recommendations",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'dropped')", name=op.f("ck_recommendations_status")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_recommendations_text")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_recommendations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("id", "state_id", name=op.f("uq_recommendations_id_state_id")),
        sa.UniqueConstraint("key", name=op.f("uq_recommendations_key")),
    )
    op.create_index("ix_recommendations_case_id", "recommendations", ["case_id", "status"], unique=False)
    op.create_table(
        "recommendation_renewals",
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("recommendation_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_recommendation_renewals_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "state_id"],
            ["recommendations.id", "recommendations.state_id"],
            name=op.f("fk_recommendation_renewals_recommendation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("case_id", "recommendation_id", name=op.f("pk_recommendation_renewals")),
    )
    op.create_index(
        "ix_recommendation_renewals_recommendation_id",
        "recommendation_renewals",
        ["recommendation_id"],
        unique=False,
    )
