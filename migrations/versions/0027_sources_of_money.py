"""Sources of money with their ledger; allocations name their source and count once approved.

Revision: 0027
Follows: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import (
    append_only,
    drop_append_only,
    fix_columns,
    grant,
    is_postgresql,
    release_columns,
)

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("contributions", "contribution_lines")
#: Of a source only its version and the thanks change later.
SOURCE_FIXED = (
    "kind",
    "donor",
    "title",
    "budget_line",
    "year",
    "currency",
    "regions",
    "states",
    "types",
    "expires_on",
    "support_percent",
    "firm",
    "from_host",
    "what",
    "note",
    "recorded_by_id",
    "recorded_for_id",
    "recorded_at",
)
#: Of an allocation only its approval and what is no longer behind it change later.
ALLOCATION_FIXED = (
    "case_id",
    "state_id",
    "seq",
    "contribution_id",
    "kind",
    "source",
    "budget_line",
    "year",
    "minor",
    "support_minor",
    "currency",
    "cost_lines",
    "paragraphs",
    "note",
    "allocated_by_id",
    "allocated_for_id",
    "allocated_at",
)
KEYS = (
    ("contribution_id", "contributions"),
    ("allocated_for_id", "users"),
    ("approved_by_id", "users"),
)
CHECKS = (
    ("ck_allocations_support", "support_minor >= 0"),
    ("ck_allocations_uncovered", "uncovered_minor BETWEEN 0 AND minor + support_minor"),
)
ADDED = (
    "contribution_id",
    "support_minor",
    "cost_lines",
    "paragraphs",
    "allocated_for_id",
    "approved_by_id",
    "approved_at",
    "uncovered_minor",
)
CONSENT = "ck_consent_records_kind"
KINDS = ("ctc", "partners", "public_summary", "visit")
NAMING = "name_in_unfunded_needs"


def upgrade() -> None:
    sources()
    with_triggers_put_aside("allocations", widen_allocations)
    op.create_index("ix_allocations_contribution_id", "allocations", ["contribution_id"], unique=False)
    see_everything()
    # What was allocated before counted at once.
    op.execute("UPDATE allocations SET approved_by_id = allocated_by_id, approved_at = allocated_at")
    fix_columns("allocations", ALLOCATION_FIXED)
    lines()
    fix_columns("contributions", SOURCE_FIXED)
    append_only("contribution_lines")
    grant(TABLES)
    with_triggers_put_aside("consent_records", lambda: consents((*KINDS, NAMING)), again=True)


def sources() -> None:
    op.create_table(
        "contributions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("donor", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("budget_line", sa.String(length=60), nullable=False),
        sa.Column("year", BIGINT, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("regions", JSON, nullable=False),
        sa.Column("states", JSON, nullable=False),
        sa.Column("types", JSON, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("support_percent", BIGINT, nullable=False),
        sa.Column("firm", sa.Boolean(), nullable=False),
        sa.Column("from_host", sa.Boolean(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("recorded_by_id", BIGINT, nullable=True),
        sa.Column("recorded_for_id", BIGINT, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("thanked_by_id", BIGINT, nullable=True),
        sa.CheckConstraint(
            "(kind = 'existing_regular_budget') = (budget_line <> '')", name=op.f("ck_contributions_budget_line")
        ),
        sa.CheckConstraint(
            "(kind = 'existing_regular_budget') = (year IS NOT NULL)", name=op.f("ck_contributions_budget_year")
        ),
        sa.CheckConstraint("(kind = 'in_kind') = (what <> '')", name=op.f("ck_contributions_in_kind_named")),
        sa.CheckConstraint("donor <> ''", name=op.f("ck_contributions_donor")),
        sa.CheckConstraint(
            "kind <> 'in_kind' OR support_percent = 0", name=op.f("ck_contributions_in_kind_without_support")
        ),
        sa.CheckConstraint(
            "kind IN ('extrabudgetary', 'existing_regular_budget', 'in_kind')", name=op.f("ck_contributions_kind")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_contributions_title")),
        sa.CheckConstraint("support_percent BETWEEN 0 AND 100", name=op.f("ck_contributions_support_percent")),
        sa.CheckConstraint("version > 0", name=op.f("ck_contributions_version")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_contributions_recorded_by_id_users")),
        sa.ForeignKeyConstraint(["recorded_for_id"], ["users.id"], name=op.f("fk_contributions_recorded_for_id_users")),
        sa.ForeignKeyConstraint(["thanked_by_id"], ["users.id"], name=op.f("fk_contributions_thanked_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint("key", name=op.f("uq_contributions_key")),
    )


def lines() -> None:
    op.create_table(
        "contribution_lines",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("contribution_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("minor", BIGINT, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("allocation_id", BIGINT, nullable=True),
        sa.Column("corrects_id", BIGINT, nullable=True),
        sa.Column("by_id", BIGINT, nullable=True),
        sa.Column("for_id", BIGINT, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('spending', 'release')) = (allocation_id IS NOT NULL)",
            name=op.f("ck_contribution_lines_of_allocation"),
        ),
        sa.CheckConstraint(
            "kind IN ('pledge', 'reduction', 'receipt', 'spending', 'release')",
            name=op.f("ck_contribution_lines_kind"),
        ),
        sa.CheckConstraint(
            "minor > 0 OR (corrects_id IS NOT NULL AND minor < 0)", name=op.f("ck_contribution_lines_minor")
        ),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocations.id"], name=op.f("fk_contribution_lines_allocation_id_allocations")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_contribution_lines_by_id_users")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_contribution_lines_contribution_id_contributions")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["contribution_lines.id"],
            name=op.f("fk_contribution_lines_corrects_id_contribution_lines"),
        ),
        sa.ForeignKeyConstraint(["for_id"], ["users.id"], name=op.f("fk_contribution_lines_for_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_lines")),
        sa.UniqueConstraint("key", name=op.f("uq_contribution_lines_key")),
    )
    op.create_index("ix_contribution_lines_allocation_id", "contribution_lines", ["allocation_id"], unique=False)
    op.create_index(
        "ix_contribution_lines_contribution_id", "contribution_lines", ["contribution_id", "kind"], unique=False
    )


def widen_allocations() -> None:
    drop_append_only("allocations")
    with op.batch_alter_table("allocations") as batch:
        batch.add_column(sa.Column("contribution_id", BIGINT, nullable=True))
        batch.add_column(sa.Column("support_minor", BIGINT, server_default=sa.text("0"), nullable=False))
        batch.add_column(sa.Column("cost_lines", JSON, nullable=True))
        batch.add_column(sa.Column("paragraphs", JSON, nullable=True))
        batch.add_column(sa.Column("allocated_for_id", BIGINT, nullable=True))
        batch.add_column(sa.Column("approved_by_id", BIGINT, nullable=True))
        batch.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("uncovered_minor", BIGINT, server_default=sa.text("0"), nullable=False))
        for column, table in KEYS:
            batch.create_foreign_key(op.f(f"fk_allocations_{column}_{table}"), table, [column], ["id"])
        for name, rule in CHECKS:
            batch.create_check_constraint(op.f(name), sa.text(rule))


def narrow_allocations() -> None:
    release_columns("allocations")
    with op.batch_alter_table("allocations") as batch:
        for name, _rule in CHECKS:
            batch.drop_constraint(op.f(name), type_="check")
        for column, table in KEYS:
            batch.drop_constraint(op.f(f"fk_allocations_{column}_{table}"), type_="foreignkey")
        for column in ADDED:
            batch.drop_column(column)


def consents(kinds: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("consent_records") as batch:
        batch.drop_constraint(op.f(CONSENT), type_="check")
        batch.create_check_constraint(op.f(CONSENT), sa.text(f"kind IN ({allowed})"))


def see_everything() -> None:
    """Let the owner of the tables, whom row-level security parts too, see the rows of all States."""
    if is_postgresql():
        op.execute("SELECT set_config('accede.scope', 'all', true)")


def with_triggers_put_aside(table: str, change, *, again: bool = False) -> None:
    """Do `change`; SQLite writes the table anew and stumbles over triggers that name it, so they wait.

    Args:
        again: they come back afterwards.
    """
    if is_postgresql():
        change()
        return
    bind = op.get_bind()
    named = sa.text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE :table")
    triggers = bind.execute(named, {"table": f"%{table}%"}).all()
    for name, _on, _sql in triggers:
        op.execute(f"DROP TRIGGER {name}")
    change()
    for _name, on, sql in triggers:
        if again or on != table:
            bind.exec_driver_sql(sql)


def downgrade() -> None:
    see_everything()
    op.execute(f"DELETE FROM consent_records WHERE kind = '{NAMING}'")
    with_triggers_put_aside("consent_records", lambda: consents(KINDS), again=True)
    drop_append_only("contribution_lines")
    op.drop_table("contribution_lines")
    op.drop_index("ix_allocations_contribution_id", "allocations")
    with_triggers_put_aside("allocations", narrow_allocations)
    append_only("allocations")
    release_columns("contributions")
    op.drop_table("contributions")
