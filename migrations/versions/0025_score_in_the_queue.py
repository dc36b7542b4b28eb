"""The priority score of the signed assessment stands with its case, so that the queue can be sorted by it.

Revision: 0025
Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

from app.casework.models.case import IS_OPEN

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: The look that is not closed; only a signed one has a score.
SIGNED = sa.text(
    "UPDATE cases SET score = (SELECT assessments.score FROM assessments"
    " WHERE assessments.case_id = cases.id AND assessments.closed_at IS NULL)"
)


def upgrade() -> None:
    op.add_column("cases", sa.Column("score", BIGINT, nullable=True))
    op.execute(SIGNED)
    op.create_index(
        "ix_cases_open_score", "cases", ["score", "id"], unique=False, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open_score", table_name="cases")
    op.drop_column("cases", "score")
