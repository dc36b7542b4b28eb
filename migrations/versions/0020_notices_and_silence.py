"""Notices to registered addresses with what became of them, and proofs of silence.

Revision: 0020
Follows: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
OF_BODY = sa.text("body IS NOT NULL")
RECIPIENT = "ck_outbox_messages_one_recipient"


def upgrade() -> None:
    op.create_index("uq_offices_body", "offices", ["body"], unique=True, sqlite_where=OF_BODY, postgresql_where=OF_BODY)
    with op.batch_alter_table("outbox_messages") as batch:
        batch.add_column(sa.Column("address", sa.String(length=254), nullable=True))
        batch.alter_column("user_id", existing_type=BIGINT, nullable=True)
        batch.create_check_constraint(op.f(RECIPIENT), sa.text("(user_id IS NULL) <> (address IS NULL)"))
    bounces()
    notices()
    proofs()


def bounces() -> None:
    op.create_table(
        "mail_bounces",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.CheckConstraint("action IN ('failed', 'delayed')", name=op.f("ck_mail_bounces_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_bounces")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_bounces_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_mail_bounces_digest")),
    )
    op.create_index("ix_mail_bounces_message_id", "mail_bounces", ["message_id"])
    grant(("mail_bounces",))


def of_consultation(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What every table about a consultation has."""
    return (
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("consultation_id", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f(f"fk_{table}_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f(f"fk_{table}_consultation_id_consultations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{table}_key")),
    )


def notices() -> None:
    table = "consultation_notices"
    op.create_table(
        table,
        *of_consultation(table),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("queued_at", TIME, nullable=False),
        sa.Column("accepted_at", TIME, nullable=True),
        sa.Column("bounced_at", TIME, nullable=True),
        sa.Column("bounce_status", sa.String(length=20), nullable=True),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.Column("revoked_by_id", BIGINT, nullable=True),
        sa.Column("received_at", TIME, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_consultation_notices_revoked_by_somebody")
        ),
        sa.CheckConstraint(
            "(bounced_at IS NULL) = (bounce_status IS NULL)", name=op.f("ck_consultation_notices_bounced_somehow")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["users.id"], name=op.f("fk_consultation_notices_revoked_by_id_users")
        ),
        sa.UniqueConstraint("consultation_id", "address", name=op.f("uq_consultation_notices_consultation_id_address")),
        sa.UniqueConstraint("message_id", name=op.f("uq_consultation_notices_message_id")),
    )
    op.create_index("ix_consultation_notices_case_id", table, ["case_id", "id"])
    part_by_state(table)
    grant((table,))


def proofs() -> None:
    table = "silence_proofs"
    op.create_table(
        table,
        *of_consultation(table),
        sa.Column("agreement_id", BIGINT, nullable=False),
        sa.Column("proof", JSON, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("deemed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["body_agreements.id"], name=op.f("fk_silence_proofs_agreement_id_body_agreements")
        ),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_silence_proofs_consultation_id")),
    )
    part_by_state(table)
    append_only(table)
    grant((table,))


def downgrade() -> None:
    drop_append_only("silence_proofs")
    for table in ("silence_proofs", "consultation_notices", "mail_bounces"):
        op.drop_table(table)
    op.execute("DELETE FROM outbox_messages WHERE user_id IS NULL")
    with op.batch_alter_table("outbox_messages") as batch:
        batch.drop_constraint(op.f(RECIPIENT), type_="check")
        batch.alter_column("user_id", existing_type=BIGINT, nullable=False)
        batch.drop_column("address")
    op.drop_index("uq_offices_body", "offices")
