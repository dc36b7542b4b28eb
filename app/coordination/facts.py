"""What the guards ask of consultations: the latest of each body and of every partner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session, aliased

from app.casework.escalating import escalated_at
from app.casework.models import AssistanceRequest
from app.casework.projection import projection_of
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.silence.rule import is_agreed, stands
from app.workflow.calendar import Due
from app.workflow.facts import CaseCore, ConsultationFacts, ConsultationsFacts
from app.workflow.vocabulary import Body, LimitKey

C, P = Consultation, ConsultationPosition
LIMIT_OF = {Body.CTC_CTED: LimitKey.CTC, Body.OLA: LimitKey.OLA, Body.PARTNER: LimitKey.PARTNER}


def consultations_facts(session: Session, case_id: int, core: CaseCore) -> ConsultationsFacts:
    """Provide `Section.CONSULTATIONS`: one statement, and one more while a body that was told has to answer.

    Due dates are read from the history, where the clocks run; nothing of them is kept beside it.
    """
    del core
    rows = session.execute(latest_of(case_id)).all()
    waits = any(one.open and one.notice_delivered_at for one, *_more in rows)
    dues = dues_of(session, session.get_one(AssistanceRequest, case_id)) if waits else {}
    agreed = {
        one.key for one, _at, undisturbed, _until in rows if is_agreed(session, one, undisturbed=bool(undisturbed))
    }
    return ConsultationsFacts(tuple(_facts(row, dues, agreed) for row in rows))


def latest_of(case_id: int) -> Any:
    """Return the select of the latest consultations of a case.

    Beside each: when it was escalated, `rule.stands`, and until when what was recorded last can be corrected.
    """
    columns = (C, escalated_at(C.case_id, C.key, C.asked_at), stands(), _correctable_until())
    return select(*columns).where(C.case_id == case_id, is_latest()).order_by(C.id)


def is_latest() -> ColumnElement[bool]:
    """Return the condition that no later round of the same body or partner exists."""
    later = aliased(C)
    again = select(later.id).where(
        later.case_id == C.case_id, later.body == C.body, later.partner == C.partner, later.round > C.round
    )
    return ~again.exists()


def dues_of(session: Session, request: AssistanceRequest) -> Mapping[str, Due]:
    """Return the limits of consultations that run or stand, by the key of the consultation: one statement."""
    return dues_among(projection_of(session, request).open_due)


def dues_among(dues: Iterable[Due]) -> Mapping[str, Due]:
    """Return those of `dues` that belong to consultations, by key."""
    return {due.subject: due for due in dues if due.key in LIMIT_OF.values()}


def _facts(row: Row[Any], dues: Mapping[str, Due], agreed: Collection[str]) -> ConsultationFacts:
    one, escalated, _undisturbed, correctable_until = row
    due = dues.get(one.key)
    # A partner has one limit, which is its last as well.
    last_at = (due.last_at or due.due_at) if due else None
    return ConsultationFacts(
        key=one.key,
        body=one.body,
        round=one.round,
        delivered_at=one.notice_delivered_at,
        due_at=due.due_at if due else None,
        last_due_at=last_at,
        escalated_at=escalated,
        silence_agreed=one.key in agreed,
        more_time_used=one.more_time_at is not None,
        position=one.position,
        closed_at=one.closed_at,
        objection_withdrawn_at=one.objection_withdrawn_at,
        correctable_until=correctable_until,
    )


def _correctable_until() -> Any:
    last = select(P.correctable_until).where(P.consultation_id == C.id).order_by(P.id.desc()).limit(1)
    return last.correlate(C).scalar_subquery()
