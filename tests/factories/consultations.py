"""Consultations in any condition: rows of the product with their history, without its pages and guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.history import Entry, append
from app.casework.models import AssistanceRequest, CaseAlert, CaseBody, ConsentRecord
from app.casework.projection import project_cases
from app.casework.vocabulary import AlertKind, ConsentKind
from app.coordination.answering import payload_of
from app.coordination.commands import RecordPosition
from app.coordination.facts import LIMIT_OF, is_latest
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.recording import record_position
from app.coordination.vocabulary import Came, ClosedHow, DeliveredHow, ObjectionGround, OpeningRule
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import Action, Body, Mark, Position, Role

if TYPE_CHECKING:
    from tests.factories.cases import Made
    from tests.factories.people import Cast

TEXT = "The visit of the Executive Directorate in May must come first."
PARTNER = "Regional Centre for Criminal Law"
#: What a body was shown; a page reads every key.
BRIEF: dict[str, Any] = {
    "revision": 1,
    "data": {
        "need": {
            "title": "Review of the law on mutual legal assistance",
            "types": ["legislative_drafting"],
            "problem": "The law of 1987 knows no video hearing.",
        },
        "who": {"working_language": "en"},
    },
    "documents": [],
}
_RULES = {
    Body.CTC_CTED: OpeningRule.ALWAYS,
    Body.OLA: OpeningRule.UN_DEPOSITARY,
    Body.PARTNER: OpeningRule.STATE_CONSENTED,
}


def ask_bodies(
    session: Session,
    case: AssistanceRequest,
    bodies: Iterable[Body],
    *,
    asked_by: Actor | None = None,
    delivered: bool = True,
) -> list[Consultation]:
    """Open the next round of each of `bodies`; the notices were opened unless told otherwise."""
    made = []
    for body in bodies:
        former = _latest(session, case.id, body)
        row = Consultation(
            case_id=case.id,
            state_id=case.state_id,
            body=body,
            partner=PARTNER if body is Body.PARTNER else "",
            address="partner@example.org" if body is Body.PARTNER else "",
            round=former.round + 1 if former else 1,
            former_id=former.id if former else None,
            rule=_RULES[body],
            brief=BRIEF,
            asked_by_id=asked_by.user_id if asked_by else None,
        )
        session.add(row)
        there = {"case_id": case.id, "body": body, "state_id": case.state_id, "since": now()}
        session.execute(insert_unless_there(session, CaseBody).values(there).on_conflict_do_nothing())
        session.flush()
        made.append(row)
        if delivered:
            row.notice_delivered_at, row.delivered_how = now(), DeliveredHow.OPENED
            _enter(session, case, SYSTEM, Mark.NOTICE_DELIVERED, payload_of(row, seen_by="coordination"))
    return made


def answer_as(
    session: Session,
    case: AssistanceRequest,
    cast: Cast,
    body: Body,
    position: Position = Position.NO_OBJECTION,
    text: str = "",
) -> Consultation:
    """Give a position in the name of `body`, as its liaison would in the inbox; a partner's comes by mail."""
    row = _latest(session, case.id, body)
    assert row is not None, "nobody asked this body"
    ours = {Body.CTC_CTED: Role.CTC_LIAISON, Body.OLA: Role.OLA_LIAISON}
    actor = cast.of(ours[body]).actor if body in ours else cast.case_officer.actor
    row.position, row.closed_at, row.version = position, now(), row.version + 1
    row.closed_how = ClosedHow.INBOX if body in ours else ClosedHow.LINK
    words = "" if position is Position.NO_OBJECTION else text or TEXT
    session.add(
        ConsultationPosition(
            case_id=case.id,
            state_id=case.state_id,
            consultation_id=row.id,
            position=position,
            ground=ObjectionGround.VISIT_OR_REPORT if position is Position.OBJECTION else None,
            text=words,
            came=Came.INBOX if body in ours else Came.LINK,
            given_by_id=actor.user_id if body in ours else None,
            in_name_of="" if body in ours else PARTNER,
        )
    )
    case.version += 1
    said = payload_of(row, position=position.value, seen_by="coordination")
    _enter(session, case, actor, Action.GIVE_POSITION, said)
    return row


def consult(app: Flask, case: Made, *bodies: Body, delivered: bool = True) -> list[str]:
    """Open a round of `bodies` (CTC/CTED when none is named) in a transaction of its own; returns the keys."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        return [one.key for one in ask_bodies(session, row, bodies or (Body.CTC_CTED,), delivered=delivered)]


def answer(app: Flask, cast: Cast, case: Made, positions: Mapping[Body, Position], text: str = "") -> None:
    """Have each body answer, in a transaction of its own."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        for body, position in positions.items():
            answer_as(session, row, cast, body, position, text)


def escalate(app: Flask, case: Made, body: Body = Body.OLA) -> None:
    """Write down that somebody was told now that `body` is late."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = _latest(session, case.id, body)
        assert row is not None
        assert row.notice_delivered_at is not None
        session.add(
            CaseAlert(
                case_id=case.id,
                state_id=case.state_id,
                limit_key=LIMIT_OF[body],
                subject=row.key,
                starts_at=row.notice_delivered_at,
                kind=AlertKind.ESCALATED,
                raised_at=now(),
            )
        )


def consultation_of(app: Flask, case: Made, body: Body = Body.CTC_CTED) -> Consultation:
    """The latest consultation of `body`, detached."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = _latest(session, case.id, body)
        assert row is not None
        session.expunge(row)
        return row


def _latest(session: Session, case_id: int, body: Body) -> Consultation | None:
    statement = select(Consultation).where(Consultation.case_id == case_id, Consultation.body == body, is_latest())
    return session.scalars(statement).first()


def _enter(
    session: Session, case: AssistanceRequest, actor: Actor, action: Action | Mark, payload: dict[str, Any]
) -> None:
    here = None if isinstance(action, Mark) else case.state
    append(session, [(case, Entry(actor, action, here, here, payload))])
    project_cases(session, [case])
    session.flush()


def record(app: Flask, cast: Cast, case: Made, body: Body, position: Position, text: str = TEXT) -> str:
    """Have the case officer record what `body` said by telephone; returns the key of the position."""
    one = consultation_of(app, case, body)
    with app.app_context():
        with write_transaction(Scope(Reach.ALL)) as session:
            version = session.get_one(AssistanceRequest, case.id).version
        command = RecordPosition(
            key=case.key,
            version=version,
            consultation=one.key,
            came=Came.TELEPHONE,
            in_name_of="Vera Nix, Senior Legal Officer",
            position=position,
            ground=ObjectionGround.VISIT_OR_REPORT,
            text=text,
            note="She called at ten.",
        )
        record_position(cast.case_officer.actor, command)
        with write_transaction(Scope(Reach.ALL)) as session:
            said = select(ConsultationPosition.key).where(ConsultationPosition.consultation_id == one.id)
            return session.scalars(said).one()


def agree_to_partners(app: Flask, case: Made) -> None:
    """Have the State agree to share the request with partners."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(ConsentRecord(case_id=case.id, state_id=case.state_id, kind=ConsentKind.PARTNERS))
