"""What was supplied in the fast lane, and under which standing no-objection.

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "supplies"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("items", JSON, nullable=False),
        sa.Column("course", sa.String(length=200), nullable=False),
        sa.Column("copies", BIGINT, nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("cost_minor", BIGINT, nullable=False),
        sa.Column("agreements", JSON, nullable=False),
        sa.Column("supplied_by_id", BIGINT, nullable=True),
        sa.Column("supplied_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_supplies_copies")),
        sa.CheckConstraint("copies = 0 OR address <> ''", name=op.f("ck_supplies_printed_copies_go_somewhere")),
        sa.CheckConstraint("cost_minor >= 0", name=op.f("ck_supplies_cost_minor")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_supplies_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["supplied_by_id"], ["users.id"], name=op.f("fk_supplies_supplied_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplies")),
        sa.UniqueConstraint("case_id", name=op.f("uq_supplies_case_id")),
    )
    part_by_state(TABLE)
    append_only(TABLE)
    grant((TABLE,))


def downgrade() -> None:
    drop_append_only(TABLE)
    op.drop_table(TABLE)
