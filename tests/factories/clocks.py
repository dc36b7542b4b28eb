"""What was told of the limits of a case, and a due date that a change of a calendar moved."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.casework.models import CaseAlert, DueMove
from app.casework.vocabulary import AlertKind
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.reference.models import Calendar, CalendarChange
from app.reference.vocabulary import ChangeKind, DutyStation
from app.workflow.vocabulary import LimitKey
from tests.factories.cases import Made


def keep_clocks(app: Flask, *cases: Made) -> None:
    """Write one row about each of `cases` into every table of this kind."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        vienna = session.scalars(select(Calendar.id).where(Calendar.duty_station == DutyStation.VIENNA)).one()
        change = CalendarChange(
            calendar_id=vienna, kind=ChangeKind.LIST_READ, what="2027", reason="ST/IC/2026/9", changed_at=now()
        )
        session.add(change)
        session.flush()
        for case in cases:
            of_case = {"case_id": case.id, "state_id": case.state_id}
            session.add(
                CaseAlert(
                    **of_case,
                    limit_key=LimitKey.SCREEN,
                    starts_at=now(),
                    kind=AlertKind.NEAR,
                    due_at=now(),
                    raised_at=now(),
                    told=1,
                )
            )
            session.add(DueMove(**of_case, change_id=change.id, after_key=LimitKey.SCREEN, moved_at=now()))
