"""Agreements of consulted bodies: the silence rule, and standing no-objections for the fast lane.

Revision: 0016
Follows: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import fix_columns, grant, release_columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "body_agreements"
WRITTEN = (
    *("id", "key", "body", "kind", "types", "letter_reference", "letter_date", "file_name", "media_type", "size"),
    *("sha256", "storage_name", "valid_from", "valid_to", "recorded_at", "recorded_by_id"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("types", JSON, nullable=False),
        sa.Column("letter_reference", sa.String(length=120), nullable=True),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(length=160), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("size", BIGINT, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("storage_name", sa.String(length=100), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", BIGINT, nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", BIGINT, nullable=True),
        sa.Column("revocation_note", sa.String(length=500), nullable=False),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_body_agreements_body")),
        sa.CheckConstraint("kind IN ('silence_rule', 'standing_no_objection')", name=op.f("ck_body_agreements_kind")),
        sa.CheckConstraint("body = 'ctc_cted'", name=op.f("ck_body_agreements_of_ctc")),
        sa.CheckConstraint(
            "(letter_reference IS NULL) = (storage_name IS NULL) AND (letter_date IS NULL) = (storage_name IS NULL) "
            "AND (file_name IS NULL) = (storage_name IS NULL) AND (media_type IS NULL) = (storage_name IS NULL) "
            "AND (size IS NULL) = (storage_name IS NULL) AND (sha256 IS NULL) = (storage_name IS NULL)",
            name=op.f("ck_body_agreements_letter_with_original"),
        ),
        sa.CheckConstraint(
            "kind <> 'silence_rule' OR storage_name IS NOT NULL", name=op.f("ck_body_agreements_silence_in_writing")
        ),
        sa.CheckConstraint(
            "(kind = 'silence_rule') = (valid_to IS NULL)", name=op.f("ck_body_agreements_standing_ends")
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_body_agreements_validity")),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_body_agreements_revoked_by_somebody")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_body_agreements_recorded_by_id_users")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["users.id"], name=op.f("fk_body_agreements_revoked_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_agreements")),
        sa.UniqueConstraint("key", name=op.f("uq_body_agreements_key")),
    )
    one_rule = sa.text("kind = 'silence_rule' AND revoked_at IS NULL")
    op.create_index(
        "uq_body_agreements_silence_rule",
        TABLE,
        ["body"],
        unique=True,
        sqlite_where=one_rule,
        postgresql_where=one_rule,
    )
    op.create_index("ix_body_agreements_storage_name", TABLE, ["storage_name"])
    fix_columns(TABLE, WRITTEN)
    grant((TABLE,), "SELECT, INSERT, UPDATE")


def downgrade() -> None:
    release_columns(TABLE)
    op.drop_table(TABLE)
