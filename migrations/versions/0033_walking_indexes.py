"""The queue walks and counts by indexes on PostgreSQL: what row-level security asks lets it, and the indexes hold it.

Revision: 0033
Follows: 0032
"""

import sqlalchemy as sa
from alembic import op

from app.casework.models.case import IS_OPEN
from migrations.protection import is_postgresql, seen_by_state

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SEEN_BY = ["submitted_at", "state_id"]
#: Columns to which `SEEN_BY` is added.
WIDENED = {"ix_cases_open_due": ["due_at", "id"], "ix_cases_open_officer": ["officer_id", "state"]}
ADDED = {"ix_cases_open_holder": ["holder", *SEEN_BY], "ix_cases_open_due_key": ["due_key"]}


def upgrade() -> None:
    for name, columns in WIDENED.items():
        op.drop_index(name, table_name="cases")
        create_index_of_open(name, [*columns, *SEEN_BY])
    for name, columns in ADDED.items():
        create_index_of_open(name, columns)
    op.drop_index("ix_cases_state", table_name="cases")
    op.create_index("ix_cases_state", "cases", ["state", *SEEN_BY], unique=False)
    for table in parted_tables():
        op.execute(f"ALTER POLICY by_state ON {table} {seen_by_state()}")


def downgrade() -> None:
    # the policies stay as they are: they let through the same rows, and new tables are given no others
    op.drop_index("ix_cases_state", table_name="cases")
    op.create_index("ix_cases_state", "cases", ["state"], unique=False)
    for name in ADDED:
        op.drop_index(name, table_name="cases")
    for name, columns in WIDENED.items():
        op.drop_index(name, table_name="cases")
        create_index_of_open(name, columns)


def create_index_of_open(name: str, columns: list[str]) -> None:
    op.create_index(name, "cases", columns, unique=False, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN)


def parted_tables() -> list[str]:
    """Return the tables that are parted by State, as far as there are any by then."""
    if not is_postgresql():
        return []
    parted = "SELECT tablename FROM pg_policies WHERE policyname = 'by_state' AND schemaname = current_schema()"
    return sorted(op.get_bind().scalars(sa.text(parted)))
