"""Messages on a case, who has read them, and for whom what a mail tells of is meant.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import fix_columns, grant, part_by_state, release_columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AUDIENCES = "audience IN ('state_tpb', 'all', 'coordination', 'tpb_only')"
#: Written once; only the audience grows, with who widened it and when.
WRITTEN = (
    "key",
    "case_id",
    "state_id",
    "before_submission",
    "lang",
    "text",
    "written_as",
    "written_by_id",
    "on_behalf_of_id",
    "written_at",
)


def upgrade() -> None:
    op.execute(
        "ALTER TABLE outbox_messages ADD COLUMN audience VARCHAR(40) "
        f"CONSTRAINT ck_outbox_messages_audience CHECK ({AUDIENCES})"
    )
    create_messages()
    create_message_reads()
    for table in ("messages", "message_reads"):
        part_by_state(table)
    fix_columns("messages", WRITTEN)
    grant(("messages",), "SELECT, INSERT, UPDATE")
    grant(("message_reads",), "SELECT, INSERT")


def create_messages() -> None:
    people = ("written_by_id", "on_behalf_of_id", "widened_by_id", "widened_for_id")
    op.create_table(
        "messages",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("before_submission", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_as", sa.String(length=40), nullable=False),
        sa.Column("written_by_id", BIGINT, nullable=False),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("widened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("widened_by_id", BIGINT, nullable=True),
        sa.Column("widened_for_id", BIGINT, nullable=True),
        sa.CheckConstraint(AUDIENCES, name=op.f("ck_messages_audience")),
        sa.CheckConstraint(
            "written_as IN ('focal_point', 'mission', 'intake_officer', 'case_officer', 'branch_chief', "
            "'programme_support', 'ctc_liaison', 'ola_liaison', 'manager', 'auditor', 'administrator', 'system')",
            name=op.f("ck_messages_written_as"),
        ),
        sa.CheckConstraint(
            "NOT before_submission OR (audience = 'state_tpb' AND widened_at IS NULL)",
            name=op.f("ck_messages_stays_with_state"),
        ),
        sa.CheckConstraint("(widened_at IS NULL) = (widened_by_id IS NULL)", name=op.f("ck_messages_widened")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_messages_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        *(sa.ForeignKeyConstraint([who], ["users.id"], name=op.f(f"fk_messages_{who}_users")) for who in people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_messages_id_case_id")),
        sa.UniqueConstraint("key", name=op.f("uq_messages_key")),
    )
    op.create_index("ix_messages_case_id_id", "messages", ["case_id", "id"])


def create_message_reads() -> None:
    op.create_table(
        "message_reads",
        sa.Column("message_id", BIGINT, nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_message_reads_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["message_id", "case_id"],
            ["messages.id", "messages.case_id"],
            name=op.f("fk_message_reads_message_id_case_id_messages"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_message_reads_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "user_id", name=op.f("pk_message_reads")),
    )


def downgrade() -> None:
    op.drop_table("message_reads")
    release_columns("messages")
    op.drop_table("messages")
    # a later step may have copied the table and left the check apart from its column, which SQLite then cannot drop
    with op.batch_alter_table("outbox_messages") as batch:
        batch.drop_constraint(op.f("ck_outbox_messages_audience"), type_="check")
        batch.drop_column("audience")
