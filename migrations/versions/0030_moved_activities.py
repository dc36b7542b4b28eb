"""Other dates of agreed activities, as they were proposed to the State and answered.

Revision: 0030
Follows: 0029
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import fix_columns, grant, part_by_state, release_columns

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "activity_moves"
#: What was proposed stays as it was; whether it was accepted is added once.
PROPOSED = (
    *("key", "activity_id", "case_id", "state_id", "from_starts_on", "from_ends_on", "starts_on", "ends_on"),
    *("reason", "proposed_by_id", "proposed_at"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("activity_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("from_starts_on", sa.Date(), nullable=False),
        sa.Column("from_ends_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", BIGINT, nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("answered_by_id", BIGINT, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(accepted IS NULL) = (answered_at IS NULL)", name=op.f("ck_activity_moves_answer_with_date")
        ),
        sa.CheckConstraint(
            "accepted IS NULL OR closed_at IS NULL", name=op.f("ck_activity_moves_answered_or_overtaken")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_activity_moves_reason")),
        sa.CheckConstraint(
            "starts_on <> from_starts_on OR ends_on <> from_ends_on", name=op.f("ck_activity_moves_other_dates")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_activity_moves_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["activity_id", "case_id"],
            ["activities.id", "activities.case_id"],
            name=op.f("fk_activity_moves_activity_id_case_id_activities"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_activity_moves_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_activity_moves_answered_by_id_users")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["users.id"], name=op.f("fk_activity_moves_proposed_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_moves")),
        sa.UniqueConstraint("key", name=op.f("uq_activity_moves_key")),
        info={"case_bearing": True},
    )
    op.create_index("ix_activity_moves_case_id", TABLE, ["case_id"], unique=False)
    waits = sa.text("accepted IS NULL AND closed_at IS NULL")
    op.create_index(
        "uq_activity_moves_waiting",
        TABLE,
        ["activity_id"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )
    part_by_state(TABLE)
    fix_columns(TABLE, PROPOSED)
    grant((TABLE,), "SELECT, INSERT, UPDATE")


def downgrade() -> None:
    release_columns(TABLE)
    op.drop_table(TABLE)
