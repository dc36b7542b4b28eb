"""`flask demo fill`: cases in bulk that no check can tell from those that people made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.casework.checking import check_figures
from app.casework.jobs import check_histories
from app.casework.models import AssistanceRequest, CaseRevision, CaseType, ConsentRecord, HistoryEntry
from app.casework.search.index import differing
from app.demo.filling import filling
from app.demo.filling.numbering import NumbersTaken
from app.demo.people import PARTS, Part
from app.demo.stage import backstage
from app.foundation.clock import now
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, scope_of
from app.funding.models import Allocation
from app.funding.sources.ledger import Taken, fillers_of, select_taken, standings, taken_of
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind
from app.reference import cache
from app.workflow.actor import SYSTEM
from app.workflow.states import ENDED, STATE_ONLY
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.clients import quick_client
from tests.factories.demonstration import stage_few
from tests.support.client import let_in
from tests.support.databases import Database

CASES = 300


@pytest.fixture
def demo(make_app: Callable[..., Flask], database: Database) -> Iterator[Flask]:
    """An application with the demo's accounts and two of its cases."""
    app = make_app(demo_data=True)
    stage_few(app, database)
    yield app
    cache.forget()


def fill(app: Flask, cases: int, *more: str) -> str:
    done = app.test_cli_runner().invoke(args=["demo", "fill", "--cases", str(cases), *more])
    assert done.exit_code == 0, done.output
    return done.output


def assert_sound(cases: int) -> None:
    """The nightly comparison finds nothing, nor does that of the search terms."""
    assert check_histories(SYSTEM) == 0
    assert check_figures(read_session())["faults"] == 0
    with backstage() as session:
        assert list(differing(session)) == []
        assert session.scalar(select(func.count()).select_from(AssistanceRequest)) == cases


def test_filled_cases_are_whole_spread_and_open(demo: Flask, database: Database) -> None:
    """Every tab opens: to an officer on SQLite, to a State on PostgreSQL, which parts its rows as well."""
    walker = "focal.xtv" if database.is_postgresql else "officer"
    assert f"Filled: {CASES} cases" in fill(demo, CASES)
    with demo.app_context():
        assert_sound(CASES + 2)
        with backstage() as session:
            assert len(set(session.scalars(select(AssistanceRequest.state)))) >= 20
            kinds = set(session.scalars(select(CaseType.type)))
            assert set(AssistanceType) - kinds <= {AssistanceType.FOLLOW_UP}
            begun = session.scalars(select(AssistanceRequest.created_at).order_by(AssistanceRequest.created_at)).all()
            assert begun[0] < now() - timedelta(days=600)
            assert {(at.year, at.month) for at in begun} >= {(at.year, at.month) for at in _months(begun[20], now())}
            assert len(set(session.scalars(select(AssistanceRequest.officer_id)))) >= 4
            last = session.scalar(select(func.max(HistoryEntry.at)))
            assert last is not None
            assert last < now()
            shown = _of_each_state(session)
            assert_follow_ups_follow(session)
            discarded = select(AssistanceRequest.id).where(AssistanceRequest.state == State.DISCARDED)
            assert not session.scalars(select(ConsentRecord.id).where(ConsentRecord.case_id.in_(discarded))).all()
    for part in _readers():
        client = quick_client(demo, None)
        let_in(client, _id_of(demo, part))
        for state, (key, state_id) in shown.items():
            answer = client.get(f"/cases/{key}", base_url=demo.config["ACCEDE_BASE_URL"])
            expected = 404 if state in STATE_ONLY and part.state is None else 200
            if part.state is not None:
                expected = 200 if state_id == _state_of(demo, part) else 404
            assert answer.status_code == expected, f"{part.login} reads a case in {state}"
            if expected == 200 and part.login == walker:
                assert_tabs_open(client, demo, key, answer.get_data(as_text=True))
    for address in ("/queue", "/queue?rows=100", "/queue?sort=score"):
        client = quick_client(demo, None)
        let_in(client, _id_of(demo, _part("intake")))
        assert client.get(address, base_url=demo.config["ACCEDE_BASE_URL"]).status_code == 200


def assert_follow_ups_follow(session: Any) -> None:
    parent = aliased(AssistanceRequest)
    pairs = session.execute(
        select(AssistanceRequest, parent).join(parent, AssistanceRequest.parent_id == parent.id)
    ).all()
    assert pairs
    for case, followed in pairs:
        assert case.state_id == followed.state_id
        assert case.created_at > followed.submitted_at
        assert (case.latest_revision is None) or (case.latest_revision.data["need"]["parent"] == followed.number)


def assert_tabs_open(client: Any, app: Flask, key: str, page: str) -> None:
    """Everything that the page of a case links to within the case opens; an act may not be possible here."""
    linked = {path for path in re.findall(r'href="([^"?#]+)', page) if f"/cases/{key}/" in path}
    assert f"/cases/{key}/history" in linked
    for path in sorted(linked):
        status = client.get(path, base_url=app.config["ACCEDE_BASE_URL"]).status_code
        assert status == 200, f"{path} answers {status}"


def test_money_of_filled_cases_is_never_more_than_was_received(demo: Flask) -> None:
    fill(demo, 150)
    with demo.app_context(), backstage() as session:
        sources = session.scalars(select(Contribution)).all()
        known = standings(session, sources)
        assert any(one.of(LineKind.SPENDING) for one in known.values())
        assert any(one.of(LineKind.RELEASE) for one in known.values())
        for source in sources:
            standing, fillers = known[source.id], fillers_of(session, source)
            assert standing.uncovered == 0
            for taken in taken_of(session, source):
                assert taken.unspent >= 0
                assert taken.row.approved_by_id not in fillers
                received = select(func.min(ContributionLine.on_date)).where(
                    ContributionLine.contribution_id == source.id, ContributionLine.kind == LineKind.RECEIPT
                )
                assert session.scalars(received).one() < taken.row.allocated_at.date()
            rests = [one.rest for one in taken_of(session, source)]
            assert sum(rests) == standing.committed <= standing.of(LineKind.RECEIPT)
        ended = select(AssistanceRequest.id).where(AssistanceRequest.state.in_(ENDED))
        left = session.execute(select_taken().where(Allocation.case_id.in_(ended))).all()
        assert left
        assert all(Taken(row, released, spent).unspent == 0 for row, released, spent in left)
    fill(demo, 5)
    with demo.app_context(), backstage() as session:
        titles = session.scalars(select(Contribution.title)).all()
        assert len(titles) == len(set(titles)), "another run goes on with the same sources"


def _months(first: Any, last: Any) -> list[Any]:
    return [first + timedelta(days=30 * number) for number in range(1, (last - first).days // 30)]


def _of_each_state(session: Any) -> dict[State, tuple[str, int]]:
    rows = session.execute(
        select(AssistanceRequest.state, AssistanceRequest.key, AssistanceRequest.state_id).order_by(
            AssistanceRequest.id.desc()
        )
    )
    return {state: (key, state_id) for state, key, state_id in rows}


def _readers() -> list[Part]:
    return [_part(login) for login in ("intake", "officer", "chief", "auditor", "focal.xtv", "mission.xks")]


def _part(login: str) -> Part:
    return next(part for part in PARTS if part.login == login)


def _id_of(app: Flask, part: Part) -> int:
    with app.app_context():
        return read_session().scalars(select(User.id).where(User.email == part.email)).one()


def _state_of(app: Flask, part: Part) -> int | None:
    with app.app_context():
        return read_session().scalars(select(User.state_id).where(User.email == part.email)).one()


def test_a_second_fill_continues_the_numbers_and_touches_nothing(demo: Flask) -> None:
    fill(demo, 40)
    with demo.app_context(), backstage() as session:
        before = dict(session.execute(select(AssistanceRequest.key, AssistanceRequest.history_hash)).tuples().all())
    fill(demo, 30)
    with demo.app_context():
        assert_sound(72)
        with backstage() as session:
            rows = session.execute(select(AssistanceRequest.key, AssistanceRequest.history_hash)).tuples().all()
            assert before.items() <= dict(rows).items()
            numbers = session.scalars(select(AssistanceRequest.number).where(AssistanceRequest.number.is_not(None)))
            by_year: dict[str, list[int]] = defaultdict(list)
            for number in numbers:
                by_year[number.split("-")[1]].append(int(number.split("-")[2]))
            counters = dict(session.execute(text("SELECT year, last FROM number_counters")).tuples().all())
            for year, taken in by_year.items():
                assert sorted(taken) == list(range(1, counters[int(year)] + 1)), f"numbers of {year} without a gap"


def test_row_level_security_parts_what_was_filled(demo: Flask) -> None:
    fill(demo, 60)
    with demo.app_context():
        own = _state_of(demo, _part("focal.xtv"))
        with write_transaction(Scope(Reach.STATE, own)) as session:
            of_state = set(session.scalars(select(AssistanceRequest.state_id)))
            written = set(session.scalars(select(CaseRevision.state_id)))
        if session.get_bind().dialect.name == "postgresql":
            assert of_state == written == {own}


def test_an_interruption_leaves_whole_batches(demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(Exception):
        pass

    def stop(written: int, _cases: int) -> None:
        if written == 20:
            raise Enough

    with demo.app_context():
        with pytest.raises(Enough):
            filling.fill(50, 7, stop, batch=10)
        assert_sound(22)


def test_several_processes_fill_as_one(demo: Flask) -> None:
    told: list[int] = []
    with demo.app_context():
        with backstage() as session:
            there = session.scalars(select(AssistanceRequest.id)).all()
        filled = filling.fill(60, 7, lambda written, _cases: told.append(written), batch=10, processes=3)
        assert filled.cases == 60
        assert told == [10, 20, 30, 40, 50, 60]
        assert_sound(62)
        with backstage() as session:
            columns = AssistanceRequest.number, AssistanceRequest.submitted_at
            filled_ones = select(*columns).where(AssistanceRequest.id.not_in(there), columns[0].is_not(None))
            at = dict(session.execute(filled_ones).tuples().all())
            assert [at[number] for number in sorted(at, key=str)] == sorted(filter(None, at.values()))


def test_numbers_that_somebody_took_meanwhile_are_not_given_again(demo: Flask) -> None:
    def take(_written: int, _cases: int) -> None:
        with write_transaction(scope_of(SYSTEM)) as session:
            session.execute(text("UPDATE number_counters SET last = last + 1"))

    with demo.app_context():
        with pytest.raises(NumbersTaken):
            filling.fill(50, 7, take, batch=10)
        assert_sound(12)


def test_nothing_is_filled_where_there_is_no_demo(make_app: Callable[..., Flask], demo: Flask) -> None:
    elsewhere = make_app(demo_data=False)
    done = elsewhere.test_cli_runner().invoke(args=["demo", "fill", "--cases", "5"])
    assert done.exit_code != 0
    assert "environment demo" in done.output
    with demo.app_context(), backstage() as session:
        assert session.scalar(select(func.count()).select_from(AssistanceRequest)) == 2
