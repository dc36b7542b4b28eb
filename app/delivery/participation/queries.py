"""What is stored of invitations: those of one case, and those of one invited State."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.projection import projection_of
from app.delivery.participation.models import Participation
from app.delivery.participation.terms import terms_of
from app.delivery.participation.vocabulary import InvitationStatus, ParticipationAnswer
from app.delivery.plan.facts import newest_number
from app.delivery.plan.models import PlanActivity, PlanParticipation, ResponsePlan
from app.foundation.clock import now
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.vocabulary import LimitKey, State

S = InvitationStatus
#: Where States can be asked (process, Limits: participation).
ASKED_IN = frozenset({State.PLANNING, State.SCHEDULED, State.IN_DELIVERY})
_ANSWERED = {ParticipationAnswer.CONSENT: S.CONSENTED, ParticipationAnswer.DECLINE: S.DECLINED}


@dataclass(frozen=True, slots=True)
class Named:
    """One other State in one activity of the newest version of a plan; `lang` is that of the plan's texts."""

    activity: PlanActivity
    participant_id: int
    lang: str


def standing(session: Session, case_id: int) -> list[Participation]:
    """Return the invitations of a case on the terms that hold now, in the order in which they were made: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    statement = select(Participation).where(Participation.case_id == case_id, Participation.closed_at.is_(None))
    return list(session.scalars(statement.order_by(Participation.starts_on, Participation.id)))


def named_in_plan(session: Session, case_id: int) -> list[Named]:
    """Return the other States that the newest version of the plan of a case names: one statement."""
    statement = (
        select(PlanActivity, PlanParticipation.participant_id, ResponsePlan.lang)
        .join(ResponsePlan, ResponsePlan.id == PlanActivity.plan_id)
        .join(PlanParticipation, PlanParticipation.activity_id == PlanActivity.id)
        .where(ResponsePlan.case_id == case_id, ResponsePlan.number == newest_number(case_id))
        .order_by(PlanActivity.place, PlanParticipation.id)
    )
    return [Named(*row) for row in session.execute(statement).tuples()]


def invited(actor: Actor) -> Select[tuple[Participation]]:
    """Return the select of what the actor's State was asked: the only source of what an invited State reads."""
    return select(Participation).where(is_invited(actor))


def is_invited(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `participations` that `invited` applies."""
    return (Participation.participant_id == actor.state_id) & Participation.asked_at.is_not(None)


def to_disclose(actor: Actor) -> Select[tuple[int]]:
    """Return the select of the cases of the actor's State that wait for its word on which States may be told.

    Where States can be asked at all; what it said of a State, it may change, but nothing waits for that.
    """
    case = AssistanceRequest
    undecided = Participation.disclosed_at.is_(None) & Participation.withheld_at.is_(None)
    return (
        select(Participation.case_id)
        .join(case, case.id == Participation.case_id)
        .where(Participation.state_id == actor.state_id, Participation.closed_at.is_(None), undecided)
        .where(case.state.in_(ASKED_IN))
        .distinct()
    )


def invitations_to_come(session: Session, actor: Actor) -> tuple[Sequence[Participation], bool]:
    """Return what the actor's State was asked, of activities that are not over, unanswered first: one statement.

    Returns:
        The invitations, and whether there are past ones besides.
    """
    past = is_past()
    last = select(func.max(Participation.id)).where(is_invited(actor), past).scalar_subquery()
    statement = select(Participation, past).where(is_invited(actor), or_(~past, Participation.id == last))
    order = (Participation.answered_at.is_not(None), Participation.starts_on, Participation.id)
    rows = session.execute(statement.order_by(*order)).tuples().all()
    return [row for row, is_over in rows if not is_over], any(is_over for _row, is_over in rows)


def is_past() -> ColumnElement[bool]:
    """Return the condition that an invitation does not hold any more, or that its activity is over."""
    return Participation.closed_at.is_not(None) | (Participation.ends_on < now().date() - timedelta(days=1))


def past_invitations(session: Session, actor: Actor, after: str | None, most: int) -> Sequence[Participation]:
    """Return at most `most` past invitations of the actor's State, the latest made first: one statement.

    Args:
        after: key of the last one of the page before; one that the State was not asked is as none.
    """
    statement = invited(actor).where(is_past())
    if after is not None:
        marked = select(Participation.id).where(is_invited(actor), Participation.key == after).scalar_subquery()
        statement = statement.where(or_(Participation.id < marked, marked.is_(None)))
    return session.scalars(statement.order_by(Participation.id.desc()).limit(most)).all()


def dues_of(session: Session, case: AssistanceRequest) -> Mapping[str, Due]:
    """Return the limits that run for invited States, by key of the invitation: one statement."""
    running = (one for one in projection_of(session, case).open_due if one.key is LimitKey.PARTICIPATION)
    return {due.subject: due for due in running}


def status_of(row: Participation, due: Due | None) -> InvitationStatus:
    """Return where an invitation stands.

    Args:
        due: the limit that runs for it; None where none does.
    """
    if row.answer is not None:
        return _ANSWERED[row.answer]
    if row.asked_at is None:
        return S.WITHHELD if row.withheld_at is not None else S.TO_DISCLOSE
    late = due is not None and due.due_at is not None and due.due_at <= now()
    return S.NO_ANSWER if late else S.ASKED


def begun(session: Session, row: Participation) -> bool:
    """Tell whether the first day of the activity has come, where the Branch works: then no answer changes any more."""
    return row.starts_on <= today(session)


def today(session: Session) -> date:
    """Return the present day where the Branch works; no statement."""
    vienna = work_calendar(session, DutyStation.VIENNA)
    return vienna.as_of(now()).local_day(now())


def unmatched(named: Iterable[Named], rows: Iterable[Participation]) -> list[Named]:
    """Return whom the plan names without an invitation on its present terms, where the days are known."""
    held = {(row.activity_key, row.participant_id): terms_of(row) for row in rows}
    return [
        one
        for one in named
        if terms_of(one.activity).dated and held.get((one.activity.key, one.participant_id)) != terms_of(one.activity)
    ]
