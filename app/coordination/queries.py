"""Reading consultations: those of one case with every position, and those that wait for one body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest
from app.casework.projection import projections_of
from app.casework.visibility import found, visible_cases
from app.coordination.facts import dues_among, dues_of, is_latest
from app.coordination.models import Consultation, ConsultationPosition
from app.documents.models import Document
from app.foundation.errors import NotFound
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.vocabulary import Body, Position, State

C, P, Case = Consultation, ConsultationPosition, AssistanceRequest
#: More than a body ever has before it at once; beyond it the earliest asked come first.
MOST_WAITING = 300


@dataclass(frozen=True, slots=True)
class Said:
    """A position with the names that belong to it.

    Attributes:
        by: the liaison; None when it came otherwise.
        recorded_by: the officer who recorded it.
        document: key of the original.
    """

    row: ConsultationPosition
    by: str | None
    recorded_by: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A consultation that waits for the reader's body, with its case and what its clock says."""

    consultation: Consultation
    case: AssistanceRequest
    due: Due | None

    @property
    def due_on(self) -> date | None:
        """The last day, where the body works; None before the notice was delivered, and while the clock stands."""
        return self.due.due_on if self.due else None


def consultations_of(session: Session, case_id: int) -> Sequence[Consultation]:
    """Return every round of every body on a case, in the order in which they were asked: one statement."""
    return session.scalars(select(C).where(C.case_id == case_id).order_by(C.id)).all()


def positions_of(session: Session, case_id: int) -> dict[int, list[Said]]:
    """Return the positions by id of their consultation, what counts first: one statement.

    Only for readers of `coordination`: see `casework.audiences`.
    """
    given, recorded = aliased(User), aliased(User)
    statement = (
        select(P, given.name, recorded.name, Document.key)
        .outerjoin(given, given.id == P.given_by_id)
        .outerjoin(recorded, recorded.id == P.recorded_by_id)
        .outerjoin(Document, Document.id == P.document_id)
        .where(P.case_id == case_id)
        .order_by(P.id.desc())
    )
    found_ones: dict[int, list[Said]] = {}
    for row, by, officer, document in session.execute(statement):
        found_ones.setdefault(row.consultation_id, []).append(Said(row, by, officer, document))
    return found_ones


def running_dues(session: Session, case: AssistanceRequest, rows: Sequence[Consultation]) -> Mapping[str, Due]:
    """Return the limits of those of `rows` that wait, by key: one statement, none where nobody was told."""
    waits = any(row.open and row.notice_delivered_at for row in rows)
    return dues_of(session, case) if waits else {}


def own_consultation(session: Session, actor: Actor, case_id: int) -> Consultation:
    """Return the latest consultation of the reader's own body on a case: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.

    Raises:
        NotFound: their body was not asked; it sees the case for another reason.
    """
    if actor.body is None:
        raise NotFound
    wanted = select(C).where(C.case_id == case_id, C.body == actor.body, is_latest())
    own: Consultation = found(session.scalars(wanted).first())
    return own


def waiting_for(session: Session, actor: Actor) -> list[Waiting]:
    """Return what waits for the reader's body, by deadline; what has none yet comes last: two statements.

    The deadlines are those of the histories, as on every other page.
    """
    statement = (
        _asked(actor, C, Case)
        .where(C.closed_at.is_(None), Case.state == State.IN_COORDINATION)
        .order_by(C.id)
        .limit(MOST_WAITING)
    )
    rows = [tuple(row) for row in session.execute(statement)]
    projections = projections_of(session, [case for _one, case in rows])
    waiting = [Waiting(one, case, dues_among(projections[case.id].open_due).get(one.key)) for one, case in rows]
    return sorted(waiting, key=_by_deadline)


def answered_by(session: Session, actor: Actor, limit: int) -> Sequence[Any]:
    """Return what the reader's body answered, was deemed to answer or did not, the last first: one statement."""
    statement = _asked(actor, C, Case).where(C.position.is_not(None))
    return session.execute(statement.order_by(C.closed_at.desc(), C.id.desc()).limit(limit)).all()


def objected_by(session: Session, actor: Actor, limit: int) -> Sequence[Any]:
    """Return where an objection of the reader's body stands, the oldest first: one statement."""
    stands = (C.position == Position.OBJECTION) & C.objection_withdrawn_at.is_(None)
    wanted = _asked(actor, C, Case).where(stands, Case.state == State.IN_COORDINATION)
    return session.execute(wanted.order_by(C.closed_at, C.id).limit(limit)).all()


def waiting_count(session: Session, actor: Actor) -> int:
    """Return how many requests wait for the reader's body: one statement."""
    statement = _asked(actor, func.count()).where(C.closed_at.is_(None), Case.state == State.IN_COORDINATION)
    return int(session.scalars(statement).one())


def _asked(actor: Actor, *columns: Any) -> Any:
    """Return a select over the latest consultations of the reader's own body."""
    body = actor.body or Body.PARTNER
    return (
        visible_cases(actor, *columns)
        .select_from(Case)
        .join(C, C.case_id == Case.id)
        .where(C.body == body, C.partner == "", is_latest())
    )


def _by_deadline(one: Waiting) -> tuple[bool, datetime]:
    at = one.due.due_at if one.due else None
    return at is None, at or one.consultation.asked_at
