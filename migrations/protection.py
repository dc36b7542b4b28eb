"""What tables alone do not protect: row-level security, append-only tables, rights of the application role.

Used by migrations; a migration names its tables itself, so that it means the same in ten years.
"""

from collections.abc import Sequence

from alembic import context, op


def is_postgresql() -> bool:
    """Tell whether the migration runs on PostgreSQL."""
    return op.get_bind().dialect.name == "postgresql"


def part_by_state(table: str, state_column: str = "state_id") -> None:
    """Enable and force row-level security: a session sees all rows, those of one State, or none."""
    if not is_postgresql():
        return
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY by_state ON {table} {seen_by_state(state_column)}")


def seen_by_state(state_column: str = "state_id") -> str:
    """Return what `by_state` asks of every row that is read or written.

    Whether all are seen is asked once for a statement instead of once for a row. That also lets the planner expect that
    many rows pass: of a bare comparison it expects that hardly any does, and then it sorts all cases rather than
    walking an index.
    """
    visible = (
        "(SELECT current_setting('accede.scope', true) = 'all') OR (current_setting('accede.scope', true) = 'state' "
        f"AND {state_column} = NULLIF(current_setting('accede.state_id', true), '')::bigint)"
    )
    return f"USING ({visible}) WITH CHECK ({visible})"


def append_only(table: str, *, deletable: bool = False) -> None:
    """Refuse updates of rows of `table`, and deletes unless `deletable` (erasure of payloads)."""
    events = ("UPDATE",) if deletable else ("UPDATE", "DELETE")
    if is_postgresql():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE {' OR '.join(events)} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )
        return
    for event in events:
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def drop_append_only(table: str) -> None:
    """Remove what `append_only` made beside the table itself."""
    if is_postgresql():
        op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE")


def grant(tables: Sequence[str], rights: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """Give the application role `rights` on `tables` and the use of their sequences."""
    role = context.config.attributes.get("application_role")
    if not is_postgresql() or not role:
        return
    for table in tables:
        op.execute(f'GRANT {rights} ON {table} TO "{role}"')
    op.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')


def revoke(tables: Sequence[str], rights: str) -> None:
    """Take `rights` on `tables` back from the application role."""
    role = context.config.attributes.get("application_role")
    if not is_postgresql() or not role:
        return
    for table in tables:
        op.execute(f'REVOKE {rights} ON {table} FROM "{role}"')


def fix_columns(table: str, columns: Sequence[str]) -> None:
    """Refuse deletes of rows of `table`, and updates that name one of `columns`; the others may change."""
    named = ", ".join(columns)
    if is_postgresql():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} keeps what was written'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE DELETE OR UPDATE OF {named} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_fixed()"
        )
        return
    for event, what in (("delete", "DELETE"), ("update", f"UPDATE OF {named}")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )


def release_columns(table: str) -> None:
    """Remove what `fix_columns` made beside the table itself."""
    if is_postgresql():
        op.execute(f"DROP FUNCTION IF EXISTS {table}_fixed() CASCADE")
