"""The response plan of a case: versions, cost lines, activities, and the States that take part in them.

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import grant, is_postgresql, part_by_state

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("plans", "plan_costs", "plan_activities", "plan_participations")
TYPES = (
    "'ratification', 'legislative_drafting', 'judicial_training', 'prosecutorial_training', "
    "'international_cooperation', 'national_workshop', 'regional_workshop', 'subregional_workshop', "
    "'ministerial_conference', 'online_course', 'mentoring', 'joint_visit', 'tools', 'follow_up'"
)
#: What a version keeps once it was proposed; when it was answered is written later.
PROPOSED = (
    "case_id",
    "state_id",
    "number",
    "summary",
    "expected_results",
    "lang",
    "currency",
    "support_percent",
    "drafted_by_id",
    "drafted_at",
    "saved_by_id",
    "saved_at",
    "proposed_at",
)
#: What a participation names; how the State answers is written later.
NAMED = ("key", "activity_id", "plan_id", "case_id", "state_id", "participant_id")
FIXED = "a version of a plan that was proposed stays as it was"


def upgrade() -> None:
    create_plans()
    create_plan_costs()
    create_plan_activities()
    create_plan_participations()
    for table in TABLES:
        part_by_state(table)
    grant(("plans",), "SELECT, INSERT, UPDATE")
    grant(TABLES[1:])
    refuse_on_plans()
    for table, changing in (
        ("plan_costs", "UPDATE"),
        ("plan_activities", "UPDATE"),
        ("plan_participations", f"UPDATE OF {', '.join(NAMED)}"),
    ):
        refuse_on_parts(table, changing)


def of_plan(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns and keys of everything that is part of a plan."""
    return (
        sa.Column("plan_id", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "case_id"],
            ["plans.id", "plans.case_id"],
            name=op.f(f"fk_{table}_plan_id_case_id_plans"),
            ondelete="RESTRICT",
        ),
    )


def of_case(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns and keys of everything about a case."""
    return (
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f(f"fk_{table}_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def create_plans() -> None:
    op.create_table(
        "plans",
        *of_case("plans"),
        sa.Column("number", BIGINT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("expected_results", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("support_percent", BIGINT, nullable=False),
        sa.Column("drafted_by_id", BIGINT, nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", BIGINT, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_plans_number")),
        sa.CheckConstraint("version > 0", name=op.f("ck_plans_version")),
        sa.CheckConstraint("summary <> ''", name=op.f("ck_plans_summary")),
        sa.CheckConstraint("support_percent BETWEEN 0 AND 100", name=op.f("ck_plans_support_percent")),
        sa.CheckConstraint(
            "answered_at IS NULL OR proposed_at IS NOT NULL", name=op.f("ck_plans_answered_when_proposed")
        ),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["users.id"], name=op.f("fk_plans_drafted_by_id_users")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["users.id"], name=op.f("fk_plans_saved_by_id_users")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_plans_id_case_id")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_plans_case_id_number")),
    )
    draft = sa.text("proposed_at IS NULL")
    op.create_index("uq_plans_draft", "plans", ["case_id"], unique=True, sqlite_where=draft, postgresql_where=draft)


def create_plan_costs() -> None:
    op.create_table(
        "plan_costs",
        *of_case("plan_costs"),
        *of_plan("plan_costs"),
        sa.Column("place", BIGINT, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("minor", BIGINT, nullable=False),
        sa.CheckConstraint("what <> ''", name=op.f("ck_plan_costs_what")),
        sa.CheckConstraint("minor > 0", name=op.f("ck_plan_costs_minor")),
        sa.UniqueConstraint("plan_id", "place", name=op.f("uq_plan_costs_plan_id_place")),
    )


def create_plan_activities() -> None:
    table = "plan_activities"
    op.create_table(
        table,
        *of_case(table),
        *of_plan(table),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("place", BIGINT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("modality", sa.String(length=40), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("justice_markers", JSON, nullable=False),
        sa.Column("crime_links", JSON, nullable=False),
        sa.Column("paragraphs", JSON, nullable=False),
        sa.Column("partners", JSON, nullable=False),
        sa.CheckConstraint(f"type IN ({TYPES})", name=op.f(f"ck_{table}_type")),
        sa.CheckConstraint("modality IN ('on_site', 'remote', 'hybrid')", name=op.f(f"ck_{table}_modality")),
        sa.CheckConstraint(
            "scope IN ('national', 'subregional', 'regional', 'international')", name=op.f(f"ck_{table}_scope")
        ),
        sa.CheckConstraint("title <> ''", name=op.f(f"ck_{table}_title")),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f(f"ck_{table}_dates_in_order")),
        sa.CheckConstraint("version > 0", name=op.f(f"ck_{table}_version")),
        sa.UniqueConstraint("id", "case_id", name=op.f(f"uq_{table}_id_case_id")),
        sa.UniqueConstraint("plan_id", "key", name=op.f(f"uq_{table}_plan_id_key")),
    )
    op.create_index("ix_plan_activities_starts_on", table, ["starts_on"])


def create_plan_participations() -> None:
    table = "plan_participations"
    op.create_table(
        table,
        *of_case(table),
        *of_plan(table),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("activity_id", BIGINT, nullable=False),
        sa.Column("participant_id", BIGINT, nullable=False),
        sa.CheckConstraint("participant_id <> state_id", name=op.f(f"ck_{table}_not_the_host")),
        sa.ForeignKeyConstraint(
            ["activity_id", "case_id"],
            ["plan_activities.id", "plan_activities.case_id"],
            name=op.f(f"fk_{table}_activity_id_case_id_plan_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["participant_id"], ["states.id"], name=op.f(f"fk_{table}_participant_id_states")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{table}_key")),
        sa.UniqueConstraint("activity_id", "participant_id", name=op.f(f"uq_{table}_activity_id_participant_id")),
    )
    op.create_index("ix_plan_participations_participant_id", table, ["participant_id"])


def refuse_on_plans() -> None:
    """Refuse to delete a version, and to change one that was proposed."""
    named = ", ".join(PROPOSED)
    if is_postgresql():
        op.execute(
            "CREATE FUNCTION plans_fixed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FIXED}'; END $$"
        )
        op.execute("CREATE TRIGGER plans_kept BEFORE DELETE ON plans FOR EACH ROW EXECUTE FUNCTION plans_fixed()")
        op.execute(
            f"CREATE TRIGGER plans_fixed BEFORE UPDATE OF {named} ON plans FOR EACH ROW "
            "WHEN (OLD.proposed_at IS NOT NULL) EXECUTE FUNCTION plans_fixed()"
        )
        return
    op.execute(f"CREATE TRIGGER plans_kept BEFORE DELETE ON plans BEGIN SELECT RAISE(ABORT, '{FIXED}'); END")
    op.execute(
        f"CREATE TRIGGER plans_fixed BEFORE UPDATE OF {named} ON plans WHEN OLD.proposed_at IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    )


def refuse_on_parts(table: str, changing: str) -> None:
    """Refuse to add, change or delete a part of a version that was proposed."""
    rows = {"INSERT": "NEW", changing: "OLD", "DELETE": "OLD"}
    if is_postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF EXISTS (SELECT 1 FROM plans WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id "
            f"END AND proposed_at IS NOT NULL) THEN RAISE EXCEPTION '{FIXED}'; END IF; "
            "RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE INSERT OR {changing} OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_fixed()"
        )
        return
    for event, row in rows.items():
        op.execute(
            f"CREATE TRIGGER {table}_fixed_{event.split()[0].lower()} BEFORE {event} ON {table} "
            f"WHEN (SELECT proposed_at FROM plans WHERE id = {row}.plan_id) IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
        if is_postgresql():
            op.execute(f"DROP FUNCTION {table}_fixed()")
