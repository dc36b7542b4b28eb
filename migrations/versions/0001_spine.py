"""The spine: people, reference data, cases with their history, notices and jobs.

Revision: 0001
Follows: -
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "instruments",
    "jobs",
    "limit_settings",
    "number_counters",
    "reference_imports",
    "reference_versions",
    "security_history_head",
    "settings_values",
    "sign_in_failures",
    "states",
    "calendars",
    "offices",
    "reference_changes",
    "treaty_acts",
    "treaty_cells",
    "treaty_listings",
    "treaty_lists",
    "holidays",
    "users",
    "cases",
    "idempotency_keys",
    "notices",
    "outbox_messages",
    "security_history",
    "stand_ins",
    "user_roles",
    "case_bodies",
    "case_content",
    "case_history",
    "case_questions",
    "case_reminders",
    "case_stays",
    "case_types",
    "consent_records",
    "draft_tasks",
    "history_payloads",
    "screening_checks",
    "security_history_payloads",
    "user_sessions",
)

#: Tables with anything about a case: parted by State.
CASE_TABLES = (
    "cases",
    "case_bodies",
    "case_content",
    "case_history",
    "case_questions",
    "case_reminders",
    "case_stays",
    "case_types",
    "consent_records",
    "draft_tasks",
    "history_payloads",
    "screening_checks",
)

#: Written once. A payload may be erased, never changed.
APPEND_ONLY = {
    "case_content": False,
    "case_history": False,
    "history_payloads": True,
    "security_history": False,
    "security_history_payloads": True,
}


def upgrade() -> None:

    op.create_table(
        "instruments",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("in_2005_set", sa.Boolean(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("full_title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("depositary", sa.Text(), nullable=False),
        sa.Column("un_depositary", sa.Boolean(), nullable=False),
        sa.Column("unts_citation", sa.Text(), nullable=False),
        sa.Column("subject_area", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("amends", JSON, nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("cross_check", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruments")),
        sa.UniqueConstraint("code", name=op.f("uq_instruments_code")),
        sa.UniqueConstraint("key", name=op.f("uq_instruments_key")),
        sa.UniqueConstraint("seq", name=op.f("uq_instruments_seq")),
    )
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("next_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("last_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=60), nullable=True),
        sa.Column("runs", BIGINT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_next_run_at"), "jobs", ["next_run_at"], unique=False)
    op.create_table(
        "limit_settings",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("limit_key", sa.String(length=40), nullable=False),
        sa.Column("amounts", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", BIGINT, nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "limit_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_limit_settings_limit_key"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_settings")),
    )
    op.create_index(
        "uq_limit_settings_current",
        "limit_settings",
        ["limit_key", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "number_counters",
        sa.Column("year", BIGINT, autoincrement=False, nullable=False),
        sa.Column("last", BIGINT, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_number_counters")),
    )
    op.create_table(
        "reference_imports",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", BIGINT, nullable=False),
        sa.Column("new", BIGINT, nullable=False),
        sa.Column("changed", BIGINT, nullable=False),
        sa.Column("unchanged", BIGINT, nullable=False),
        sa.Column("removed", BIGINT, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", BIGINT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('states', 'instruments', 'treaty', 'snapshots', 'holidays', 'demo_states')",
            name=op.f("ck_reference_imports_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_imports")),
    )
    op.create_index(op.f("ix_reference_imports_imported_at"), "reference_imports", ["imported_at"], unique=False)
    op.create_index("ix_reference_imports_kind_file_name", "reference_imports", ["kind", "file_name"], unique=False)
    op.create_table(
        "reference_versions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("token", sa.String(length=12), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_reference_versions_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_versions")),
    )
    op.create_table(
        "security_history_head",
        sa.Column("id", BIGINT, autoincrement=False, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_security_history_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_history_head")),
    )
    op.create_table(
        "settings_values",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", BIGINT, nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_settings_values_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings_values")),
    )
    op.create_index(
        "uq_settings_values_current",
        "settings_values",
        ["key"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_index("uq_settings_values_start", "settings_values", ["key", "valid_from"], unique=True)
    op.create_table(
        "sign_in_failures",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", BIGINT, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scope IN ('account', 'address')", name=op.f("ck_sign_in_failures_scope")),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_sign_in_failures_failures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
        sa.UniqueConstraint("scope", "subject", name=op.f("uq_sign_in_failures_scope_subject")),
    )
    op.create_index(op.f("ix_sign_in_failures_last_at"), "sign_in_failures", ["last_at"], unique=False)
    op.create_table(
        "states",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("alpha3", sa.String(length=3), nullable=False),
        sa.Column("alpha2", sa.String(length=2), nullable=True),
        sa.Column("m49", sa.String(length=3), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("formal_name_en", sa.Text(), nullable=False),
        sa.Column("m49_region", sa.String(length=3), nullable=True),
        sa.Column("m49_subregion", sa.String(length=3), nullable=True),
        sa.Column("regional_group", sa.String(length=40), nullable=True),
        sa.Column("regional_group_note", sa.Text(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("ldc", sa.Boolean(), nullable=False),
        sa.Column("ldc_until", sa.Date(), nullable=True),
        sa.Column("ldc_note", sa.Text(), nullable=False),
        sa.Column("lldc", sa.Boolean(), nullable=False),
        sa.Column("sids", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.String(length=7), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("(status = 'demo') = (alpha3 BETWEEN 'XAA' AND 'XZZ')", name=op.f("ck_states_demo_range")),
        sa.CheckConstraint(
            "regional_group IN ('african', 'asia_pacific', 'eastern_european', 'latin_american_caribbean', 'western_european_others')",
            name=op.f("ck_states_regional_group"),
        ),
        sa.CheckConstraint(
            "status <> 'member' OR (regional_group IS NOT NULL AND admitted_on IS NOT NULL)",
            name=op.f("ck_states_member"),
        ),
        sa.CheckConstraint("status IN ('member', 'observer', 'demo')", name=op.f("ck_states_status")),
        sa.CheckConstraint("length(working_days) = 7", name=op.f("ck_states_working_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_states")),
        sa.UniqueConstraint("alpha2", name=op.f("uq_states_alpha2")),
        sa.UniqueConstraint("alpha3", name=op.f("uq_states_alpha3")),
        sa.UniqueConstraint("key", name=op.f("uq_states_key")),
        sa.UniqueConstraint("m49", name=op.f("uq_states_m49")),
    )
    op.create_index("ix_states_status_regional_group", "states", ["status", "regional_group"], unique=False)
    op.create_table(
        "calendars",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("duty_station", sa.String(length=40), nullable=True),
        sa.Column("state_id", BIGINT, nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("working_days", sa.String(length=7), nullable=True),
        sa.CheckConstraint("duty_station IN ('vienna', 'new_york')", name=op.f("ck_calendars_duty_station")),
        sa.CheckConstraint("(duty_station IS NULL) <> (state_id IS NULL)", name=op.f("ck_calendars_one_owner")),
        sa.CheckConstraint(
            "(duty_station IS NULL) = (time_zone IS NULL) AND (duty_station IS NULL) = (working_days IS NULL)",
            name=op.f("ck_calendars_week"),
        ),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_calendars_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendars")),
        sa.UniqueConstraint("duty_station", name=op.f("uq_calendars_duty_station")),
        sa.UniqueConstraint("key", name=op.f("uq_calendars_key")),
        sa.UniqueConstraint("state_id", name=op.f("uq_calendars_state_id")),
    )
    op.create_table(
        "offices",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("telephone", sa.String(length=40), nullable=True),
        sa.Column("state_id", BIGINT, nullable=True),
        sa.Column("body", sa.String(length=40), nullable=True),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_offices_body")),
        sa.CheckConstraint("state_id IS NULL OR body IS NULL", name=op.f("ck_offices_one_side")),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_offices_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("key", name=op.f("uq_offices_key")),
    )
    op.create_index(op.f("ix_offices_state_id"), "offices", ["state_id"], unique=False)
    op.create_table(
        "reference_changes",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("import_id", BIGINT, nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_key", sa.String(length=80), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["reference_imports.id"], name=op.f("fk_reference_changes_import_id_reference_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_changes")),
    )
    op.create_index(op.f("ix_reference_changes_import_id"), "reference_changes", ["import_id"], unique=False)
    op.create_index(
        "ix_reference_changes_table_name_row_key", "reference_changes", ["table_name", "row_key"], unique=False
    )
    op.create_table(
        "treaty_acts",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("instrument_id", BIGINT, nullable=False),
        sa.Column("participant", sa.String(length=3), nullable=False),
        sa.Column("state_id", BIGINT, nullable=True),
        sa.Column("participant_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("effect IN ('signature', 'consent', 'exit')", name=op.f("ck_treaty_acts_effect")),
        sa.CheckConstraint(
            "kind IN ('signature', 'succession_to_signature', 'ratification', 'accession', 'acceptance', 'approval', 'succession', 'consent', 'withdrawal')",
            name=op.f("ck_treaty_acts_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_treaty_acts_instrument_id_instruments")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_treaty_acts_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treaty_acts")),
    )
    op.create_index(op.f("ix_treaty_acts_state_id"), "treaty_acts", ["state_id"], unique=False)
    op.create_index(
        "uq_treaty_acts_current",
        "treaty_acts",
        ["instrument_id", "participant", "effect"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "treaty_cells",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("instrument_id", BIGINT, nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_kind", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "basis IN ('dated_act', 'complete_list', 'listing', 'undistinguished', 'partial_list', 'undated', 'no_list')",
            name=op.f("ck_treaty_cells_basis"),
        ),
        sa.CheckConstraint(
            "consent_kind IN ('signature', 'succession_to_signature', 'ratification', 'accession', 'acceptance', 'approval', 'succession', 'consent', 'withdrawal')",
            name=op.f("ck_treaty_cells_consent_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('party', 'signatory', 'not_party', 'unknown')", name=op.f("ck_treaty_cells_status")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_treaty_cells_instrument_id_instruments")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_treaty_cells_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treaty_cells")),
    )
    op.create_index("ix_treaty_cells_instrument_id_status", "treaty_cells", ["instrument_id", "status"], unique=False)
    op.create_index(
        "uq_treaty_cells_current",
        "treaty_cells",
        ["state_id", "instrument_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "treaty_listings",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("instrument_id", BIGINT, nullable=False),
        sa.Column("participant", sa.String(length=3), nullable=False),
        sa.Column("state_id", BIGINT, nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('party', 'signatory', 'not_party', 'unknown', 'undistinguished')",
            name=op.f("ck_treaty_listings_status"),
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_treaty_listings_instrument_id_instruments")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_treaty_listings_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treaty_listings")),
    )
    op.create_index(op.f("ix_treaty_listings_state_id"), "treaty_listings", ["state_id"], unique=False)
    op.create_index(
        "uq_treaty_listings_current",
        "treaty_listings",
        ["instrument_id", "participant", "source"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "treaty_lists",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("instrument_id", BIGINT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_treaty_lists_instrument_id_instruments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treaty_lists")),
    )
    op.create_index(
        "uq_treaty_lists_current",
        "treaty_lists",
        ["instrument_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "holidays",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("calendar_id", BIGINT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendars.id"], name=op.f("fk_holidays_calendar_id_calendars")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
        sa.UniqueConstraint("key", name=op.f("uq_holidays_key")),
    )
    op.create_index(
        "uq_holidays_current",
        "holidays",
        ["calendar_id", "day"],
        unique=True,
        sqlite_where=sa.text("effective_to IS NULL"),
        postgresql_where=sa.text("effective_to IS NULL"),
    )
    op.create_table(
        "users",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("telephone", sa.String(length=40), nullable=True),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("state_id", BIGINT, nullable=True),
        sa.Column("body", sa.String(length=40), nullable=True),
        sa.Column("office_id", BIGINT, nullable=True),
        sa.Column("may_submit", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=20), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=400), nullable=True),
        sa.Column("tf_mailed_secret", sa.String(length=400), nullable=True),
        sa.Column("tf_last_counter", BIGINT, nullable=True),
        sa.Column("mf_recovery_codes", JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'state') = (state_id IS NOT NULL)", name=op.f("ck_users_kind_fits_state")),
        sa.CheckConstraint(
            "(kind IN ('state', 'tpb', 'auditor', 'administrator') AND body IS NULL) OR (kind = 'ctc_cted' AND body = 'ctc_cted') OR (kind = 'ola' AND body = 'ola')",
            name=op.f("ck_users_kind_fits_body"),
        ),
        sa.CheckConstraint("NOT may_submit OR kind = 'state'", name=op.f("ck_users_may_submit_is_of_states")),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_users_body")),
        sa.CheckConstraint(
            "kind IN ('state', 'tpb', 'ctc_cted', 'ola', 'auditor', 'administrator')", name=op.f("ck_users_kind")
        ),
        sa.CheckConstraint("theme IN ('system', 'light', 'dark')", name=op.f("ck_users_theme")),
        sa.CheckConstraint("NOT active OR activated_at IS NOT NULL", name=op.f("ck_users_active_is_activated")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower")),
        sa.CheckConstraint("ended_at IS NULL OR NOT active", name=op.f("ck_users_ended_is_not_active")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_users_office_id_offices")),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_users_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_users_fs_uniquifier")),
        sa.UniqueConstraint("id", "kind", name=op.f("uq_users_id_kind")),
        sa.UniqueConstraint("key", name=op.f("uq_users_key")),
    )
    op.create_index(op.f("ix_users_office_id"), "users", ["office_id"], unique=False)
    op.create_index("ix_users_state_id_kind", "users", ["state_id", "kind"], unique=False)
    op.create_index(
        "uq_users_email_in_use",
        "users",
        ["email"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND activated_at IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND activated_at IS NOT NULL"),
    )
    op.create_table(
        "cases",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=True),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("drafted_by_id", BIGINT, nullable=True),
        sa.Column("officer_id", BIGINT, nullable=True),
        sa.Column("parent_id", BIGINT, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("due_key", sa.String(length=40), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("history_seq", BIGINT, nullable=False),
        sa.Column("history_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NOT NULL) = (state IN ('closed', 'declined', 'discarded', 'discontinued', 'lapsed', 'merged', 'not_eligible', 'referred', 'withdrawn'))",
            name=op.f("ck_cases_ended_by_state"),
        ),
        sa.CheckConstraint(
            "channel IN ('portal', 'note_verbale', 'ministry_letter', 'cted_referral', 'workshop_recommendation')",
            name=op.f("ck_cases_channel"),
        ),
        sa.CheckConstraint(
            "due_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_cases_due_key"),
        ),
        sa.CheckConstraint(
            "holder IN ('state', 'tpb', 'ctc_cted', 'ola', 'partner', 'other_state', 'funding', 'nobody')",
            name=op.f("ck_cases_holder"),
        ),
        sa.CheckConstraint(
            "state = 'discarded' OR (submitted_at IS NULL) = (state IN ('awaiting_mission', 'draft'))",
            name=op.f("ck_cases_submitted_by_state"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'awaiting_mission', 'submitted', 'screening', 'returned', 'in_review', 'in_coordination', 'decision', 'planning', 'on_hold', 'scheduled', 'in_delivery', 'delivered', 'evaluation', 'closed', 'not_eligible', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'discarded')",
            name=op.f("ck_cases_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', 'planning', 'scheduled') OR officer_id IS NOT NULL",
            name=op.f("ck_cases_officer_by_state"),
        ),
        sa.CheckConstraint("urgency IN ('routine', 'urgent')", name=op.f("ck_cases_urgency")),
        sa.CheckConstraint("(number IS NULL) = (submitted_at IS NULL)", name=op.f("ck_cases_numbered_when_submitted")),
        sa.CheckConstraint("version > 0", name=op.f("ck_cases_version")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["users.id"], name=op.f("fk_cases_drafted_by_id_users")),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name=op.f("fk_cases_officer_id_users")),
        sa.ForeignKeyConstraint(["parent_id"], ["cases.id"], name=op.f("fk_cases_parent_id_cases")),
        sa.ForeignKeyConstraint(["state_id"], ["states.id"], name=op.f("fk_cases_state_id_states")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("id", "state_id", name=op.f("uq_cases_id_state_id")),
        sa.UniqueConstraint("key", name=op.f("uq_cases_key")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        info={"case_bearing": True},
    )
    op.create_index(
        "ix_cases_open_due",
        "cases",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', 'planning', 'returned', 'scheduled', 'screening', 'submitted')"
        ),
        sqlite_where=sa.text(
            "state IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', 'planning', 'returned', 'scheduled', 'screening', 'submitted')"
        ),
    )
    op.create_index(
        "ix_cases_open_officer",
        "cases",
        ["officer_id", "state"],
        unique=False,
        postgresql_where=sa.text(
            "state IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', 'planning', 'returned', 'scheduled', 'screening', 'submitted')"
        ),
        sqlite_where=sa.text(
            "state IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', 'planning', 'returned', 'scheduled', 'screening', 'submitted')"
        ),
    )
    op.create_index("ix_cases_state", "cases", ["state"], unique=False)
    op.create_index("ix_cases_state_id_id", "cases", ["state_id", "id"], unique=False)
    op.create_index("ix_cases_submitted_at", "cases", ["submitted_at", "id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", BIGINT, nullable=True),
        sa.Column("use_case", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("result", JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_idempotency_keys_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False)
    op.create_index(op.f("ix_idempotency_keys_user_id"), "idempotency_keys", ["user_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("params", JSON, nullable=False),
        sa.Column("case_key", sa.String(length=12), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_index("ix_notices_read_at", "notices", ["read_at"], unique=False)
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
        sqlite_where=sa.text("read_at IS NULL"),
    )
    op.create_index("ix_notices_user_id_id", "notices", ["user_id", "id"], unique=False)
    op.create_table(
        "outbox_messages",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("params", JSON, nullable=False),
        sa.Column("case_key", sa.String(length=12), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", BIGINT, nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=320), nullable=False),
        sa.Column("last_error", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "last_error IN ('server_unreachable', 'server_refused', 'address_refused', 'address_unusable', 'try_later', 'content_refused', 'connection_lost', 'not_rendered', 'lease_expired', 'not_permitted', 'over')",
            name=op.f("ck_outbox_messages_last_error"),
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'leased', 'sent', 'dead', 'withheld')", name=op.f("ck_outbox_messages_state")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_outbox_messages_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_messages_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_messages_message_id")),
    )
    op.create_index(
        "ix_outbox_messages_dead",
        "outbox_messages",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'dead'"),
        sqlite_where=sa.text("state = 'dead'"),
    )
    op.create_index("ix_outbox_messages_sent_at", "outbox_messages", ["sent_at"], unique=False)
    op.create_index(op.f("ix_outbox_messages_user_id"), "outbox_messages", ["user_id"], unique=False)
    op.create_index(
        "ix_outbox_messages_waiting",
        "outbox_messages",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'leased')"),
        sqlite_where=sa.text("state IN ('pending', 'leased')"),
    )
    op.create_table(
        "security_history",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=40), nullable=False),
        sa.Column("actor_id", BIGINT, nullable=True),
        sa.Column("on_behalf_id", BIGINT, nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_id", BIGINT, nullable=True),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("actor_kind IN ('user', 'system')", name=op.f("ck_security_history_actor_kind")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_security_history_actor_id_users")),
        sa.ForeignKeyConstraint(["on_behalf_id"], ["users.id"], name=op.f("fk_security_history_on_behalf_id_users")),
        sa.ForeignKeyConstraint(["subject_id"], ["users.id"], name=op.f("fk_security_history_subject_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_history")),
        sa.UniqueConstraint("seq", name=op.f("uq_security_history_seq")),
    )
    op.create_index(op.f("ix_security_history_actor_id"), "security_history", ["actor_id"], unique=False)
    op.create_index(op.f("ix_security_history_at"), "security_history", ["at"], unique=False)
    op.create_index(op.f("ix_security_history_subject_id"), "security_history", ["subject_id"], unique=False)
    op.create_table(
        "stand_ins",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("absent_id", BIGINT, nullable=False),
        sa.Column("stand_in_id", BIGINT, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("absent_id <> stand_in_id", name=op.f("ck_stand_ins_two_persons")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_stand_ins_starts_before_it_ends")),
        sa.ForeignKeyConstraint(["absent_id"], ["users.id"], name=op.f("fk_stand_ins_absent_id_users")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["users.id"], name=op.f("fk_stand_ins_stand_in_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
        sa.UniqueConstraint("key", name=op.f("uq_stand_ins_key")),
    )
    op.create_index(op.f("ix_stand_ins_absent_id"), "stand_ins", ["absent_id"], unique=False)
    op.create_index(op.f("ix_stand_ins_stand_in_id"), "stand_ins", ["stand_in_id"], unique=False)
    op.create_table(
        "user_roles",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("granted_by_id", BIGINT, nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'state' AND role IN ('focal_point', 'mission')) OR (kind = 'tpb' AND role IN ('branch_chief', 'case_officer', 'intake_officer', 'manager', 'programme_support')) OR (kind = 'ctc_cted' AND role IN ('ctc_liaison')) OR (kind = 'ola' AND role IN ('ola_liaison')) OR (kind = 'auditor' AND role IN ('auditor')) OR (kind = 'administrator' AND role IN ('administrator'))",
            name=op.f("ck_user_roles_role_fits_kind"),
        ),
        sa.CheckConstraint(
            "role IN ('focal_point', 'mission', 'intake_officer', 'case_officer', 'branch_chief', 'programme_support', 'ctc_liaison', 'ola_liaison', 'manager', 'auditor', 'administrator', 'system')",
            name=op.f("ck_user_roles_role"),
        ),
        sa.ForeignKeyConstraint(["granted_by_id"], ["users.id"], name=op.f("fk_user_roles_granted_by_id_users")),
        sa.ForeignKeyConstraint(
            ["user_id", "kind"], ["users.id", "users.kind"], name=op.f("fk_user_roles_user_id_kind_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_roles")),
    )
    op.create_index(
        "ix_user_roles_role",
        "user_roles",
        ["role"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_user_roles_user_id"), "user_roles", ["user_id"], unique=False)
    op.create_index(
        "uq_user_roles_one_of_state",
        "user_roles",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND kind = 'state'"),
        postgresql_where=sa.text("ended_at IS NULL AND kind = 'state'"),
    )
    op.create_index(
        "uq_user_roles_open",
        "user_roles",
        ["user_id", "role"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "case_bodies",
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body IN ('ctc_cted', 'ola', 'partner')", name=op.f("ck_case_bodies_body")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_bodies_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("case_id", "body", name=op.f("pk_case_bodies")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_bodies_body", "case_bodies", ["body", "case_id"], unique=False)
    op.create_table(
        "case_content",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("revision", BIGINT, nullable=False),
        sa.Column("schema_number", BIGINT, nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("written_by_id", BIGINT, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_content_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_case_content_written_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_content")),
        sa.UniqueConstraint("case_id", "revision", name=op.f("uq_case_content_case_id_revision")),
        info={"case_bearing": True},
    )
    op.create_table(
        "case_history",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=40), nullable=False),
        sa.Column("actor_id", BIGINT, nullable=True),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=True),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(actor_kind = 'system') = (actor_id IS NULL)", name=op.f("ck_case_history_actor_named")),
        sa.CheckConstraint("actor_kind IN ('user', 'system')", name=op.f("ck_case_history_actor_kind")),
        sa.CheckConstraint(
            "from_state IN ('draft', 'awaiting_mission', 'submitted', 'screening', 'returned', 'in_review', 'in_coordination', 'decision', 'planning', 'on_hold', 'scheduled', 'in_delivery', 'delivered', 'evaluation', 'closed', 'not_eligible', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'discarded')",
            name=op.f("ck_case_history_from_state"),
        ),
        sa.CheckConstraint(
            "to_state IN ('draft', 'awaiting_mission', 'submitted', 'screening', 'returned', 'in_review', 'in_coordination', 'decision', 'planning', 'on_hold', 'scheduled', 'in_delivery', 'delivered', 'evaluation', 'closed', 'not_eligible', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'discarded')",
            name=op.f("ck_case_history_to_state"),
        ),
        sa.CheckConstraint("seq > 0", name=op.f("ck_case_history_seq")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_case_history_actor_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_history_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["users.id"], name=op.f("fk_case_history_on_behalf_of_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_history")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_history_case_id_seq")),
        sa.UniqueConstraint("id", "case_id", name=op.f("uq_case_history_id_case_id")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_history_at", "case_history", ["at"], unique=False)
    op.create_table(
        "case_questions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("round", BIGINT, nullable=False),
        sa.Column("field_path", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", BIGINT, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("cannot_answer", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=True),
        sa.Column("answered_by_id", BIGINT, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answered_at IS NULL OR answer <> '' OR cannot_answer <> ''",
            name=op.f("ck_case_questions_answered_with_words"),
        ),
        sa.CheckConstraint("round > 0", name=op.f("ck_case_questions_round")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_case_questions_answered_by_id_users")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_case_questions_asked_by_id_users")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_questions_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_questions")),
        sa.UniqueConstraint("key", name=op.f("uq_case_questions_key")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_questions_case_id", "case_questions", ["case_id", "round"], unique=False)
    op.create_table(
        "case_reminders",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("limit_key", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "limit_key IN ('purge', 'mission', 'take_up', 'screen', 'answer', 'lapse', 'assess', 'ctc', 'ola', 'partner', 'outcome', 'decide', 'plan', 'plan_answer', 'participation', 'hold_review', 'hold_ask', 'report', 'confirm', 'evaluate', 'look_back')",
            name=op.f("ck_case_reminders_limit_key"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_case_reminders_number")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_reminders_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reminders")),
        sa.UniqueConstraint(
            "case_id",
            "limit_key",
            "starts_at",
            "number",
            name=op.f("uq_case_reminders_case_id_limit_key_starts_at_number"),
        ),
        info={"case_bearing": True},
    )
    op.create_index(
        "ix_case_reminders_undelivered",
        "case_reminders",
        ["id"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL"),
        sqlite_where=sa.text("delivered_at IS NULL"),
    )
    op.create_table(
        "case_stays",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "party IN ('state', 'tpb', 'ctc_cted', 'ola', 'partner', 'other_state', 'funding', 'nobody')",
            name=op.f("ck_case_stays_party"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'awaiting_mission', 'submitted', 'screening', 'returned', 'in_review', 'in_coordination', 'decision', 'planning', 'on_hold', 'scheduled', 'in_delivery', 'delivered', 'evaluation', 'closed', 'not_eligible', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'discarded')",
            name=op.f("ck_case_stays_state"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_stays_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_stays")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_stays_case_id_seq")),
        info={"case_bearing": True},
    )
    op.create_table(
        "case_types",
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.CheckConstraint(
            "type IN ('ratification', 'legislative_drafting', 'judicial_training', 'prosecutorial_training', 'international_cooperation', 'national_workshop', 'regional_workshop', 'subregional_workshop', 'ministerial_conference', 'online_course', 'mentoring', 'joint_visit', 'tools', 'follow_up')",
            name=op.f("ck_case_types_type"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_types_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("case_id", "type", name=op.f("pk_case_types")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_types_type", "case_types", ["type", "case_id"], unique=False)
    op.create_table(
        "consent_records",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("given_by_id", BIGINT, nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", BIGINT, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('ctc', 'partners', 'public_summary')", name=op.f("ck_consent_records_kind")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_consent_records_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["users.id"], name=op.f("fk_consent_records_given_by_id_users")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["users.id"], name=op.f("fk_consent_records_withdrawn_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_records")),
        sa.UniqueConstraint("key", name=op.f("uq_consent_records_key")),
        info={"case_bearing": True},
    )
    op.create_index("ix_consent_records_case_id", "consent_records", ["case_id"], unique=False)
    op.create_table(
        "draft_tasks",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("saved_by_id", BIGINT, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_draft_tasks_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["users.id"], name=op.f("fk_draft_tasks_saved_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_tasks")),
        sa.UniqueConstraint("case_id", "task", name=op.f("uq_draft_tasks_case_id_task")),
        info={"case_bearing": True},
    )
    op.create_table(
        "history_payloads",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_history_payloads_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_payloads")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_history_payloads_case_id_seq")),
        info={"case_bearing": True},
    )
    op.create_table(
        "screening_checks",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("eligibility_check", sa.String(length=40), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("judged_by_id", BIGINT, nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", BIGINT, nullable=False),
        sa.CheckConstraint(
            "eligibility_check IN ('e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8')",
            name=op.f("ck_screening_checks_eligibility_check"),
        ),
        sa.CheckConstraint(
            "passed OR (remark <> '' AND reason_code IS NOT NULL)", name=op.f("ck_screening_checks_no_needs_a_reason")
        ),
        sa.CheckConstraint(
            "reason_code IN ('not_official_channel', 'not_authenticated', 'not_member_state', 'outside_paragraphs', 'operational', 'intelligence', 'equipment', 'security_funding', 'no_ctc_consent', 'duplicate', 'rights_unanswered', 'facts_missing')",
            name=op.f("ck_screening_checks_reason_code"),
        ),
        sa.CheckConstraint("NOT passed OR reason_code IS NULL", name=op.f("ck_screening_checks_yes_has_no_reason")),
        sa.CheckConstraint("version > 0", name=op.f("ck_screening_checks_version")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_screening_checks_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["users.id"], name=op.f("fk_screening_checks_judged_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_checks")),
        info={"case_bearing": True},
    )
    op.create_index(
        "uq_screening_checks_in_force",
        "screening_checks",
        ["case_id", "eligibility_check"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "security_history_payloads",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"], ["security_history.seq"], name=op.f("fk_security_history_payloads_seq_security_history")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_history_payloads")),
        sa.UniqueConstraint("seq", name=op.f("uq_security_history_payloads_seq")),
    )
    op.create_table(
        "user_sessions",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stand_in_id", BIGINT, nullable=True),
        sa.Column("ip_prefix", sa.String(length=50), nullable=True),
        sa.Column("agent", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["stand_in_id"], ["stand_ins.id"], name=op.f("fk_user_sessions_stand_in_id_stand_ins")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("key", name=op.f("uq_user_sessions_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    op.create_index(op.f("ix_user_sessions_stand_in_id"), "user_sessions", ["stand_in_id"], unique=False)
    op.create_index(
        "ix_user_sessions_user_id_open",
        "user_sessions",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )

    protect()


def protect() -> None:
    """Add what tables alone do not give: row-level security, append-only tables, rights."""
    for table in CASE_TABLES:
        part_by_state(table)
    for table, erasable in APPEND_ONLY.items():
        append_only(table, deletable=erasable)
    grant([table for table in TABLES if table not in APPEND_ONLY])
    grant(tuple(APPEND_ONLY), "SELECT, INSERT")
    grant(("alembic_version",), "SELECT")


def downgrade() -> None:
    for table in APPEND_ONLY:
        drop_append_only(table)
    for table in reversed(TABLES):
        op.drop_table(table)
