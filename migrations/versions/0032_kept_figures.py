"""Figures of the dashboard are kept for some minutes, with the instant at which they were counted.

Revision: 0032
Follows: 0031
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import grant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLE = "kept_figures"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("sight", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.String(length=200), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_figures")),
        sa.UniqueConstraint("sight", "subject", "asked", name=op.f("uq_kept_figures_sight_subject_asked")),
    )
    op.create_index("ix_kept_figures_counted_at", TABLE, ["counted_at"], unique=False)
    grant((TABLE,))


def downgrade() -> None:
    op.drop_table(TABLE)
