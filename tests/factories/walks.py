"""Cases with random histories spread over months, and what comes of them: for figures that count whole tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.models import StandIn
from app.casework.content.details import Profession
from app.casework.models import AssistanceRequest, CaseAlert, CaseQuestion
from app.casework.models.case import WITH_OFFICER
from app.casework.projection import rebuild_case
from app.casework.vocabulary import AlertKind
from app.coordination.models import Consultation
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.plan.vocabulary import Scope as Reaching
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.triage.supply_models import Supply
from app.workflow.definition import PROCESS
from app.workflow.vocabulary import Action, AssistanceType, Body, LimitKey, Position, State
from tests.factories import cases
from tests.factories.activities import Held, put_activity
from tests.factories.cases import Made, Plan
from tests.factories.consultations import answer_as, ask_bodies
from tests.factories.money import fund, put_source
from tests.factories.people import Cast
from tests.factories.plans import put_plan
from tests.support.clock import StoppedClock

A: Final = Action
#: The first day on which anything happens; all happens within fifteen months.
FIRST: Final = datetime(2025, 1, 2, 8, tzinfo=UTC)
_STEPS: Final = frozenset(
    {
        *(A.CONFIRM_REQUEST, A.SEND_TO_MISSION, A.RETURN_TO_DRAFT, A.TAKE_UP, A.RETURN_FOR_INFORMATION, A.ANSWER),
        *(A.LAPSE_UNANSWERED, A.REVIVE, A.ACCEPT, A.FIND_INELIGIBLE, A.REFER, A.CONSULT, A.PUT_FOR_DECISION),
        *(A.DECLINE, A.APPROVE, A.HOLD, A.RESUME_PLANNING, A.AGREE_PLAN, A.START_DELIVERY, A.REPORT_DELIVERED),
        *(A.CONFIRM_DELIVERY, A.DEEM_DELIVERY_CONFIRMED, A.CONTEST_DELIVERY, A.CLOSE, A.REOPEN, A.WITHDRAW),
        A.DISCONTINUE,
    }
)
#: Ways out, taken now and then only, so that some requests come to their end.
_RARE: Final = frozenset({A.WITHDRAW, A.FIND_INELIGIBLE, A.REFER, A.DECLINE, A.DISCONTINUE, A.LAPSE_UNANSWERED, A.HOLD})
_TYPES: Final = (AssistanceType.LEGISLATIVE_DRAFTING, AssistanceType.TOOLS, AssistanceType.MENTORING)


def random_world(app: Flask, cast: Cast, clock: StoppedClock, rng: Random, number: int) -> list[Made]:
    """Put `number` cases with random histories into the tables, and after them what comes of them."""
    made = [_case(app, cast, clock, rng) for _ in range(number)]
    clock.set(FIRST + timedelta(days=460))
    for case in made:
        if case.number is not None:
            _what_comes_of(app, cast, clock, rng, case)
    _money(app, rng, [one for one in made if one.number is not None])
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        people = {"absent_id": cast.case_officer.id, "stand_in_id": cast.other_officer.id}
        session.add(StandIn(**people, starts_at=now() - timedelta(days=1), ends_at=now() + timedelta(days=9)))
    return made


def _case(app: Flask, cast: Cast, clock: StoppedClock, rng: Random) -> Made:
    clock.set(FIRST + timedelta(minutes=rng.randrange(400 * 24 * 60)))
    home = rng.random() < 0.6
    who = (cast.focal_point, cast.mission) if home else (cast.away_focal_point, cast.away_mission)
    officer = rng.choice((cast.case_officer, cast.other_officer))
    plan = Plan(*who, officer, types=tuple(rng.sample(_TYPES, rng.choice((1, 1, 2)))))
    if rng.random() < 0.05:
        return cases.make_case(app, cast, rng.choice((State.MERGED, State.DISCARDED)), plan)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        made = cases._make(session, cast, State.DRAFT, plan)
        case = session.get_one(AssistanceRequest, made.id)
        for _step in range(rng.choice((1, 4, 6, 7, 8, 9, 12, 16, 24))):
            if not _walk(session, case, cast, clock, rng, plan):
                break
        if case.number and rng.random() < 0.2:
            case.received_on = (case.submitted_at or now()).date() - timedelta(days=rng.randrange(9))
        rebuild_case(session, case)
        return replace(made, state=case.state, number=case.number)


def _walk(session: Session, case: AssistanceRequest, cast: Cast, clock: StoppedClock, rng: Random, plan: Plan) -> bool:
    clock.move(minutes=rng.choice((40, 600, 3_000, 20_000)) * rng.random())
    open_steps = [
        one for one in PROCESS.steps if case.state in one.sources and one.action in _STEPS and _can(case, one)
    ]
    if not open_steps:
        return False
    weights = [1 if one.action in _RARE else 15 for one in open_steps]
    step = rng.choices(open_steps, weights)[0]
    cases._take(session, case, cast, plan, step)
    if step.action is A.ANSWER:
        said = update(CaseQuestion).where(CaseQuestion.case_id == case.id, CaseQuestion.answered_at.is_(None))
        session.execute(said.values(answer="The Ministry of Justice.", answered_at=now()))
    return True


def _can(case: AssistanceRequest, step: Any) -> bool:
    if step.action is A.RESUME_PLANNING:
        return case.approved_at is not None
    return case.officer_id is not None or step.target not in WITH_OFFICER or step.action is A.ACCEPT


def _what_comes_of(app: Flask, cast: Cast, clock: StoppedClock, rng: Random, case: Made) -> None:
    """Activities, alerts, objections, supplies and plans: each only now and then, whatever the state."""
    if rng.random() < 0.5:
        put_activity(app, case, _activity(rng, cast, case))
    if case.state in (State.PLANNING, State.ON_HOLD) and rng.random() < 0.7:
        put_plan(app, case, cast.case_officer)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        of = {"case_id": case.id, "state_id": case.state_id}
        for kind in rng.sample(list(AlertKind), rng.randrange(3)):
            at = _moment(rng)
            key = rng.choice((LimitKey.TAKE_UP, LimitKey.ASSESS, LimitKey.CTC))
            due = at + timedelta(days=rng.randrange(20)) if rng.random() < 0.8 else None
            session.add(CaseAlert(**of, limit_key=key, starts_at=at, kind=kind, due_at=due, raised_at=at, told=1))
        if rng.random() < 0.1:
            row = {"items": [], "course": "A course", "lang": "en", "cost_minor": 0, "agreements": []}
            session.add(Supply(**of, **row, supplied_at=_moment(rng)))
        row = session.get_one(AssistanceRequest, case.id)
        if case.state is State.IN_COORDINATION:
            _positions(session, row, cast, clock, rng)


def _positions(session: Session, case: AssistanceRequest, cast: Cast, clock: StoppedClock, rng: Random) -> None:
    clock.set(FIRST + timedelta(days=460))
    for body in rng.sample((Body.CTC_CTED, Body.OLA), rng.randrange(1, 3)):
        if body is Body.OLA:
            ask_bodies(session, case, (body,))
        clock.move(days=rng.randrange(20))
        answer_as(session, case, cast, body, rng.choice((Position.OBJECTION, Position.COMMENT, Position.NO_OBJECTION)))
        objection = Consultation.position == Position.OBJECTION
        if rng.random() < 0.3:
            taken = update(Consultation).where(Consultation.case_id == case.id, Consultation.body == body, objection)
            session.execute(taken.values(objection_withdrawn_at=now()))
        elif rng.random() < 0.5:
            ask_bodies(session, case, (body,))
            answer_as(session, case, cast, body, rng.choice((Position.OBJECTION, Position.NO_OBJECTION)))


def _activity(rng: Random, cast: Cast, case: Made) -> Held:
    starts = _moment(rng)
    away = cast.away_focal_point.actor.state_id or 0
    counts = tuple(
        (profession, gender, rng.randrange(1, 30))
        for profession in rng.sample(list(Profession)[:4], rng.randrange(3))
        for gender in rng.sample(list(Gender), rng.randrange(1, 3))
    )
    return Held(
        type=rng.choice(_TYPES),
        scope=rng.choice(list(Reaching)),
        status=rng.choice((ActivityStatus.HELD, ActivityStatus.HELD, ActivityStatus.PLANNED, ActivityStatus.CANCELLED)),
        agreed=starts - timedelta(days=rng.choice((0, 0, 14, 15, 40, -14, -20))),
        starts=starts,
        days=rng.randrange(1, 5),
        guests=(away,) if case.state_id != away and rng.random() < 0.4 else (),
        counts=counts,
    )


def _money(app: Flask, rng: Random, made: Sequence[Made]) -> None:
    for place in range(6):
        kind = rng.choice((SourceKind.EXTRABUDGETARY, SourceKind.IN_KIND))
        more: dict[str, Any] = {"kind": kind, "donor": f"Donor {place % 3}, Ministry", "title": f"Source {place}"}
        if kind is SourceKind.IN_KIND:
            more |= {"what": "An expert", "support_percent": 0}
        source = put_source(app, pledged=rng.randrange(1, 9) * 100_000, received=rng.randrange(1, 9) * 90_000, **more)
        for case in rng.sample(list(made), min(3, len(made))):
            fund(
                app, case, minor=rng.randrange(1, 9) * 10_000, source=source, seq=900 + place, approved_at=_moment(rng)
            )
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for line in session.scalars(select(Contribution)):
            for kind in (LineKind.REDUCTION, LineKind.RECEIPT):
                row = {"kind": kind, "minor": rng.randrange(1, 50_000), "on_date": _day(rng)}
                session.add(ContributionLine(contribution_id=line.id, **row))
        for allocation in session.scalars(select(Allocation)):
            for kind in rng.sample((LineKind.SPENDING, LineKind.RELEASE), rng.randrange(3)):
                of = {"contribution_id": allocation.contribution_id, "allocation_id": allocation.id}
                session.add(ContributionLine(**of, kind=kind, minor=rng.randrange(1, 9_000), on_date=_day(rng)))


def _moment(rng: Random) -> datetime:
    return FIRST + timedelta(minutes=rng.randrange(450 * 24 * 60))


def _day(rng: Random) -> date:
    return _moment(rng).date()
