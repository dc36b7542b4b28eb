"""The list of unfunded needs names to donors only the States that agreed to it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.dashboards.asking import first_asked
from app.dashboards.frame import Frame
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import Tally, rows_of, tally
from app.delivery.plan.models import PlanCost
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, bind_scope, scope_of
from app.funding.needs.queries import unfunded_needs
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.cases import Made, Plan, at_home, away, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.decisions import decide_types
from tests.factories.money import fund, put_source
from tests.factories.people import Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import rows
from tests.factories.walks import random_world
from tests.support.clock import StoppedClock
from tests.support.pdf import words_of

TITLE = "Secret of the other State"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def needs(app: Flask, cast: Cast, clock: StoppedClock) -> tuple[Made, Made]:
    """One need of the State at home, which agreed to be named, and one of another, which did not; both approved."""
    plans: list[tuple[State, Plan]] = [
        (State.PLANNING, replace(at_home(cast), approved=True)),
        (State.PLANNING, replace(away(cast, title=TITLE), approved=True)),
        (State.PLANNING, replace(at_home(cast, title="Funded"), approved=True)),
    ]
    home, other, funded = make_cases(app, cast, plans)
    for case in (home, other, funded):
        put_plan(app, case, cast.case_officer)
    fund(app, funded)
    consent(app, home)
    clock.move(days=3)
    return home, other


def consent(app: Flask, case: Made) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(ConsentRecord(case_id=case.id, state_id=case.state_id, kind=ConsentKind.NAME_IN_UNFUNDED_NEEDS))


def test_the_branch_reads_names_values_and_days(app: Flask, cast: Cast, needs: tuple[Made, Made]) -> None:
    page = signed_in(app, cast.programme_support).get("/money/unfunded").get_data(as_text=True)
    for words in ("Kenya", "Fiji", TITLE, "USD 8,249.57", "Agreed to be named"):
        assert words in page, words
    assert "Funded" not in page, "what is covered is no need"


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_donors_read_no_name_that_was_not_agreed(app: Flask, cast: Cast, needs: tuple[Made, Made], kind: str) -> None:
    answer = signed_in(app, cast.programme_support).get(f"/money/unfunded/{kind}")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True) if kind == "csv" else words_of(answer.get_data())
    assert "Kenya" in text
    assert "A State in Asia and the Pacific" in text
    for case in needs:
        assert str(case.number) not in text
    for words in ("Fiji", "FJI", TITLE):
        assert words not in text, words


def test_what_was_declined_is_no_need(app: Flask, cast: Cast) -> None:
    both = (AssistanceType.LEGISLATIVE_DRAFTING, AssistanceType.MENTORING)
    plan = replace(at_home(cast, types=both), approved=True)
    (case,) = make_cases(app, cast, [(State.PLANNING, plan)])
    put_plan(app, case, cast.case_officer)
    support = signed_in(app, cast.programme_support)
    assert "Mentoring" in support.get("/money/unfunded").get_data(as_text=True)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        row.history_seq += 1  # the entry of a later decision
        decide_types(session, row, both[:1], approved=True, by_id=None)
        decide_types(session, row, both[1:], approved=False, by_id=None)
        session.flush()
        row.history_seq -= 1
    page = support.get("/money/unfunded").get_data(as_text=True)
    assert "Drafting or review of laws" in page
    assert "Mentoring" not in page


def test_a_state_agrees_by_itself_and_takes_it_back(app: Flask, cast: Cast, needs: tuple[Made, Made]) -> None:
    _home, other = needs
    client, support = quick_client(app, cast.away_mission), quick_client(app, cast.programme_support)
    given = post(app, client, f"/cases/{other.key}/consents/give", kind="name_in_unfunded_needs", subject="")
    assert given.status_code == 303
    assert "Fiji" in get(app, support, "/money/unfunded/csv").get_data(as_text=True)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        key = (
            session.query(ConsentRecord.key)
            .filter(ConsentRecord.case_id == other.id)
            .filter(ConsentRecord.kind == ConsentKind.NAME_IN_UNFUNDED_NEEDS)
            .scalar()
        )
    taken = post(app, client, f"/cases/{other.key}/consents/withdraw", consent=key)
    assert taken.status_code == 303
    assert "Fiji" not in get(app, support, "/money/unfunded/csv").get_data(as_text=True)


def test_the_dashboard_and_the_list_say_the_same(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    made = make_cases(app, cast, [(State.PLANNING, replace(at_home(cast), approved=True)) for _ in range(4)])
    for case in made:
        put_plan(app, case, cast.case_officer)
    lines = [row.what for row in rows(app, select(PlanCost.what).where(PlanCost.case_id == made[1].id))]
    kind = put_source(app, kind=SourceKind.IN_KIND, what="An expert", support_percent=0)
    fund(app, made[1], minor=100_000, source=kind, cost_lines=lines[:1])
    fund(app, made[2], minor=1_000)
    random_world(app, cast, clock, Random(4), 30)
    actor = cast.manager.actor
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(actor))
        listed: dict[str, Tally] = {}
        for one in unfunded_needs(session, actor):
            listed[one.currency] = listed.get(one.currency, Tally()) + Tally(1, one.minor)
        frame = Frame.of(actor, first_asked(demo=False))
        assert tally(session, frame, [MEASURES["unfunded"]])["unfunded"] == listed
        records = session.execute(rows_of(session, frame, MEASURES["unfunded"], "USD")).all()
        assert (len(records), sum(one.amount for one in records)) == (listed["USD"].number, listed["USD"].amount)
