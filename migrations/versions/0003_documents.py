"""Documents of cases, a row for each version.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, part_by_state

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("series", sa.String(length=12), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", BIGINT, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_name", sa.String(length=100), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("field_path", sa.String(length=80), nullable=True),
        sa.Column("uploaded_as", sa.String(length=40), nullable=False),
        sa.Column("uploaded_by_id", BIGINT, nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("widened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("widened_by_id", BIGINT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('draft_law', 'legal_text', 'note_verbale', 'letter', 'consent', 'report', 'comments', 'agenda', 'participants', 'training_material', 'translation', 'other')",
            name=op.f("ck_documents_kind"),
        ),
        sa.CheckConstraint(
            "audience IN ('state_tpb', 'all', 'coordination', 'tpb_only')", name=op.f("ck_documents_audience")
        ),
        sa.CheckConstraint("status IN ('accepted', 'quarantined')", name=op.f("ck_documents_status")),
        sa.CheckConstraint(
            "uploaded_as IN ('focal_point', 'mission', 'intake_officer', 'case_officer', 'branch_chief', 'programme_support', 'ctc_liaison', 'ola_liaison', 'manager', 'auditor', 'administrator', 'system')",
            name=op.f("ck_documents_uploaded_as"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_documents_version")),
        sa.CheckConstraint("size > 0", name=op.f("ck_documents_size")),
        sa.CheckConstraint(
            "(widened_at IS NULL) = (widened_by_id IS NULL)", name=op.f("ck_documents_widened_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_documents_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["users.id"], name=op.f("fk_documents_uploaded_by_id_users")),
        sa.ForeignKeyConstraint(["widened_by_id"], ["users.id"], name=op.f("fk_documents_widened_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_documents_key")),
        sa.UniqueConstraint("series", "version", name=op.f("uq_documents_series_version")),
        info={"case_bearing": True},
    )
    op.create_index("ix_documents_case_id", "documents", ["case_id", "series", "version"], unique=False)
    op.create_index("ix_documents_storage_name", "documents", ["storage_name"], unique=False)
    op.create_index(
        "uq_documents_current",
        "documents",
        ["series"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    part_by_state("documents")
    grant(["documents"])


def downgrade() -> None:
    op.drop_table("documents")
