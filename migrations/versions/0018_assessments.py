"""Assessments with their parts, the rights review, and the priority score as it was signed.

Revision: 0018
Follows: 0017
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
    part_by_state,
    release_columns,
)

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("assessments", "assessment_parts", "rights_reviews", "score_parts")
WRITTEN_ONCE = ("rights_reviews", "score_parts")
#: Of a saved part only `superseded_at` is ever set later.
SAVED = ("case_id", "state_id", "assessment_id", "part", "version", "complete", "data", "saved_by_id", "saved_at")
#: What the signature writes.
SIGNED = (
    "version",
    "signed_at",
    "signed_by_id",
    "on_behalf_of_id",
    "signed_seq",
    "priority",
    "advised",
    "score",
    "cost_minor",
    "cost_currency",
)
KEPT = "a signed assessment keeps what was signed"


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("number", BIGINT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", BIGINT, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", BIGINT, nullable=True),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("signed_seq", BIGINT, nullable=True),
        sa.Column("priority", sa.String(length=40), nullable=True),
        sa.Column("advised", sa.String(length=40), nullable=True),
        sa.Column("score", BIGINT, nullable=True),
        sa.Column("cost_minor", BIGINT, nullable=True),
        sa.Column("cost_currency", sa.String(length=3), nullable=True),
        sa.CheckConstraint("advised IN ('high', 'medium', 'low')", name=op.f("ck_assessments_advised")),
        sa.CheckConstraint("priority IN ('high', 'medium', 'low')", name=op.f("ck_assessments_priority")),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL) AND (signed_at IS NULL) = (signed_seq IS NULL) AND (signed_at IS NULL) = (priority IS NULL) AND (signed_at IS NULL) = (advised IS NULL) AND (signed_at IS NULL) = (score IS NULL) AND (signed_at IS NULL) = (cost_minor IS NULL) AND (signed_at IS NULL) = (cost_currency IS NULL)",
            name=op.f("ck_assessments_signed_as_a_whole"),
        ),
        sa.CheckConstraint("cost_minor IS NULL OR cost_minor >= 0", name=op.f("ck_assessments_cost")),
        sa.CheckConstraint("score IS NULL OR score >= 0", name=op.f("ck_assessments_score")),
        sa.CheckConstraint("version > 0 AND number > 0", name=op.f("ck_assessments_counted")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["users.id"], name=op.f("fk_assessments_begun_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_assessments_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["users.id"], name=op.f("fk_assessments_on_behalf_of_id_users")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["users.id"], name=op.f("fk_assessments_signed_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_assessments_case_id_number")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_assessments_id_case_id")),
        info={"case_bearing": True},
    )
    op.create_index(
        "uq_assessments_current",
        "assessments",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "assessment_parts",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("assessment_id", BIGINT, nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("saved_by_id", BIGINT, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "part IN ('need', 'earlier_assistance', 'rights_review', 'crime_links', 'justice_markers', 'risks', 'cost_estimate', 'priority')",
            name=op.f("ck_assessment_parts_part"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_assessment_parts_version")),
        sa.ForeignKeyConstraint(
            ["assessment_id", "case_id"],
            ["assessments.id", "assessments.case_id"],
            name=op.f("fk_assessment_parts_assessment_id_case_id_assessments"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_assessment_parts_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["users.id"], name=op.f("fk_assessment_parts_saved_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_parts")),
        sa.UniqueConstraint(
            "assessment_id", "part", "version", name=op.f("uq_assessment_parts_assessment_id_part_version")
        ),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_assessment_parts_id_case_id")),
        info={"case_bearing": True},
    )
    op.create_index(
        "uq_assessment_parts_in_force",
        "assessment_parts",
        ["assessment_id", "part"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "score_parts",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("assessment_id", BIGINT, nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("points", BIGINT, nullable=False),
        sa.Column("most", BIGINT, nullable=False),
        sa.Column("why", JSON, nullable=False),
        sa.CheckConstraint(
            "part IN ('treaty_gaps', 'legislative_trigger', 'cted_recommendation', 'special_situation', 'no_similar_assistance', 'regional_demand', 'readiness')",
            name=op.f("ck_score_parts_part"),
        ),
        sa.CheckConstraint("points BETWEEN 0 AND most", name=op.f("ck_score_parts_points")),
        sa.ForeignKeyConstraint(
            ["assessment_id", "case_id"],
            ["assessments.id", "assessments.case_id"],
            name=op.f("fk_score_parts_assessment_id_case_id_assessments"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_score_parts_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_parts")),
        sa.UniqueConstraint("assessment_id", "part", name=op.f("uq_score_parts_assessment_id_part")),
        info={"case_bearing": True},
    )
    op.create_table(
        "rights_reviews",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("part_id", BIGINT, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "finding IN ('no_concern', 'concern', 'not_applicable')", name=op.f("ck_rights_reviews_finding")
        ),
        sa.CheckConstraint(
            "question IN ('q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'confirmed')", name=op.f("ck_rights_reviews_question")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_rights_reviews_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["part_id", "case_id"],
            ["assessment_parts.id", "assessment_parts.case_id"],
            name=op.f("fk_rights_reviews_part_id_case_id_assessment_parts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_reviews")),
        sa.UniqueConstraint("part_id", "question", name=op.f("uq_rights_reviews_part_id_question")),
        info={"case_bearing": True},
    )

    for table in TABLES:
        part_by_state(table)
    for table in WRITTEN_ONCE:
        append_only(table)
    fix_columns("assessment_parts", SAVED)
    keep_what_was_signed()
    grant(TABLES)


def keep_what_was_signed() -> None:
    """Refuse changes of what a signature wrote; another look is another row."""
    named = ", ".join(SIGNED)
    if is_postgresql():
        op.execute(
            "CREATE FUNCTION assessments_signed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER assessments_signed BEFORE UPDATE OF {named} ON assessments "
            "FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION assessments_signed()"
        )
        return
    op.execute(
        f"CREATE TRIGGER assessments_signed BEFORE UPDATE OF {named} ON assessments WHEN OLD.signed_at IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    )


def downgrade() -> None:
    if is_postgresql():
        op.execute("DROP FUNCTION assessments_signed() CASCADE")
    for table in WRITTEN_ONCE:
        drop_append_only(table)
    release_columns("assessment_parts")
    for table in ("score_parts", "rights_reviews", "assessment_parts", "assessments"):
        op.drop_table(table)
