"""The second layer alone: with the application's filter switched off, PostgreSQL lets no State see another's rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import true
from sqlalchemy.engine import make_url

from app.casework import recipients, visibility
from app.casework.models import CaseReminder
from app.foundation.clock import now
from app.foundation.db import Base, write_transaction
from app.foundation.db.base import case_bearing_tables
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import Body, LimitKey, Role, State
from tests.factories import messages
from tests.factories.activities import Held, keep_delivery, put_activity, put_evaluation, put_move, put_participation
from tests.factories.assessment import assessed
from tests.factories.beginnings import keep_beginnings
from tests.factories.cases import Made, Plan, at_home, away, make_cases
from tests.factories.clients import get, quick_client
from tests.factories.clocks import keep_clocks
from tests.factories.documents import attach, stored_file
from tests.factories.money import fund
from tests.factories.people import AWAY, HOME, Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.silence import keep_silence
from tests.factories.supplies import put_supply
from tests.integration.isolation.asking import Comparing, asks_for, in_turn
from tests.integration.isolation.routes import Named
from tests.support.clock import StoppedClock
from tests.support.databases import APPLICATION, OWNER, Database

pytestmark = pytest.mark.postgresql_only

CASE_TABLES = sorted(table.name for table in case_bearing_tables())
KEEPING = (State.DRAFT, State.AWAITING_MISSION, State.SUBMITTED, State.SCREENING, State.RETURNED)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    """The people; the clock stands still, because pages say when they were made."""
    return cast_of(app)


@pytest.fixture
def two_states(app: Flask, cast: Cast) -> tuple[Made, list[Made]]:
    """One case of the State at home, several of the other, with at least one row in every table about cases."""
    plans: list[tuple[State, Plan]] = [
        (state, away(cast, title="Secret of the other State", judged=True, bodies=(Body.CTC_CTED,)))
        for state in KEEPING
    ]
    own = (State.RETURNED, at_home(cast, title="Our own", judged=True, bodies=(Body.CTC_CTED,)))
    home, *others = made = make_cases(app, cast, [own, *plans])
    decided: list[Made] = []
    for plan in (at_home(cast), away(cast, title="Secret of the other State")):
        make_cases(app, cast, [(State.SCREENING, replace(plan, proposed=True)), (State.MERGED, plan)])
        decided += make_cases(app, cast, [(State.DECISION, plan), (State.DECLINED, plan)])[:1]
        (resting,) = make_cases(app, cast, [(State.ON_HOLD, plan)])
        fund(app, resting)
    keep_silence(app, cast, *decided)
    stored = stored_file(app)
    attach(app, cast.mission, home, stored)
    attach(app, cast.away_mission, others[0], stored)
    for case in made:
        keep_beginnings(app, case, cast.ctc_liaison)
    keep_clocks(app, *made)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        at = now()
        session.add_all(
            CaseReminder(
                case_id=case.id,
                state_id=case.state_id,
                limit_key=LimitKey.ANSWER,
                starts_at=at,
                number=1,
                code="case.answer_reminder",
                sent_at=at,
            )
            for case in made
        )
    for case, guest in ((home, AWAY), (others[0], HOME)):
        put_plan(app, case, cast.case_officer, [PlannedActivity(participants=[guest])])
        other = others[0].state_id if guest == AWAY else home.state_id
        put_participation(app, case, other, activity := put_activity(app, case, Held(guests=(other,))))
        put_move(app, case, activity)
        put_evaluation(app, case)
        keep_delivery(app, case)
    for case in (home, others[0]):
        assessed(app, case, officer=cast.case_officer)
    for case in (home, others[0]):
        put_supply(app, case)
    for case in made:
        messages.put(app, case, cast.focal_point, "A word", read_by=(cast.intake_officer,))
    return home, others


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application lets everybody see everything."""
    monkeypatch.setattr(visibility, "may_see", lambda actor: true())
    monkeypatch.setattr(recipients, "may_see", lambda actor: true())


@contextmanager
def connected(database: Database, scope: str | None = None, state_id: int | None = None) -> Iterator[Any]:
    """A connection as the application's role, as a use case would scope it; rolled back at the end."""
    url = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        if scope is not None:
            connection.execute("SELECT set_config('accede.scope', %s, true)", [scope])
            connection.execute(
                "SELECT set_config('accede.state_id', %s, true)", ["" if state_id is None else str(state_id)]
            )
        yield connection
        connection.rollback()


def owned_by(connection: Any, table: str) -> dict[int, int]:
    """How many rows of `table` this connection sees, by State."""
    query = sql.SQL("SELECT state_id, count(*) FROM {} GROUP BY state_id").format(sql.Identifier(table))
    return dict(connection.execute(query).fetchall())


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.MISSION])
def test_pages_of_a_state_show_nothing_foreign_without_the_filter(
    app: Flask, cast: Cast, two_states: tuple[Made, list[Made]], no_filter: None, role: Role
) -> None:
    _own, foreign = two_states
    client = quick_client(app, cast.of(role))
    comparing, faults = Comparing(app, client, cast.other_officer.key), []
    for place, ask in enumerate(asks_for(app, Named.CASE, Named.NUMBER)):
        for case in in_turn(foreign, place):
            named = case.number if ask.rule.endpoint == "casefile.by_number" else case.key
            wrong = comparing.difference(ask, named, case) if named else None
            faults += [f"{ask} in {case.state}: {wrong}"] if wrong else []
    words = {word for case in foreign for word in (case.key, case.number, case.title) if word}
    for path in ("/home", "/home?view=all", "/home?view=ended", "/notices", "/account", "/focal-points"):
        page = get(app, client, path).get_data(as_text=True)
        faults += [f"{path} holds {word}" for word in words if word in page]
    assert not faults, "\n".join(faults)


def test_the_filter_was_really_off(
    app: Flask, cast: Cast, two_states: tuple[Made, list[Made]], no_filter: None
) -> None:
    """The control: TPB, whom row-level security does not part, sees a draft once the filter is off."""
    draft = two_states[1][0]
    assert draft.state is State.DRAFT
    assert get(app, quick_client(app, cast.case_officer), f"/cases/{draft.key}").status_code == 200


def test_every_table_about_cases_is_parted(database: Database, app: Flask, two_states: tuple[Made, list[Made]]) -> None:
    home, others = two_states
    wrong = []
    for table in CASE_TABLES:
        with connected(database, "all") as connection:
            everything = owned_by(connection, table)
        assert set(everything) == {home.state_id, others[0].state_id}, f"{table}: the test has no row of both States"
        with connected(database, "state", home.state_id) as connection:
            if owned_by(connection, table) != {home.state_id: everything[home.state_id]}:
                wrong.append((table, "state"))
        for scope in (None, "none", "state", "nonsense"):
            with connected(database, scope) as connection:
                if owned_by(connection, table):
                    wrong.append((table, scope or "unset"))
    assert not wrong


def test_foreign_rows_can_be_neither_written_nor_moved(
    database: Database, app: Flask, two_states: tuple[Made, list[Made]]
) -> None:
    home, others = two_states
    foreign = others[0]
    with connected(database, "state", home.state_id) as connection:
        for table in CASE_TABLES:
            name = sql.Identifier(table)
            assert _rights(connection, table, "INSERT")
            if _rights(connection, table, "UPDATE"):
                touched = connection.execute(
                    sql.SQL("UPDATE {} SET state_id = state_id WHERE state_id = %s").format(name), [foreign.state_id]
                )
                assert touched.rowcount == 0, table
            if _rights(connection, table, "DELETE"):
                gone = connection.execute(
                    sql.SQL("DELETE FROM {} WHERE state_id = %s").format(name), [foreign.state_id]
                )
                assert gone.rowcount == 0, table
    statements = (
        ("INSERT INTO case_types (case_id, type, state_id) VALUES (%s, 'tools', %s)", [foreign.id, foreign.state_id]),
        ("INSERT INTO case_types (case_id, type, state_id) VALUES (%s, 'tools', %s)", [home.id, foreign.state_id]),
        ("UPDATE cases SET state_id = %s WHERE id = %s", [foreign.state_id, home.id]),
    )
    for statement, values in statements:
        with connected(database, "state", home.state_id) as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement, values)
        assert "row-level security" in str(refused.value), statement


def test_a_child_cannot_hang_on_a_case_of_another_state(
    database: Database, app: Flask, two_states: tuple[Made, list[Made]]
) -> None:
    """The composite key carries the State, also for who may see all."""
    home, others = two_states
    with connected(database, "all") as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            "INSERT INTO case_types (case_id, type, state_id) VALUES (%s, 'tools', %s)", [home.id, others[0].state_id]
        )


def _rights(connection: Any, table: str, right: str) -> bool:
    return bool(connection.execute("SELECT has_table_privilege(%s, %s)", [table, right]).fetchone()[0])


def test_the_application_role_has_no_way_around(database: Database) -> None:
    with connected(database) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert role == (False, False, False, False)
        owned = connection.execute(
            "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = %s)", [APPLICATION]
        ).fetchall()
        assert owned == []
        member = connection.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [APPLICATION, OWNER]).fetchone()
        assert member == (False,)
    forbidden = (
        "ALTER TABLE cases NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
        "DROP POLICY by_state ON cases",
        "ALTER TABLE case_history DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "TRUNCATE case_history",
        "TRUNCATE cases CASCADE",
        f"SET ROLE {OWNER}",
        "CREATE TABLE public.elsewhere (id int)",
    )
    for statement in forbidden:
        with connected(database, "all") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_every_marked_table_is_forced_and_has_its_policy(database: Database) -> None:
    with connected(database) as connection:
        flags = connection.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        policies = connection.execute(
            "SELECT tablename, cmd, permissive, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
        ).fetchall()
    forced = {name for name, enabled, force in flags if enabled and force}
    assert forced == set(CASE_TABLES)
    beside = [(table, command) for table, command, *_rest in policies if command != "ALL"]
    assert sorted(beside) == [("participations", "SELECT"), ("participations", "UPDATE")], (
        "what an invited State may do"
    )
    policies = [policy for policy in policies if policy[1] == "ALL"]
    assert sorted(table for table, *_rest in policies) == CASE_TABLES, "exactly one policy each: several would add up"
    for table, command, permissive, using, check in policies:
        assert (command, permissive) == ("ALL", "PERMISSIVE"), table
        assert using == check, table
        assert "accede.scope" in using, table
        assert "state_id" in using, table


def test_the_owner_is_parted_too(database: Database, app: Flask, two_states: tuple[Made, list[Made]]) -> None:
    url = make_url(database.owner_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        for table in CASE_TABLES:
            assert owned_by(connection, table) == {}, table


def test_what_is_about_a_case_is_marked() -> None:
    """Whatever names a case is about a case, and only that is marked; every marked table carries the State."""
    for table in Base.metadata.tables.values():
        names = set(table.columns.keys())
        about_a_case = table.name == "cases" or "case_id" in names
        assert bool(table.info.get("case_bearing")) == about_a_case, table.name
        if about_a_case:
            assert "state_id" in names, table.name
            assert not table.columns["state_id"].nullable, table.name
