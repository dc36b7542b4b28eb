"""How people want to be told, digests by local day, notices to stand-ins, and failures of jobs in a row.

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("digests", "notice_choices")
STATES = ("pending", "leased", "sent", "dead", "withheld")
FAILURES = (
    "server_unreachable",
    "server_refused",
    "address_refused",
    "address_unusable",
    "try_later",
    "content_refused",
    "connection_lost",
    "not_rendered",
    "lease_expired",
    "not_permitted",
    "over",
)
KINDS = ("steps", "questions", "messages", "deadlines", "consultations", "decisions", "account")


def upgrade() -> None:
    _create_digests()
    _create_choices()
    grant(TABLES)
    _rename_words((*STATES[:2], "gathered", *STATES[2:]), (*FAILURES, "not_wanted"), _widen)
    op.create_index(
        "ix_outbox_messages_gathered",
        "outbox_messages",
        ["user_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'gathered'"),
        sqlite_where=sa.text("state = 'gathered'"),
    )
    op.create_index("ix_outbox_messages_digest_id", "outbox_messages", ["digest_id"], unique=False)
    with op.batch_alter_table("notices") as batch:
        batch.add_column(sa.Column("for_id", BIGINT, nullable=True))
        batch.create_foreign_key(op.f("fk_notices_for_id_users"), "users", ["for_id"], ["id"], ondelete="SET NULL")
    op.add_column("jobs", sa.Column("failures", BIGINT, server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("jobs", "failures")
    with op.batch_alter_table("notices") as batch:
        batch.drop_constraint(op.f("fk_notices_for_id_users"), type_="foreignkey")
        batch.drop_column("for_id")
    op.drop_index("ix_outbox_messages_digest_id", table_name="outbox_messages")
    op.drop_index("ix_outbox_messages_gathered", table_name="outbox_messages")
    # what waited for a digest leaves at once instead
    op.execute("UPDATE outbox_messages SET state = 'pending' WHERE state = 'gathered'")
    op.execute("UPDATE outbox_messages SET last_error = 'over' WHERE last_error = 'not_wanted'")
    op.execute("DELETE FROM outbox_messages WHERE code = 'notices.digest'")
    _rename_words(STATES, FAILURES, _narrow)
    for table in TABLES:
        op.drop_table(table)


def _create_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_digests_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_digests_user_id_day")),
    )
    op.create_index("ix_digests_made_at", "digests", ["made_at"], unique=False)


def _create_choices() -> None:
    op.create_table(
        "notice_choices",
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.CheckConstraint(_one_of("kind", KINDS), name=op.f("ck_notice_choices_kind")),
        sa.CheckConstraint(_one_of("choice", ("at_once", "digest", "off")), name=op.f("ck_notice_choices_choice")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_notice_choices_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_notice_choices")),
    )


def _one_of(column, words):  # type: ignore[no-untyped-def]
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _rename_words(states, failures, columns):  # type: ignore[no-untyped-def]
    """Check other words in the outbox, and change its columns in the same copy of the table that SQLite makes."""
    with op.batch_alter_table("outbox_messages") as batch:
        for column, words in (("state", states), ("last_error", failures)):
            name = op.f(f"ck_outbox_messages_{column}")
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, sa.text(_one_of(column, words)))
        columns(batch)


def _widen(batch):  # type: ignore[no-untyped-def]
    batch.add_column(sa.Column("for_id", BIGINT, nullable=True))
    batch.add_column(sa.Column("digest_id", BIGINT, nullable=True))
    batch.create_foreign_key(op.f("fk_outbox_messages_for_id_users"), "users", ["for_id"], ["id"], ondelete="SET NULL")
    batch.create_foreign_key(
        op.f("fk_outbox_messages_digest_id_digests"), "digests", ["digest_id"], ["id"], ondelete="CASCADE"
    )


def _narrow(batch):  # type: ignore[no-untyped-def]
    batch.drop_constraint(op.f("fk_outbox_messages_digest_id_digests"), type_="foreignkey")
    batch.drop_constraint(op.f("fk_outbox_messages_for_id_users"), type_="foreignkey")
    batch.drop_column("digest_id")
    batch.drop_column("for_id")
