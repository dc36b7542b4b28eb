"""What is known of the notes and letters with which requests come on paper.

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, part_by_state

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "paper_notes"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("note_number", sa.String(length=80), nullable=False),
        sa.Column("note_mark", sa.String(length=80), nullable=False),
        sa.Column("note_date", sa.Date(), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("registered_by_id", BIGINT, nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("note_number <> ''", name=op.f("ck_paper_notes_note_number")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_paper_notes_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["registered_by_id"], ["users.id"], name=op.f("fk_paper_notes_registered_by_id_users")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_paper_notes")),
    )
    op.create_index("ix_paper_notes_state_id_note_mark", TABLE, ["state_id", "note_mark"], unique=False)
    part_by_state(TABLE)
    grant((TABLE,))


def downgrade() -> None:
    op.drop_table(TABLE)
