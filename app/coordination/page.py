"""What the pages of one case show of its consultations, in words, as far as the reader may know it.

The bodies and the Branch read all of it. The State reads which body was asked, since when, and whether it is closed:
neither a position nor its text, nor that there was an objection (process page, Consultations 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.page import CasePage
from app.coordination.briefs import BriefView, view_of
from app.coordination.models import Consultation
from app.coordination.positions import may_correct
from app.coordination.queries import Said, consultations_of, positions_of, running_dues
from app.coordination.texts import (
    CAME_TEXTS,
    CLOSED_TEXTS,
    DELIVERED_TEXTS,
    GROUND_TEXTS,
    POSITION_TEXTS,
    POSITION_TONES,
    RULE_TEXTS,
    body_text,
)
from app.coordination.vocabulary import ClosedHow
from app.foundation.formatting import bdi
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.vocabulary import Audience, Body, Position, State


@dataclass(frozen=True, slots=True)
class PositionView:
    """One position as the bodies and the Branch read it.

    Attributes:
        by: who gave it, and beside it who recorded it.
        note: what was noted of a call.
        receipt_url: the page that can be printed.
        correct_until: until when the reader may correct it; None when they may not.
    """

    words: str
    tone: str
    ground: str | None
    text: str
    lang: str
    came: str
    by: str
    recorded_by: str | None
    at: datetime
    note: str
    document_url: str | None
    receipt_url: str
    correct_until: datetime | None


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """One round of one body.

    Attributes:
        status: in words; for the State it says no more than whether it waits.
        delivered: how the notice is known to have arrived.
        due: last day, where the body works.
        positions: what counts first, then what it replaced; empty for the State.
        objects: its answer was an objection, whatever became of it.
        to_receive: the reader's body can confirm that the notice arrived, which was not proved yet: the version of the
            consultation for that form, None where there is nothing to confirm.
        void: the answer does not hold any more, as an officer said.
    """

    key: str
    name: str
    partner: bool
    round: int
    asked_at: datetime
    open: bool
    status: str
    tone: str
    closed_at: datetime | None
    rule: str | None = None
    delivered_at: datetime | None = None
    delivered: str | None = None
    due: date | None = None
    more_time_at: datetime | None = None
    objects: bool = False
    objection_withdrawn_at: datetime | None = None
    void: bool = False
    to_receive: int | None = None
    brief: BriefView | None = None
    positions: Sequence[PositionView] = ()
    proof_url: str | None = None


def may_read_positions(actor: Actor) -> bool:
    """Tell whether the reader belongs to those among whom positions are exchanged."""
    return Audience.COORDINATION in readable_by(actor)


def consultation_views(session: Session, actor: Actor, page: CasePage) -> list[ConsultationView]:
    """Return the consultations of a case as the reader may know them, the latest first: three statements at most."""
    rows = consultations_of(session, page.case.id)
    if not may_read_positions(actor):
        return [_for_state(row) for row in _latest(rows)]
    said = positions_of(session, page.case.id)
    dues = running_dues(session, page.case, rows)
    views = (_view(actor, page, row, said.get(row.id, ()), dues) for row in rows)
    return list(views)[::-1]


def name_of(consultation: Consultation) -> str:
    """Return the name of the body that was asked, or of the partner."""
    return str(bdi(consultation.partner)) if consultation.partner else body_text(consultation.body)


def position_view(actor: Actor, page: CasePage, consultation: Consultation, said: Said) -> PositionView:
    """Return a position in words; call it in a request."""
    row = said.row
    theirs = consultation.body is actor.body and page.case.state is State.IN_COORDINATION
    document = (
        url_for("documents.download", key=page.case.key, document=said.document) if said.document is not None else None
    )
    return PositionView(
        words=str(POSITION_TEXTS[row.position]),
        tone=POSITION_TONES[row.position],
        ground=str(GROUND_TEXTS[row.ground]) if row.ground else None,
        text=row.text,
        lang=row.lang,
        came=str(CAME_TEXTS[row.came]),
        by=said.by or row.in_name_of,
        recorded_by=said.recorded_by,
        at=row.given_at,
        note=row.note,
        document_url=document,
        receipt_url=url_for("coordination.receipt", key=page.case.key, position=row.key),
        correct_until=row.correctable_until if theirs and may_correct(row) else None,
    )


def _view(
    actor: Actor, page: CasePage, row: Consultation, said: Sequence[Said], dues: Mapping[str, Due]
) -> ConsultationView:
    due = dues.get(row.key)
    unproved = row.open and row.notice_delivered_at is None and page.case.state is State.IN_COORDINATION
    status, tone = _status(row)
    return ConsultationView(
        key=row.key,
        name=row.partner or body_text(row.body),
        partner=row.body is Body.PARTNER,
        round=row.round,
        asked_at=row.asked_at,
        open=row.open,
        status=status,
        tone=tone,
        closed_at=row.closed_at,
        rule=str(RULE_TEXTS[row.rule]),
        delivered_at=row.notice_delivered_at,
        delivered=str(DELIVERED_TEXTS[row.delivered_how]) if row.delivered_how else None,
        due=due.due_on if due else None,
        more_time_at=row.more_time_at,
        objects=row.position is Position.OBJECTION,
        objection_withdrawn_at=row.objection_withdrawn_at,
        void=row.position is not None and not row.stands,
        to_receive=row.version if unproved and row.body is actor.body else None,
        brief=view_of(row.brief),
        proof_url=url_for("silence.proof", key=page.case.key) if row.closed_how is ClosedHow.DEEMED else None,
        positions=[position_view(actor, page, row, one) for one in said],
    )


def _status(row: Consultation) -> tuple[str, str]:
    if row.position is not None:
        return str(POSITION_TEXTS[row.position]), POSITION_TONES[row.position]
    if row.closed_how is not None:
        return str(CLOSED_TEXTS[row.closed_how]), "neutral"
    return str(_("Waits for its answer")), "info"


def _for_state(row: Consultation) -> ConsultationView:
    return ConsultationView(
        key=row.key,
        name=row.partner or body_text(row.body),
        partner=row.body is Body.PARTNER,
        round=row.round,
        asked_at=row.asked_at,
        open=row.open,
        status=str(_("Waits for its answer")) if row.open else str(_("Closed")),
        tone="info" if row.open else "neutral",
        closed_at=row.closed_at,
    )


def _latest(rows: Sequence[Consultation]) -> list[Consultation]:
    """Return the last round of each body and partner: for the State there is one consultation of each."""
    last: dict[tuple[Body, str], Any] = {(row.body, row.partner): row for row in rows}
    return sorted(last.values(), key=lambda row: row.id)
