"""Engines: one to write, one to read, with what SQLite and PostgreSQL need to behave alike."""

import sqlite3
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

#: Milliseconds that a SQLite writer waits for another, and that PostgreSQL waits for a row lock.
LOCK_TIMEOUT_MS = 15_000
STATEMENT_TIMEOUT_MS = 30_000


def engine_config(database_url: str, read_database_url: str) -> dict[str, dict[str, Any]]:
    """Return the value of `SQLALCHEMY_ENGINES`.

    Args:
        database_url: address of the database for the application role, to write.
        read_database_url: the same database or a replica, to read.
    """
    return {"default": _options(database_url, read_only=False), "read": _options(read_database_url, read_only=True)}


def _options(address: str, *, read_only: bool) -> dict[str, Any]:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return {"url": url, "connect_args": {"timeout": LOCK_TIMEOUT_MS / 1000, "check_same_thread": False}}
    settings = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC"
    if read_only:
        settings += " -c default_transaction_read_only=on"
    return {"url": url, "pool_pre_ping": True, "pool_recycle": 1800, "connect_args": {"options": settings}}


def prepare_engines(app: Flask, engines: dict[str, Engine]) -> None:
    """Attach the SQLite connection rules to the engines of `app`."""
    for name, engine in engines.items():
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine, read_only=name == "read")


def prepare_sqlite(engine: Engine, *, read_only: bool = False) -> None:
    """Give a SQLite engine explicit transactions: `BEGIN IMMEDIATE` to write, a query-only connection to read."""

    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        if not isinstance(dbapi_connection, sqlite3.Connection):
            raise TypeError("SQLite rules belong on a SQLite engine")
        # The driver must not open transactions by itself: it begins them deferred and upgrades too late.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={LOCK_TIMEOUT_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
