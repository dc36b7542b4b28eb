"""Warnings, breaches and escalations of limits (process, Limits): each moment of each run of a limit once.

Each case has a transaction of its own, and everything can be run again at any time: a moment is a row that exists once.
What was told is TPB's own; only a hold of half a year is told to the State, which may keep or withdraw its request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.casework.alerting import BY_KIND, OVERTAKEN, Telling, moments_of, telling_of
from app.casework.clock_facts import clock_facts
from app.casework.commands import RaiseAlerts
from app.casework.facts import core_of, load_facts
from app.casework.models import AssistanceRequest, CaseAlert
from app.casework.notices import Circle, people_of
from app.casework.perform import lock_case
from app.casework.projection import project_cases, projections_of
from app.casework.visibility import visible_cases
from app.casework.vocabulary import AlertKind
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.notifications.services import notify_each
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.guards.coordination import is_deemed_silent
from app.workflow.states import OPEN
from app.workflow.vocabulary import Audience, LimitKey, Section, State

T = TypeVar("T")
Column: TypeAlias = ColumnElement[T] | InstrumentedAttribute[T]
#: Limits whose consultations escalate (process, Consultations 4 and 6).
OF_CONSULTATIONS = (LimitKey.CTC, LimitKey.OLA)
#: Cases read at a time.
BATCH = 200
#: Reminders of which a request may lapse (process, Steps: lapse_unanswered, lapse_plan).
BEFORE_LAPSE = 2


@dataclass(frozen=True, slots=True)
class Alert:
    """One moment that has come and was not acted on."""

    due: Due
    kind: AlertKind

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells it from every other alert of its case."""
        return (self.due.key, self.due.subject, self.due.starts_at, self.due.number, self.kind)


def escalated_at(case_id: Column[int], subject: Column[str], since: Column[datetime]) -> ScalarSelect[datetime]:
    """Return when a consultation was escalated first, as a column of a select of consultations; NULL while it was not.

    A row for it exists once officer and chief were told: OLA's after 10 working days, CTC/CTED's at the end of its
    limit where silence does not count. `ConsultationFacts.escalated_at` is this column.

    Args:
        case_id: column with the id of the case.
        subject: column with the key of the consultation, as its entries in history name it.
        since: column with the instant at which the notice of its present round was delivered.
    """
    return (
        select(func.min(CaseAlert.raised_at))
        .where(
            CaseAlert.case_id == case_id,
            CaseAlert.subject == subject,
            CaseAlert.kind == AlertKind.ESCALATED,
            CaseAlert.limit_key.in_(OF_CONSULTATIONS),
            CaseAlert.starts_at >= since,
        )
        .scalar_subquery()
    )


@use_case
def raise_alerts(session: Session, actor: Actor, command: RaiseAlerts) -> None:
    """Tell of the moments of one case that have come, and write down that they were told.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: no such case.
    """
    case = lock_case(session, actor, command.key)
    dues = projections_of(session, [case])[case.id].open_due
    alerts = [one for one in _new(session, {case.id: dues})[case.id] if _counts(session, actor, case, one)]
    told = _tell(session, case, alerts)
    for one in alerts:
        session.add(
            CaseAlert(
                case_id=case.id,
                state_id=case.state_id,
                limit_key=one.due.key,
                subject=one.due.subject,
                starts_at=one.due.starts_at,
                round=one.due.number,
                kind=one.kind,
                due_at=one.due.due_at,
                raised_at=now(),
                told=told[one.name],
            )
        )
    if any(one.due.key is LimitKey.HOLD_REVIEW for one in alerts):
        # its next round has begun, with a day of its own
        project_cases(session, [case])


def alert_candidates(actor: Actor) -> Iterator[str]:
    """Return the keys of cases of which something is to be told, in batches: three statements for each batch."""
    session = read_session()
    bind_scope(session, scope_of(actor))
    last = 0
    while True:
        keys, following = alert_batch(session, actor, last)
        session.expunge_all()
        session.rollback()
        yield from keys
        if following is None:
            return
        last = following


def alert_batch(session: Session, actor: Actor, last: int) -> tuple[list[str], int | None]:
    """Return, of the next open cases, the keys of those of which something is to be told: three statements.

    Args:
        session: its objects are the caller's to let go.
        last: id of the last case of the batch before; 0 for the first.

    Returns:
        The keys, and the id after which the next batch begins; None when this was the last.
    """
    batch = visible_cases(actor).where(AssistanceRequest.state.in_(OPEN), AssistanceRequest.id > last)
    cases = session.scalars(batch.order_by(AssistanceRequest.id).limit(BATCH)).all()
    if not cases:
        return [], None
    new = _new(session, {one: found.open_due for one, found in projections_of(session, cases).items()})
    return [case.key for case in cases if new[case.id]], cases[-1].id if len(cases) == BATCH else None


def _new(session: Session, dues: Mapping[int, Iterable[Due]]) -> dict[int, list[Alert]]:
    """Return by case the moments that have come and have no row: one statement."""
    at = now()
    come = {
        case_id: [Alert(due, kind) for due in of_case for kind, moment in moments_of(due) if moment <= at]
        for case_id, of_case in dues.items()
    }
    some = [case_id for case_id, alerts in come.items() if alerts]
    if not some:
        return come
    columns = (CaseAlert.limit_key, CaseAlert.subject, CaseAlert.starts_at, CaseAlert.round, CaseAlert.kind)
    rows = session.execute(select(CaseAlert.case_id, *columns).where(CaseAlert.case_id.in_(some)))
    written = {(case_id, tuple(name)) for case_id, *name in rows}
    return {case_id: [one for one in alerts if (case_id, one.name) not in written] for case_id, alerts in come.items()}


def _counts(session: Session, actor: Actor, case: AssistanceRequest, one: Alert) -> bool:
    """Tell whether the moment means what its notice says: silence may count, reminders may not have arrived."""
    due = one.due
    if due.key is LimitKey.CTC and one.kind is not AlertKind.NEAR:
        facts = load_facts(session, core_of(session, case, actor), {Section.CONSULTATIONS})
        assert facts.consultations is not None, "loaded above"  # noqa: S101
        asked = (found for found in facts.consultations.latest if found.key == due.subject)
        return not any(is_deemed_silent(found, urgent=facts.core.urgent, now=facts.now) for found in asked)
    if due.key is LimitKey.LAPSE:
        if due.subject or case.state not in {State.RETURNED, State.PLANNING}:
            return False  # no request lapses over a question that came up while it is worked on
        limit = clock_facts(session, case.id, core_of(session, case, actor)).limit(LimitKey.LAPSE)
        return limit is not None and limit.reminders_delivered >= BEFORE_LAPSE
    return True


def _tell(session: Session, case: AssistanceRequest, alerts: Iterable[Alert]) -> dict[tuple[Any, ...], int]:
    """Queue at most one notice for each person, of the most urgent moment; returns how many were told of each."""
    found = list(alerts)
    names = {one.name for one in found}
    tellings = [(one, _telling(case, one, names)) for one in sorted(found, key=_urgency)]
    circles = people_of(session, case, {circle for _, telling in tellings for circle in telling.circles})
    reached, counts = set[int](), {}
    told: dict[str, tuple[set[int], Mapping[str, Any]]] = {}
    for one, telling in tellings:
        people = set[int]().union(*(circles[circle] for circle in telling.circles)) - reached
        counts[one.name] = len(people)
        before, params = told.get(telling.code, (set(), {"due": one.due.due_on} if one.due.due_on else {}))
        told[telling.code] = (before | people, params)
        reached |= people
    notify_each(session, told, case_key=case.key, number=case.number, audience=Audience.TPB_ONLY)
    return counts


def _telling(case: AssistanceRequest, one: Alert, names: set[tuple[Any, ...]]) -> Telling:
    telling = telling_of(one.due, one.kind)
    later = OVERTAKEN.get(one.kind)
    if later is not None and Alert(one.due, later).name in names:
        return Telling(telling.code, frozenset())
    code = "case.plan_may_lapse" if one.due.key is LimitKey.LAPSE and case.state is State.PLANNING else telling.code
    absent = case.officer_id is None and Circle.OFFICER in telling.circles
    return Telling(code, telling.circles - {Circle.OFFICER} | {Circle.INTAKE} if absent else telling.circles)


def _urgency(one: Alert) -> int:
    return list(BY_KIND).index(one.kind)
