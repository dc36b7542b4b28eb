"""Questions for the whole life of a case: corrections of any kind of field, rounds that close, answers to read.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import is_postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "case_questions"
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FRESH = (
    ("revision", BIGINT),
    ("due_on", sa.Date()),
    ("closed_at", sa.DateTime(timezone=True)),
    ("read_at", sa.DateTime(timezone=True)),
)
BEFORE = {"ck_case_questions_answered_with_words": "answered_at IS NULL OR answer <> '' OR cannot_answer <> ''"}
AFTER = {
    "ck_case_questions_answered": (
        "answered_at IS NULL OR answer <> '' OR cannot_answer <> '' OR correction IS NOT NULL"
    ),
    "ck_case_questions_answered_or_closed": "answered_at IS NULL OR closed_at IS NULL",
    "ck_case_questions_read_when_answered": "read_at IS NULL OR answered_at IS NOT NULL",
}


def upgrade() -> None:
    for name, kind in FRESH:
        op.add_column(TABLE, sa.Column(name, kind, nullable=True))
    text_to_json = "to_jsonb(correction)" if is_postgresql() else "json_quote(correction)"
    _convert(JSON, text_to_json)
    op.execute(
        f"UPDATE {TABLE} SET revision = (SELECT max(c.revision) FROM case_content c "
        f"WHERE c.case_id = {TABLE}.case_id AND c.written_at <= {TABLE}.asked_at)"
    )
    # Only a returned request waits for answers, and only for those of its last round.
    op.execute(
        f"UPDATE {TABLE} SET closed_at = (SELECT c.state_since FROM cases c WHERE c.id = {TABLE}.case_id) "
        f"WHERE answered_at IS NULL AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = {TABLE}.case_id "
        f"AND c.state = 'returned' AND {TABLE}.round = "
        f"(SELECT max(q.round) FROM {TABLE} q WHERE q.case_id = {TABLE}.case_id))"
    )
    _check(BEFORE, AFTER)


def downgrade() -> None:
    # What was answered by a new value alone gets words, which the older rule demands.
    op.execute(f"UPDATE {TABLE} SET answer = '-' WHERE answered_at IS NOT NULL AND answer = '' AND cannot_answer = ''")
    _check(AFTER, BEFORE)
    text_again = "correction #>> '{}'" if is_postgresql() else "json_extract(correction, '$')"
    _convert(sa.Text(), text_again)
    for name, _kind in FRESH:
        op.drop_column(TABLE, name)


def _convert(kind: sa.types.TypeEngine, value: str) -> None:
    """Give `correction` another kind, with `value` (SQL) of every row that has one."""
    op.add_column(TABLE, sa.Column("converted", kind, nullable=True))
    op.execute(f"UPDATE {TABLE} SET converted = {value} WHERE correction IS NOT NULL")
    op.drop_column(TABLE, "correction")
    op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN converted TO correction")


def _check(before: dict[str, str], after: dict[str, str]) -> None:
    """Replace the checks; SQLite can do so only by writing the table anew."""
    with op.batch_alter_table(TABLE) as batch:
        for name in before:
            batch.drop_constraint(op.f(name), type_="check")
        for name, rule in after.items():
            batch.create_check_constraint(op.f(name), sa.text(rule))
