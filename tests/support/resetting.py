"""A PostgreSQL database put back in place to what it was when it was made: about ten times cheaper than a new copy.

Every row carries the transaction that wrote it (`xmin`), rows of the catalogue too. So what came later than the point
to which the database returns can be found and taken away, and what is missing shows in the count of the older rows:
nobody has to know what a test did. A database whose catalogue changed is not mended but given up for a new copy.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final, Self

import psycopg
from psycopg import sql

#: As a superuser, past triggers, foreign keys and row-level security; a statement seen once is planned once.
_OPTIONS: Final[dict[str, Any]] = {
    "autocommit": True,
    "prepare_threshold": 0,
    "options": "-c session_replication_role=replica -c lock_timeout=10s",
}
_CATALOGUE: Final = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'pg_catalog'::regnamespace AND NOT relisshared
    AND relname NOT IN ('pg_statistic', 'pg_statistic_ext_data') ORDER BY 1
"""
_TABLES: Final = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
_SEQUENCES: Final = "SELECT seqrelid::regclass::text FROM pg_sequence ORDER BY 1"
#: What stands about this database in catalogues that all databases share.
_SHARED: Final = """
    SELECT 'pg_database', count(*), count(*) FILTER (WHERE age(xmin) < (SELECT * FROM since))
    FROM pg_database WHERE datname = current_database()
    UNION ALL
    SELECT 'pg_db_role_setting', count(*), count(*)
    FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_OTHERS: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_PATIENCE_SECONDS: Final = 10


class OthersStay(RuntimeError):
    """A connection to the database does not end although it was told to."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """How many rows of a table are there from before, and how many came since."""

    old: int
    new: int


class Original:
    """What one database was like when it was made, with a connection of a superuser to it.

    Attributes:
        since: the last transaction whose rows belong to the original.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._catalogue = self._names(_CATALOGUE)
        self._tables = self._names(_TABLES)
        self._sequences = self._statement_for_sequences()
        # written once: putting a hundred names together takes as long as asking
        self._how_many_of_schema = self._statement_to_count(self._catalogue, _SHARED)
        self._how_many = self._statement_to_count(self._tables)
        self.since = self._transaction()
        self._schema = self._counted(self._how_many_of_schema)
        self._rows = self._counted(self._how_many)
        self._content = {table: self._copied(table) for table in self._tables if self._rows[table].old}

    @classmethod
    def of(cls, address: str) -> Self:
        """Remember the database at `address`, a superuser's URL as PostgreSQL's library reads it."""
        return cls(psycopg.connect(address, **_OPTIONS))

    def put_back(self) -> bool:
        """Make the database what it was; every other connection to it is ended.

        Returns:
            False when its schema is another now, or something is stored outside its tables: then nothing was put back.

        Raises:
            OthersStay: a connection does not end.
            psycopg.Error: the database is gone, or somebody ended the connection of this object.
        """
        self._end_others()
        if self._counted(self._how_many_of_schema) != self._schema:
            return False
        now = self._counted(self._how_many)
        changed = [table for table in self._tables if now[table] != self._rows[table]]
        damaged = [table for table in changed if now[table].old != self._rows[table].old]
        with self._connection.transaction(), self._connection.pipeline():
            for table in changed:
                self._take_away(table, whole=table in damaged)
            self._connection.execute(self._sequences)
        if changed:  # dead rows would slow every later look, and rows that are written again fill gaps out of order
            self._connection.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(map(sql.SQL, changed))))
        for table in damaged:
            self._write(table)
        self.since = self._transaction()
        return True

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _names(self, query: str) -> list[str]:
        return [str(name) for (name,) in self._connection.execute(query)]

    def _transaction(self) -> str:
        (row,) = self._connection.execute("SELECT pg_current_xact_id()::xid::text")
        return str(row[0])

    def _statement_for_sequences(self) -> sql.Composed:
        """Sets every sequence to where it stands now."""
        calls = []
        for name in self._names(_SEQUENCES):
            (row,) = self._connection.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.SQL(name)))
            calls.append(sql.SQL("setval({}, {}, {})").format(name, *row))
        return sql.SQL("SELECT {}").format(sql.SQL(", ").join(calls))

    def _statement_to_count(self, tables: list[str], *further: str) -> bytes:
        count = "SELECT {}, count(*), count(*) FILTER (WHERE age(xmin) < (SELECT * FROM since)) FROM {}"
        counts = [sql.SQL(count).format(name, sql.SQL(name)) for name in tables]
        whole = sql.SQL(" UNION ALL ").join([*counts, *map(sql.SQL, further)])
        return sql.SQL("WITH since AS (SELECT age(%s::xid)) {}").format(whole).as_bytes(self._connection)

    def _counted(self, statement: bytes) -> dict[str, _Rows]:
        found = self._connection.execute(statement, [self.since])
        return {str(name): _Rows(old=count - new, new=new) for name, count, new in found}

    def _copied(self, table: str) -> bytes:
        with self._connection.cursor().copy(
            sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.SQL(table))
        ) as rows:
            return b"".join(rows)

    def _write(self, table: str) -> None:
        statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.SQL(table))
        if table in self._content:
            with self._connection.cursor().copy(statement) as rows:
                rows.write(self._content[table])

    def _take_away(self, table: str, *, whole: bool) -> None:
        if whole:
            self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.SQL(table)))
            return
        statement = sql.SQL("DELETE FROM {} WHERE age(xmin) < age(%s::xid)").format(sql.SQL(table))
        self._connection.execute(statement, [self.since])

    def _end_others(self) -> None:
        """End whatever a test left open: it may hold locks, or write later."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while self._connection.execute(_OTHERS).fetchall():
            if time.monotonic() > until:
                raise OthersStay("a connection to the database of this process does not end")
            time.sleep(0.001)
