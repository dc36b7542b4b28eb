"""Activities of agreed plans with their people, the part of other States in them, and evaluations.

Revision: 0026
Follows: 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import append_only, drop_append_only, grant, is_postgresql, part_by_state

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("activities", "activity_states", "participant_counts", "participations", "evaluations")
#: An invited State reads and answers its own participation; it never sees the case (process, Other States).
INVITED = (
    "current_setting('accede.scope', true) = 'state' "
    "AND participant_id = NULLIF(current_setting('accede.state_id', true), '')::bigint AND asked_at IS NOT NULL"
)


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("place", BIGINT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("modality", sa.String(length=40), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("agreed_starts_on", sa.Date(), nullable=False),
        sa.Column("agreed_ends_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("justice_markers", JSON, nullable=False),
        sa.Column("crime_links", JSON, nullable=False),
        sa.Column("paragraphs", JSON, nullable=False),
        sa.Column("partners", JSON, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("cancel_minor", BIGINT, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancel_reason <> '')", name=op.f("ck_activities_cancelled_with_reason")
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_activities_cancelled_when_cancelled")
        ),
        sa.CheckConstraint("(status = 'held') = (held_at IS NOT NULL)", name=op.f("ck_activities_held_when_held")),
        sa.CheckConstraint("modality IN ('on_site', 'remote', 'hybrid')", name=op.f("ck_activities_modality")),
        sa.CheckConstraint(
            "scope IN ('national', 'subregional', 'regional', 'international')", name=op.f("ck_activities_scope")
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'confirmed', 'held', 'cancelled')", name=op.f("ck_activities_status")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_activities_title")),
        sa.CheckConstraint(
            "type IN ('ratification', 'legislative_drafting', 'judicial_training', 'prosecutorial_training', 'international_cooperation', 'national_workshop', 'regional_workshop', 'subregional_workshop', 'ministerial_conference', 'online_course', 'mentoring', 'joint_visit', 'tools', 'follow_up')",
            name=op.f("ck_activities_type"),
        ),
        sa.CheckConstraint(
            "(cancel_minor IS NULL) = (currency IS NULL)", name=op.f("ck_activities_cost_with_currency")
        ),
        sa.CheckConstraint("agreed_starts_on <= agreed_ends_on", name=op.f("ck_activities_agreed_in_order")),
        sa.CheckConstraint("cancel_minor IS NULL OR cancel_minor >= 0", name=op.f("ck_activities_cost")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_activities_dates_in_order")),
        sa.CheckConstraint("version > 0", name=op.f("ck_activities_version")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_activities_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_activities_case_id_key")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_activities_id_case_id")),
        info={"case_bearing": True},
    )
    op.create_index("ix_activities_ends_on", "activities", ["status", "ends_on"], unique=False)
    op.create_index("ix_activities_starts_on", "activities", ["starts_on"], unique=False)
    op.create_table(
        "evaluations",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("relevance", BIGINT, nullable=True),
        sa.Column("quality", BIGINT, nullable=True),
        sa.Column("timeliness", BIGINT, nullable=True),
        sa.Column("use", BIGINT, nullable=True),
        sa.Column("cooperation", BIGINT, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("evaluated_by_id", BIGINT, nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer = 'given') = (cooperation IS NOT NULL) AND (cooperation IS NULL OR cooperation BETWEEN 1 AND 5)",
            name=op.f("ck_evaluations_cooperation"),
        ),
        sa.CheckConstraint(
            "(answer = 'given') = (quality IS NOT NULL) AND (quality IS NULL OR quality BETWEEN 1 AND 5)",
            name=op.f("ck_evaluations_quality"),
        ),
        sa.CheckConstraint(
            "(answer = 'given') = (relevance IS NOT NULL) AND (relevance IS NULL OR relevance BETWEEN 1 AND 5)",
            name=op.f("ck_evaluations_relevance"),
        ),
        sa.CheckConstraint(
            "(answer = 'given') = (timeliness IS NOT NULL) AND (timeliness IS NULL OR timeliness BETWEEN 1 AND 5)",
            name=op.f("ck_evaluations_timeliness"),
        ),
        sa.CheckConstraint(
            "(answer = 'given') = (use IS NOT NULL) AND (use IS NULL OR use BETWEEN 1 AND 5)",
            name=op.f("ck_evaluations_use"),
        ),
        sa.CheckConstraint("answer IN ('given', 'declined')", name=op.f("ck_evaluations_answer")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_evaluations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["evaluated_by_id"], ["users.id"], name=op.f("fk_evaluations_evaluated_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_evaluations_case_id_seq")),
        info={"case_bearing": True},
    )
    op.create_table(
        "participations",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("activity_key", sa.String(length=12), nullable=False),
        sa.Column("participant_id", BIGINT, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_by_id", BIGINT, nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("nominees", JSON, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer IN ('consent', 'decline')", name=op.f("ck_participations_answer")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_participations_title")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_participations_answer_with_date")),
        sa.CheckConstraint(
            "answered_at IS NULL OR asked_at IS NOT NULL", name=op.f("ck_participations_answered_when_asked")
        ),
        sa.CheckConstraint(
            "asked_at IS NULL OR disclosed_at IS NOT NULL", name=op.f("ck_participations_asked_when_disclosed")
        ),
        sa.CheckConstraint("participant_id <> state_id", name=op.f("ck_participations_not_the_host")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_participations_dates_in_order")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_participations_answered_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_participations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["states.id"], name=op.f("fk_participations_participant_id_states")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participations")),
        sa.UniqueConstraint("key", name=op.f("uq_participations_key")),
        info={"case_bearing": True},
    )
    op.create_index("ix_participations_participant_id", "participations", ["participant_id", "asked_at"], unique=False)
    op.create_index(
        "uq_participations_standing",
        "participations",
        ["case_id", "activity_key", "participant_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "activity_states",
        sa.Column("activity_id", BIGINT, nullable=False),
        sa.Column("participant_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.CheckConstraint("participant_id <> state_id", name=op.f("ck_activity_states_not_the_host")),
        sa.ForeignKeyConstraint(
            ["activity_id", "case_id"],
            ["activities.id", "activities.case_id"],
            name=op.f("fk_activity_states_activity_id_case_id_activities"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_activity_states_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["states.id"], name=op.f("fk_activity_states_participant_id_states")
        ),
        sa.PrimaryKeyConstraint("activity_id", "participant_id", name=op.f("pk_activity_states")),
        info={"case_bearing": True},
    )
    op.create_index("ix_activity_states_participant_id", "activity_states", ["participant_id"], unique=False)
    op.create_table(
        "participant_counts",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("activity_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("from_state_id", BIGINT, nullable=True),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("number", BIGINT, nullable=False),
        sa.CheckConstraint("gender IN ('women', 'men', 'not_stated')", name=op.f("ck_participant_counts_gender")),
        sa.CheckConstraint(
            "profession IN ('judges', 'prosecutors', 'investigators', 'defence', 'police', 'central_authority', 'financial_intelligence', 'legislators', 'other')",
            name=op.f("ck_participant_counts_profession"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_participant_counts_number")),
        sa.ForeignKeyConstraint(
            ["activity_id", "case_id"],
            ["activities.id", "activities.case_id"],
            name=op.f("fk_participant_counts_activity_id_case_id_activities"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_participant_counts_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["from_state_id"], ["states.id"], name=op.f("fk_participant_counts_from_state_id_states")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_counts")),
        sa.UniqueConstraint(
            "activity_id",
            "from_state_id",
            "profession",
            "gender",
            name=op.f("uq_participant_counts_activity_id_from_state_id_profession_gender"),
        ),
        info={"case_bearing": True},
    )
    for table in TABLES:
        part_by_state(table)
    if is_postgresql():
        op.execute(f"CREATE POLICY by_invited_state ON participations FOR SELECT USING ({INVITED})")
        op.execute(
            f"CREATE POLICY answer_of_invited_state ON participations FOR UPDATE USING ({INVITED}) WITH CHECK ({INVITED})"
        )
    append_only("evaluations")
    grant(TABLES)


def downgrade() -> None:
    drop_append_only("evaluations")
    for table in ("evaluations", "participations", "participant_counts", "activity_states", "activities"):
        op.drop_table(table)
