"""Allocating: earmarks, what is available, support cost, four eyes, what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.foundation.errors import Forbidden, InvalidCommand, Refused
from app.funding.allocating import allocate
from app.funding.approving import decide_allocation
from app.funding.commands import Allocate, DecideAllocation
from app.funding.facts import funding_facts
from app.funding.models import Allocation
from app.funding.sources.ledger import Standing, standing_of
from app.funding.sources.models import Contribution
from app.funding.vocabulary import LineKind, SourceKind
from app.notifications.models import Notice
from app.workflow.actor import Actor, OnBehalf
from app.workflow.facts import FundingFacts
from app.workflow.vocabulary import Action, State
from tests.factories.acting import do
from tests.factories.activities import put_evaluation
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import signed_in
from tests.factories.money import fund, put_source
from tests.factories.people import Cast, Member, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock

#: What the plan of the tests costs with 13 % of support cost, in cents.
LINES, WHOLE = 730_050, 824_957


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    made = make_case(app, cast, State.PLANNING, at_home(cast))
    put_plan(app, made, cast.case_officer)
    return made


def give(app: Flask, who: Actor, case: Made, source: str, minor: int = 100_00, **more: object) -> None:
    with app.app_context():
        version = standing(app, case.key).version
        allocate(who, Allocate(key=case.key, version=version, source=source, minor=minor, **more))


def refused(app: Flask, who: Member, case: Made, source: str, minor: int = 100_00, **more: object) -> list[str]:
    with pytest.raises(InvalidCommand) as problem:
        give(app, who.actor, case, source, minor, **more)
    return [one.code for one in problem.value.errors]


def decide(app: Flask, who: Actor, case: Made, *, approved: bool = True) -> None:
    (row,) = rows(app, select(Allocation.key).where(Allocation.case_id == case.id))
    with app.app_context():
        version = standing(app, case.key).version
        note = "" if approved else "Another source fits better."
        command = DecideAllocation(key=case.key, version=version, allocation=row.key, approved=approved, note=note)
        decide_allocation(who, command)


def stands(app: Flask, source: str) -> Standing:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        return standing_of(session, session.scalars(select(Contribution).where(Contribution.key == source)).one())


def facts(app: Flask, cast: Cast, case: Made) -> FundingFacts:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        row = session.get_one(AssistanceRequest, case.id)
        return funding_facts(session, case.id, core_of(session, row, cast.programme_support.actor))


def test_support_cost_is_added_and_nothing_is_allocated_beyond_what_is_there(
    app: Flask, cast: Cast, case: Made
) -> None:
    source = put_source(app, received=WHOLE)
    assert refused(app, cast.programme_support, case, source, LINES + 1) == ["not_available"]
    assert count_of(app, Allocation) == 0
    give(app, cast.programme_support.actor, case, source, LINES)
    (row,) = rows(app, select(Allocation.minor, Allocation.support_minor, Allocation.approved_by_id))
    assert tuple(row) == (LINES, WHOLE - LINES, cast.programme_support.id)
    assert facts(app, cast, case).covers_plan
    assert stands(app, source).available == 0
    assert refused(app, cast.programme_support, case, source, 1) == ["not_available"]


def test_what_is_missing_of_the_plan_is_told_to_the_cent(app: Flask, cast: Cast, case: Made) -> None:
    source = put_source(app, received=WHOLE)
    assert facts(app, cast, case) == FundingFacts(shortfall_minor=WHOLE, currency="USD")
    give(app, cast.programme_support.actor, case, source, LINES - 100_00)
    assert facts(app, cast, case).shortfall_minor == 113_00


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"regions": ["asia_pacific"]}, "earmark_region"),
        ({"states": ["FJI"]}, "earmark_state"),
        ({"types": ["mentoring"]}, "earmark_type"),
    ],
)
def test_an_earmark_that_does_not_fit_is_named(
    app: Flask, cast: Cast, case: Made, changes: dict[str, list[str]], code: str
) -> None:
    assert refused(app, cast.programme_support, case, put_source(app, received=10**8, **changes)) == [code]


def test_every_misfit_is_named_at_once(app: Flask, cast: Cast, case: Made) -> None:
    gone = (now() - timedelta(days=1)).date()
    source = put_source(app, received=10**8, states=["FJI"], regions=["asia_pacific"], expires_on=gone)
    assert refused(app, cast.programme_support, case, source) == ["earmark_region", "earmark_state", "source_expired"]


def test_a_source_can_be_used_on_its_last_day_and_by_whom_it_names(app: Flask, cast: Cast, case: Made) -> None:
    source = put_source(app, received=10**8, states=["KEN"], regions=["african"], expires_on=now().date())
    give(app, cast.programme_support.actor, case, source)
    assert count_of(app, Allocation) == 1


def test_a_pledge_counts_when_it_is_firm_and_a_hosts_offer_once_received(app: Flask, cast: Cast, case: Made) -> None:
    for changes in ({"firm": False}, {"from_host": True}):
        source = put_source(app, pledged=10**8, **changes)
        assert refused(app, cast.programme_support, case, source) == ["not_available"]
    give(app, cast.programme_support.actor, case, put_source(app, pledged=10**8))
    give(app, cast.programme_support.actor, case, put_source(app, pledged=10**8, received=10**8, from_host=True))
    assert count_of(app, Allocation) == 2


@pytest.mark.parametrize("second", ["other_support", "branch_chief"])
def test_who_recorded_a_pledge_does_not_allocate_it_alone(app: Flask, cast: Cast, case: Made, second: str) -> None:
    source = put_source(app, pledged=10**8, by=cast.programme_support.id)
    give(app, cast.programme_support.actor, case, source, LINES)
    assert facts(app, cast, case) == FundingFacts(shortfall_minor=WHOLE, currency="USD", proposed=1)
    assert stands(app, source).available == 10**8 - WHOLE, "a proposal reserves the money"
    codes = {row.code for row in rows(app, select(Notice.code).where(Notice.user_id == cast[second].id))}
    assert "case.allocation_to_approve" in codes
    with pytest.raises(InvalidCommand, match="invalid"):
        decide(app, cast.programme_support.actor, case)
    decide(app, cast[second].actor, case)
    assert facts(app, cast, case).covers_plan
    (row,) = rows(app, select(Allocation.allocated_by_id, Allocation.approved_by_id))
    assert tuple(row) == (cast.programme_support.id, cast[second].id)


def test_only_who_can_answer_is_led_to_what_waits(app: Flask, cast: Cast, case: Made) -> None:
    give(app, cast.programme_support.actor, case, put_source(app, pledged=10**8, by=cast.programme_support.id), LINES)
    money, answer = f"/cases/{case.key}/money", f"/cases/{case.key}/approve-allocation"
    own, other = signed_in(app, cast.programme_support), signed_in(app, cast.other_support)
    assert answer not in own.get(money).get_data(as_text=True)
    assert 'name="approved"' not in own.get(answer).get_data(as_text=True), "a form that nobody can send is none"
    assert answer in other.get(money).get_data(as_text=True)
    assert 'name="approved"' in other.get(answer).get_data(as_text=True)


def test_a_stand_in_is_no_second_person(app: Flask, cast: Cast, case: Made) -> None:
    """Neither may the absent person's deputy allocate alone, nor the absent person approve what the deputy proposed."""
    source = put_source(app, pledged=10**8, by=cast.programme_support.id)
    deputy = replace(
        cast.other_support.actor, on_behalf_of=OnBehalf(cast.programme_support.id, cast.programme_support.name)
    )
    give(app, deputy, case, source)
    assert facts(app, cast, case).proposed == 1
    for person in (cast.programme_support.actor, cast.other_support.actor, deputy):
        with pytest.raises(InvalidCommand):
            decide(app, person, case)
    decide(app, cast.branch_chief.actor, case)
    assert facts(app, cast, case).proposed == 0


def test_what_is_refused_gives_back_what_it_reserved(app: Flask, cast: Cast, case: Made) -> None:
    source = put_source(app, pledged=10**8, by=cast.programme_support.id)
    give(app, cast.programme_support.actor, case, source, LINES)
    decide(app, cast.branch_chief.actor, case, approved=False)
    assert stands(app, source).available == 10**8
    assert facts(app, cast, case) == FundingFacts(shortfall_minor=WHOLE, currency="USD")
    with pytest.raises(Refused):
        decide(app, cast.other_support.actor, case)


def test_nobody_else_allocates_or_approves(app: Flask, cast: Cast, case: Made) -> None:
    source = put_source(app, received=10**8)
    for person in (cast.branch_chief, cast.case_officer, cast.manager, cast.auditor):
        with pytest.raises(Forbidden):
            give(app, person.actor, case, source)
    fund(app, case, approved_at=None)
    for person in (cast.case_officer, cast.manager, cast.auditor):
        with pytest.raises(Forbidden):
            decide(app, person.actor, case)


def test_what_is_in_kind_covers_the_lines_that_it_names(app: Flask, cast: Cast, case: Made) -> None:
    source = put_source(app, received=480_050, kind=SourceKind.IN_KIND, what="Two experts", support_percent=0)
    assert refused(app, cast.programme_support, case, source, 480_050, cost_lines=["Rockets"]) == ["not_offered"]
    give(app, cast.programme_support.actor, case, source, 480_050, cost_lines=["Travel of two experts"])
    assert facts(app, cast, case).shortfall_minor == 282_500, "interpretation with its support cost is left"
    money = put_source(app, received=282_500)
    assert refused(app, cast.programme_support, case, money, 1, cost_lines=["Interpretation"]) == ["only_in_kind"]
    give(app, cast.programme_support.actor, case, money, 250_000)
    assert facts(app, cast, case).covers_plan


ENDS = {
    "mission": (Action.WITHDRAW, State.PLANNING),
    "branch_chief": (Action.DECLINE, State.DECISION),
    "case_officer": (Action.CLOSE, State.EVALUATION),
}


@pytest.mark.parametrize("by", ENDS)
def test_what_is_not_spent_comes_back_when_a_request_ends(app: Flask, cast: Cast, by: str) -> None:
    action, state = ENDS[by]
    case = make_case(app, cast, state, at_home(cast, judged=True, independent=True))
    source = put_source(app, received=10**6)
    fund(app, case, minor=100_000, source=source)
    assert stands(app, source).available == 10**6 - 113_000
    put_evaluation(app, case)
    assert do(signed_in(app, cast[by]), action, case.key).status_code == 303
    after = stands(app, source)
    assert (after.available, after.of(LineKind.RELEASE)) == (10**6, 113_000)
