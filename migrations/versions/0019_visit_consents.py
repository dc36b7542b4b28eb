"""Consents to joint visits, one for each visit; at most one record of a kind is in force.

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import is_postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "consent_records"
KIND, VISIT = "ck_consent_records_kind", "ck_consent_records_visit_named"
BEFORE = "kind IN ('ctc', 'partners', 'public_summary')"
AFTER = "kind IN ('ctc', 'partners', 'public_summary', 'visit')"
IN_FORCE = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("subject", sa.String(length=12), server_default=sa.text("''"), nullable=False))
    with_triggers_put_aside(lambda: rules(AFTER, add=True))
    # A consent that was given twice is one consent, as old as the first.
    op.execute(
        f"UPDATE {TABLE} SET withdrawn_at = given_at WHERE withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM {TABLE} "
        f"earlier WHERE earlier.case_id = {TABLE}.case_id AND earlier.kind = {TABLE}.kind "
        f"AND earlier.withdrawn_at IS NULL AND earlier.id < {TABLE}.id)"
    )
    op.create_index(
        "uq_consent_records_in_force",
        TABLE,
        ["case_id", "kind", "subject"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def downgrade() -> None:
    op.drop_index("uq_consent_records_in_force", TABLE)
    op.execute(f"DELETE FROM {TABLE} WHERE kind = 'visit'")
    with_triggers_put_aside(lambda: rules(BEFORE, add=False))
    with_triggers_put_aside(lambda: op.drop_column(TABLE, "subject"))


def rules(kinds: str, *, add: bool) -> None:
    """Replace the check of the kind, and add or take away that of visits."""
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), sa.text(kinds))
        if add:
            batch.create_check_constraint(op.f(VISIT), sa.text("(kind = 'visit') = (subject <> '')"))
        else:
            batch.drop_constraint(op.f(VISIT), type_="check")


def with_triggers_put_aside(change) -> None:
    """Do `change`; SQLite writes the table anew and stumbles over triggers that name it, so they wait."""
    if is_postgresql():
        change()
        return
    bind = op.get_bind()
    named = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE :table")
    triggers = bind.execute(named, {"table": f"%{TABLE}%"}).all()
    for name, _sql in triggers:
        op.execute(f"DROP TRIGGER {name}")
    change()
    for _name, sql in triggers:
        bind.exec_driver_sql(sql)
