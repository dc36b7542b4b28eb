"""The library of tools: titles in languages, files by language, downloads counted by day.

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import grant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tools",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("paragraphs", JSON, nullable=False),
        sa.Column("instruments", JSON, nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("year", BIGINT, nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("entered_by_id", BIGINT, nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("kind IN ('guide', 'model_law', 'checklist', 'course')", name=op.f("ck_tools_kind")),
        sa.CheckConstraint("version > 0", name=op.f("ck_tools_version")),
        sa.CheckConstraint("year BETWEEN 1945 AND 2100", name=op.f("ck_tools_year")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL", name=op.f("ck_tools_withdrawn_after_published")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason = '')", name=op.f("ck_tools_withdrawn_with_reason")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_tools_entered_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tools")),
        sa.UniqueConstraint("key", name=op.f("uq_tools_key")),
    )
    create_files()
    op.create_table(
        "tool_downloads",
        sa.Column("file_id", BIGINT, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", BIGINT, nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_tool_downloads_times")),
        sa.ForeignKeyConstraint(["file_id"], ["tool_files.id"], name=op.f("fk_tool_downloads_file_id_tool_files")),
        sa.PrimaryKeyConstraint("file_id", "day", name=op.f("pk_tool_downloads")),
    )
    grant(("tools", "tool_files", "tool_downloads"), "SELECT, INSERT, UPDATE")


def create_files() -> None:
    op.create_table(
        "tool_files",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("tool_id", BIGINT, nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", BIGINT, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_name", sa.String(length=100), nullable=False),
        sa.Column("added_by_id", BIGINT, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_tool_files_size")),
        sa.ForeignKeyConstraint(["tool_id"], ["tools.id"], name=op.f("fk_tool_files_tool_id_tools")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_tool_files_added_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_files")),
        sa.UniqueConstraint("key", name=op.f("uq_tool_files_key")),
    )
    current = sa.text("superseded_at IS NULL")
    op.create_index(
        "uq_tool_files_current",
        "tool_files",
        ["tool_id", "lang"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index("ix_tool_files_storage_name", "tool_files", ["storage_name"])


def downgrade() -> None:
    for table in ("tool_downloads", "tool_files", "tools"):
        op.drop_table(table)
