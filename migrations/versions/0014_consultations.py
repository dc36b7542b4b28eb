"""Consultations with their positions; no approval without a closed consultation of CTC/CTED, whoever writes it.

Revision: 0014
Follows: 0013
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

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("consultations", "consultation_positions")
#: What was asked never changes; what became of it does.
ASKED = (
    "key",
    "case_id",
    "state_id",
    "body",
    "partner",
    "round",
    "former_id",
    "rule",
    "brief",
    "asked_by_id",
    "asked_at",
)
REFUSED = "no approval without a closed consultation of CTC/CTED"
#: The last round of CTC/CTED is closed by a position, and no objection stands.
CLEARED = """EXISTS (
    SELECT 1 FROM consultations c
    WHERE c.case_id = NEW.id AND c.body = 'ctc_cted' AND c.closed_at IS NOT NULL AND c.position IS NOT NULL
    AND c.position <> 'no_answer' AND (c.position <> 'objection' OR c.objection_withdrawn_at IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM consultations later
        WHERE later.case_id = c.case_id AND later.body = c.body AND later.round > c.round
    )
)"""


def upgrade() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("round", BIGINT, nullable=False),
        sa.Column("former_id", BIGINT, nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("brief", JSON, nullable=False),
        sa.Column("asked_by_id", BIGINT, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice_delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_how", sa.String(length=40), nullable=True),
        sa.Column("more_time_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_how", sa.String(length=40), nullable=True),
        sa.Column("objection_withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stands", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.CheckConstraint("(body = 'partner') = (partner <> '')", name=op.f("ck_consultations_partner_named")),
        sa.CheckConstraint(
            "(position IS NOT NULL) = (closed_how IS NOT NULL AND closed_how NOT IN ('overtaken', 'request_ended'))",
            name=op.f("ck_consultations_closed_with_position"),
        ),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_consultations_body")),
        sa.CheckConstraint(
            "closed_how IN ('inbox', 'link', 'recorded', 'deemed', 'proceeded', 'overtaken', 'request_ended')",
            name=op.f("ck_consultations_closed_how"),
        ),
        sa.CheckConstraint("delivered_how IN ('opened', 'relay')", name=op.f("ck_consultations_delivered_how")),
        sa.CheckConstraint(
            "objection_withdrawn_at IS NULL OR (position IS NOT NULL AND position = 'objection')",
            name=op.f("ck_consultations_objection_withdrawn"),
        ),
        sa.CheckConstraint(
            "position IN ('no_objection', 'comment', 'objection', 'also_acting', 'deemed_no_objection', 'no_answer')",
            name=op.f("ck_consultations_position"),
        ),
        sa.CheckConstraint(
            "position IS NULL OR (position = 'deemed_no_objection') = (closed_how = 'deemed')",
            name=op.f("ck_consultations_deemed_by_silence"),
        ),
        sa.CheckConstraint(
            "position IS NULL OR (position = 'no_answer') = (closed_how = 'proceeded' AND body <> 'ctc_cted')",
            name=op.f("ck_consultations_proceeded_without"),
        ),
        sa.CheckConstraint(
            "position IS NULL OR position <> 'deemed_no_objection' OR (body = 'ctc_cted' AND notice_delivered_at IS NOT NULL)",
            name=op.f("ck_consultations_deemed_after_delivery"),
        ),
        sa.CheckConstraint(
            "rule IN ('always', 'un_depositary', 'reservation', 'treaty_event', 'cooperation_agreement', 'state_consented')",
            name=op.f("ck_consultations_rule"),
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_how IS NULL)", name=op.f("ck_consultations_closed_somehow")),
        sa.CheckConstraint(
            "(notice_delivered_at IS NULL) = (delivered_how IS NULL)", name=op.f("ck_consultations_delivered_somehow")
        ),
        sa.CheckConstraint("round > 0 AND (round = 1) = (former_id IS NULL)", name=op.f("ck_consultations_round")),
        sa.CheckConstraint("version > 0", name=op.f("ck_consultations_version")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_consultations_asked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_consultations_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["former_id"], ["consultations.id"], name=op.f("fk_consultations_former_id_consultations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint(
            "case_id", "body", "partner", "round", name=op.f("uq_consultations_case_id_body_partner_round")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_consultations_key")),
        info={"case_bearing": True},
    )
    op.create_index(
        "ix_consultations_open",
        "consultations",
        ["body", "case_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "consultation_positions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("consultation_id", BIGINT, nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("came", sa.String(length=40), nullable=False),
        sa.Column("given_by_id", BIGINT, nullable=True),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("in_name_of", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", BIGINT, nullable=True),
        sa.Column("document_id", BIGINT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("correctable_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", BIGINT, nullable=True),
        sa.CheckConstraint(
            "(came IN ('mail', 'telephone')) = (recorded_by_id IS NOT NULL)",
            name=op.f("ck_consultation_positions_recorded_by_somebody"),
        ),
        sa.CheckConstraint(
            "(position = 'objection') = (ground IS NOT NULL)",
            name=op.f("ck_consultation_positions_objection_has_a_ground"),
        ),
        sa.CheckConstraint(
            "came <> 'inbox' OR given_by_id IS NOT NULL", name=op.f("ck_consultation_positions_given_by_a_liaison")
        ),
        sa.CheckConstraint(
            "came <> 'mail' OR document_id IS NOT NULL", name=op.f("ck_consultation_positions_mail_with_its_original")
        ),
        sa.CheckConstraint(
            "came <> 'telephone' OR document_id IS NOT NULL OR note <> ''",
            name=op.f("ck_consultation_positions_call_with_its_note"),
        ),
        sa.CheckConstraint(
            "came IN ('inbox', 'link', 'mail', 'telephone')", name=op.f("ck_consultation_positions_came")
        ),
        sa.CheckConstraint(
            "ground IN ('council_decision', 'visit_or_report', 'already_given', 'rights', 'security', 'legal', 'other')",
            name=op.f("ck_consultation_positions_ground"),
        ),
        sa.CheckConstraint(
            "position = 'no_objection' OR text <> ''", name=op.f("ck_consultation_positions_said_in_words")
        ),
        sa.CheckConstraint(
            "position IN ('no_objection', 'comment', 'objection', 'also_acting')",
            name=op.f("ck_consultation_positions_a_body_says_this"),
        ),
        sa.CheckConstraint(
            "position IN ('no_objection', 'comment', 'objection', 'also_acting', 'deemed_no_objection', 'no_answer')",
            name=op.f("ck_consultation_positions_position"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_consultation_positions_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultation_positions_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_consultation_positions_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["users.id"], name=op.f("fk_consultation_positions_given_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["users.id"], name=op.f("fk_consultation_positions_on_behalf_of_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["users.id"], name=op.f("fk_consultation_positions_recorded_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["consultation_positions.id"],
            name=op.f("fk_consultation_positions_replaces_id_consultation_positions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_positions")),
        sa.UniqueConstraint("key", name=op.f("uq_consultation_positions_key")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_consultation_positions_replaces_id")),
        info={"case_bearing": True},
    )
    op.create_index(
        "ix_consultation_positions_consultation_id", "consultation_positions", ["consultation_id", "id"], unique=False
    )
    for table in TABLES:
        part_by_state(table)
    fix_columns("consultations", ASKED)
    append_only("consultation_positions")
    grant(TABLES)
    refuse_approval()


def refuse_approval() -> None:
    """Have the database refuse an approval that the guards would refuse."""
    when = "NEW.state = 'planning' AND OLD.state = 'decision'"
    if is_postgresql():
        op.execute(
            "CREATE FUNCTION cases_cleared() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT {CLEARED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER cases_cleared BEFORE UPDATE OF state ON cases FOR EACH ROW WHEN ({when}) "
            "EXECUTE FUNCTION cases_cleared()"
        )
        return
    op.execute(
        f"CREATE TRIGGER cases_cleared BEFORE UPDATE OF state ON cases WHEN {when} AND NOT {CLEARED} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION cases_cleared() CASCADE" if is_postgresql() else "DROP TRIGGER cases_cleared")
    drop_append_only("consultation_positions")
    release_columns("consultations")
    for table in reversed(TABLES):
        op.drop_table(table)
