"""Calendars that change with effect from a day, what was told of limits, and what the nightly comparison found.

Revision: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, part_by_state

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_CASES = ("case_alerts", "case_due_moves")
OTHERS = ("history_checks", "history_faults", "calendar_changes", "calendar_weeks")


def upgrade() -> None:
    _create_checks()
    _create_calendars()
    _create_of_cases()
    for table in OF_CASES:
        part_by_state(table)
    grant((*OTHERS, *OF_CASES))


def downgrade() -> None:
    for column in ("reason", "set_at"):
        op.drop_column("settings_values", column)
    op.drop_column("limit_settings", "reason")
    for column in ("source_dated", "recorded_by"):
        op.drop_column("holidays", column)
    for table in (
        "case_due_moves",
        "case_alerts",
        "calendar_weeks",
        "calendar_changes",
        "history_faults",
        "history_checks",
    ):
        op.drop_table(table)


def _create_checks() -> None:
    op.create_table(
        "history_checks",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("histories", BIGINT, nullable=False),
        sa.Column("entries", BIGINT, nullable=False),
        sa.Column("faults", BIGINT, nullable=False),
        sa.CheckConstraint("finished_at >= started_at", name=op.f("ck_history_checks_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_checks")),
        sa.UniqueConstraint("key", name=op.f("uq_history_checks_key")),
    )
    op.create_table(
        "history_faults",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("check_id", BIGINT, nullable=False),
        sa.Column("case_key", sa.String(length=12), nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["history_checks.id"], name=op.f("fk_history_faults_check_id_history_checks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_faults")),
    )
    op.create_index(op.f("ix_history_faults_check_id"), "history_faults", ["check_id"], unique=False)


def _create_calendars() -> None:
    op.add_column("holidays", sa.Column("recorded_by", BIGINT, nullable=True))
    op.add_column("holidays", sa.Column("source_dated", sa.Date(), nullable=True))
    op.add_column("limit_settings", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("settings_values", sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("settings_values", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "calendar_changes",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("calendar_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", BIGINT, nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked", BIGINT, nullable=False),
        sa.Column("moved", BIGINT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('holiday_entered', 'holiday_ended', 'list_read', 'week')", name=op.f("ck_calendar_changes_kind")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name=op.f("fk_calendar_changes_calendar_id_calendars")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
        sa.UniqueConstraint("key", name=op.f("uq_calendar_changes_key")),
    )
    op.create_index(
        "ix_calendar_changes_waiting",
        "calendar_changes",
        ["id"],
        unique=False,
        sqlite_where=sa.text("counted_at IS NULL"),
        postgresql_where=sa.text("counted_at IS NULL"),
    )
    op.create_table(
        "calendar_weeks",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("calendar_id", BIGINT, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.String(length=7), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", BIGINT, nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name=op.f("fk_calendar_weeks_calendar_id_calendars")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_weeks")),
    )
    op.create_index(
        "uq_calendar_weeks_current",
        "calendar_weeks",
        ["calendar_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def _create_of_cases() -> None:
    op.create_table(
        "case_alerts",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("limit_key", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", BIGINT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('near', 'passed', 'long_passed', 'escalated', 'escalated_again')",
            name=op.f("ck_case_alerts_kind"),
        ),
        sa.CheckConstraint(
            "limit_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_case_alerts_limit_key"),
        ),
        sa.CheckConstraint("round > 0", name=op.f("ck_case_alerts_round")),
        sa.CheckConstraint("told >= 0", name=op.f("ck_case_alerts_told")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_alerts_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_alerts")),
        sa.UniqueConstraint(
            "case_id",
            "limit_key",
            "subject",
            "starts_at",
            "round",
            "kind",
            name=op.f("uq_case_alerts_case_id_limit_key_subject_starts_at_round_kind"),
        ),
        info={"case_bearing": True},
    )
    op.create_table(
        "case_due_moves",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("change_id", BIGINT, nullable=False),
        sa.Column("before_key", sa.String(length=40), nullable=True),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("after_key", sa.String(length=40), nullable=True),
        sa.Column("after_on", sa.Date(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "after_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_case_due_moves_after_key"),
        ),
        sa.CheckConstraint(
            "before_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_case_due_moves_before_key"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_due_moves_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["calendar_changes.id"], name=op.f("fk_case_due_moves_change_id_calendar_changes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_due_moves")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_due_moves_case_id", "case_due_moves", ["case_id", "id"], unique=False)
    op.create_index("ix_case_due_moves_change_id", "case_due_moves", ["change_id"], unique=False)
