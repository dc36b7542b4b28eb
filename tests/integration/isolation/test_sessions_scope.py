"""Case data is read for somebody or not at all; a GET does not write; one use case is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from pydantic import BaseModel
from sqlalchemy import event, insert, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.foundation.access import rule_of
from app.foundation.db import db, read_session, use_case, write_transaction
from app.foundation.db.base import case_bearing_tables
from app.foundation.db.scope import Reach, Scope, UnscopedRead, scope_of
from app.foundation.db.sessions import identity_session
from app.foundation.db.use_case import NestedUseCase
from app.reference.models import StateRecord
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import ActorKind, Role, State
from tests.factories.cases import at_home, make_cases
from tests.factories.clients import get, quick_client
from tests.factories.people import cast_of
from tests.integration.isolation.asking import asks_for, send, worth_asking
from tests.integration.isolation.routes import Named
from tests.support.clock import StoppedClock
from tests.support.readers import by_reader

#: What a GET may write, and nothing else: that somebody was seen (architecture, Two sessions).
LAST_SEEN = {"UPDATE user_sessions SET last_seen_at", "UPDATE users SET last_seen_at"}


@pytest.mark.parametrize("table", [table.name for table in case_bearing_tables()])
def test_nothing_about_a_case_is_read_without_an_actor(app_context: Flask, table: str) -> None:
    for statement in (
        f"SELECT * FROM {table}",
        f'SELECT count(*) FROM "{table}" AS x',
        f"SELECT 1 FROM states\nJOIN\n  {table} ON 1 = 1",
        f"SELECT 1 FROM states, {table}",
        f"DELETE FROM {table}",
        f"UPDATE {table} SET state_id = 1",
    ):
        for session in (read_session(), identity_session()):
            with pytest.raises(UnscopedRead):
                session.execute(text(statement))
            session.rollback()
        with pytest.raises(UnscopedRead), write_transaction(None) as session:
            session.execute(text(statement))


def test_a_scope_does_not_outlive_its_session(app_context: Flask) -> None:
    """The connection goes back to the pool; whoever gets it next has no scope."""
    for _ in range(3):
        with write_transaction(Scope(Reach.ALL)) as session:
            session.execute(select(AssistanceRequest.id))
        with pytest.raises(UnscopedRead), write_transaction(None) as session:
            session.execute(select(AssistanceRequest.id))


def test_whoever_looks_after_nobody_reaches_nothing() -> None:
    def actor(*roles: Role, state_id: int | None = None) -> Actor:
        return Actor(1, ActorKind.USER, "Ada Quill", frozenset(roles), state_id)

    assert scope_of(actor()) == Scope(Reach.NONE)
    assert scope_of(actor(Role.ADMINISTRATOR)) == Scope(Reach.NONE)
    assert scope_of(actor(Role.MISSION)) == Scope(Reach.NONE)
    assert scope_of(actor(Role.MISSION, state_id=7)) == Scope(Reach.STATE, 7)
    assert scope_of(actor(Role.MISSION, Role.CASE_OFFICER, state_id=7)) == Scope(Reach.STATE, 7)
    assert scope_of(actor(Role.AUDITOR)) == Scope(Reach.ALL)
    assert scope_of(SYSTEM) == Scope(Reach.ALL)


class _Nothing(BaseModel):
    pass


@use_case
def _inner(session: Session, actor: Actor) -> None:
    session.execute(select(StateRecord.id))


@use_case
def _outer(session: Session, actor: Actor) -> None:
    _inner(actor)


def test_a_use_case_inside_another_raises_and_leaves_nothing_open(app_context: Flask) -> None:
    with pytest.raises(NestedUseCase, match="_inner inside _outer"):
        _outer(SYSTEM)
    _inner(SYSTEM)


def test_the_reading_session_refuses_to_write(app: Flask) -> None:
    cast = cast_of(app)
    with app.app_context():
        states = select(StateRecord.id).limit(1)
        for statement in (
            insert(AssistanceRequest).values(key="0123456789ab", state_id=states.scalar_subquery(), version=1),
            text("UPDATE users SET name = 'X'"),
            text("DELETE FROM user_sessions"),
            text("CREATE TABLE elsewhere (id int)"),
        ):
            session = read_session()
            session.info["scope"] = scope_of(cast.case_officer.actor)
            with pytest.raises(DBAPIError) as refused:
                session.execute(statement)
            assert any(word in str(refused.value) for word in ("readonly database", "read-only transaction"))
            session.rollback()


@contextmanager
def writes() -> Iterator[list[str]]:
    """What is written inside the block, by statement, and the engine that wrote it."""
    seen: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "MERGE")):
            seen.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _pages(app: Flask, actor: Actor) -> list[str]:
    """Every address without a parameter that shows a page to `actor` and that no library runs, and a closed one."""
    return [
        rule.rule
        for rule in worth_asking(app, actor)
        if not rule.arguments and "GET" in (rule.methods or ()) and not rule.endpoint.startswith("security.")
    ]


@pytest.mark.parametrize("role", by_reader(sorted(set(Role) - {Role.SYSTEM})))
def test_a_get_writes_nothing_but_that_somebody_was_seen(app: Flask, clock: StoppedClock, role: Role) -> None:
    cast = cast_of(app)
    cases = make_cases(app, cast, [(state, at_home(cast, judged=True)) for state in (State.DRAFT, State.RETURNED)])
    client = quick_client(app, cast.of(role))
    actor = cast.of(role).actor
    with writes() as at_first:
        clock.move(minutes=6)
        get(app, client, "/account")
    assert {statement.split("=")[0] for statement in at_first} == LAST_SEEN, at_first
    with writes() as seen:
        for path in _pages(app, actor):
            get(app, client, path)
        for ask in asks_for(app, Named.CASE):
            if ask.method == "GET" and rule_of(app, ask.rule.endpoint).admits(actor):
                for case in cases:
                    send(app, client, ask, case.key)
    assert not seen


def test_pages_read_from_the_reading_engine_only(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    (case,) = make_cases(app, cast, [(State.SCREENING, at_home(cast))])
    client, used = quick_client(app, cast.intake_officer), set()
    with app.app_context():
        engines = {engine: name for name, engine in db.engines.items()}

    def note(connection: Any, *_rest: Any) -> None:
        used.add(engines.get(connection.engine))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for path in ("/queue", f"/cases/{case.key}", f"/cases/{case.key}/screening", f"/cases/{case.key}/accept"):
            assert get(app, client, path).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert used == {"read"}
