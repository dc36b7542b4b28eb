"""The two sessions: one to read, one to write.

`read_session()` serves identity, pages and queries and cannot write. A writing session exists only inside a use case
(`foundation.db.use_case`). Flask-Security, which commits in its own views, has a third, see `identity_session`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import iscoroutinefunction

from flask import Flask, g
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.foundation.db.engines import prepare_engines
from app.foundation.db.scope import Scope, bind_scope, guard_engine, on_after_begin

db = SQLAlchemy(session_options={"expire_on_commit": False})


def init_db(app: Flask) -> None:
    """Create the engines named in `SQLALCHEMY_ENGINES` and put the guards on them."""
    db.init_app(app)
    # It also closes asynchronous sessions after each request, for which a new event loop is made. There are none here.
    app.teardown_appcontext_funcs = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]
    with app.app_context():
        event.listen(db.sessionmaker, "after_begin", on_after_begin)
        prepare_engines(app, db.engines)
        for engine in db.engines.values():
            guard_engine(engine)
    app.teardown_appcontext(lambda _error: _commit(g.reading) if "reading" in g else None)


def read_session() -> Session:
    """Return this request's reading session; it is closed when the request ends."""
    session = db.get_session("read")
    session.bind = db.get_engine("read")
    g.reading = session
    return session


def end_reading() -> None:
    """End this request's reading transaction before slow work; what was read of it can no longer be loaded further."""
    session = read_session()
    _commit(session)
    session.close()


def _commit(session: Session) -> None:
    """End a transaction that only read by committing it: a rollback makes the driver forget what it has prepared.

    Statements that every page sends are planned once for each connection, which takes longer than many of them run.
    """
    session.expunge_all()
    with suppress(SQLAlchemyError):  # one that failed, or whose connection is gone, is rolled back when it is closed
        session.commit()


def identity_session() -> Session:
    """Return the session in which Flask-Security's own views write people, never cases.

    It has no scope, so it cannot touch case data; Flask-Security commits it after the view.
    """
    return db.get_session("identity")


@contextmanager
def write_transaction(scope: Scope | None) -> Iterator[Session]:
    """Open a writing session for `scope`, commit it at the end of the block, roll it back when the block raises.

    Args:
        scope: whose cases it may touch; None for work without cases.
    """
    with db.sessionmaker() as session:
        if scope is not None:
            bind_scope(session, scope)
        with session.begin():
            yield session
