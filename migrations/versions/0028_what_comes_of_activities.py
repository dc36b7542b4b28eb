"""What comes of activities: their log, what is recommended and what became of it, the look-backs of a closed request.

Revision: 0028
Follows: 0027
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("activity_entries", "look_backs", "no_recommendations", "recommendation_changes")
WRITTEN_ONCE = ("activity_entries", "recommendation_changes")


def upgrade() -> None:
    op.create_table(
        "look_backs",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", BIGINT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", BIGINT, nullable=True),
        sa.Column("measures", JSON, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_look_backs_number")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_look_backs_answered_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_look_backs_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_backs")),
        sa.UniqueConstraint("case_id", "since", "number", name=op.f("uq_look_backs_case_id_since_number")),
        info={"case_bearing": True},
    )
    op.create_table(
        "no_recommendations",
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("said_by_id", BIGINT, nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_no_recommendations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["users.id"], name=op.f("fk_no_recommendations_said_by_id_users")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_no_recommendations")),
        info={"case_bearing": True},
    )
    op.create_table(
        "activity_entries",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("activity_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("written_by_id", BIGINT, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audience IN ('state_tpb', 'all', 'coordination', 'tpb_only')", name=op.f("ck_activity_entries_audience")
        ),
        sa.CheckConstraint(
            "audience IN ('tpb_only', 'state_tpb')", name=op.f("ck_activity_entries_between_state_and_branch")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_activity_entries_text")),
        sa.ForeignKeyConstraint(
            ["activity_id", "case_id"],
            ["activities.id", "activities.case_id"],
            name=op.f("fk_activity_entries_activity_id_case_id_activities"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_activity_entries_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_activity_entries_written_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_entries")),
        info={"case_bearing": True},
    )
    op.create_index("ix_activity_entries_activity_id", "activity_entries", ["activity_id", "happened_on"], unique=False)
    op.create_table(
        "recommendation_changes",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("recommendation_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("changed_by_id", BIGINT, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'dropped')", name=op.f("ck_recommendation_changes_status")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_recommendation_changes_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["users.id"], name=op.f("fk_recommendation_changes_changed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "state_id"],
            ["recommendations.id", "recommendations.state_id"],
            name="fk_recommendation_changes_recommendation",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_changes")),
        info={"case_bearing": True},
    )
    op.create_index(
        "ix_recommendation_changes_recommendation_id", "recommendation_changes", ["recommendation_id"], unique=False
    )
    for table in TABLES:
        part_by_state(table)
    for table in WRITTEN_ONCE:
        append_only(table)
    grant(TABLES)


def downgrade() -> None:
    for table in WRITTEN_ONCE:
        drop_append_only(table)
    for table in TABLES:
        op.drop_table(table)
