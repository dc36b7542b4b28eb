"""What becomes of a consultation: told, answered, closed. Inside the transaction of a use case that locked its case.

Every way in which a position comes (inbox, link, recorded by an officer) ends here, so that all are recorded alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.commands import CaseCommand
from app.casework.models import AssistanceRequest
from app.casework.perform import Beside, Said, leave_marks, record
from app.casework.visibility import found, visible_cases
from app.coordination.facts import is_latest
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.vocabulary import CLOSED_BY, RECORDED, Came, ClosedHow, DeliveredHow, ObjectionGround
from app.foundation.clock import now
from app.foundation.errors import Forbidden, NotFound, Stale
from app.workflow.actor import SYSTEM, Actor
from app.workflow.facts import ConsultationFacts, ConsultationsFacts
from app.workflow.vocabulary import Action, Mark, Position, Section


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body says.

    Attributes:
        ground: of an objection.
        text: in the language `lang`; may be empty where nothing is objected.
    """

    position: Position
    ground: ObjectionGround | None = None
    text: str = ""
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Source:
    """How an answer came.

    Attributes:
        in_name_of: who answered, where no liaison is signed in.
        document_id: the original of what came by mail or telephone.
        note: what was noted of a call.
        correctable_until: until when the body may correct what was recorded for it (UTC).
    """

    came: Came
    in_name_of: str = ""
    document_id: int | None = None
    note: str = ""
    correctable_until: datetime | None = None


def lock_consultation(
    session: Session, actor: Actor, key: str, version: int | None = None, seen: int = 0, *, any_round: bool = False
) -> tuple[AssistanceRequest, Consultation]:
    """Lock the case of the consultation `key` for the rest of the transaction: one statement.

    Args:
        key: public key of the consultation.
        version: of the consultation, as the page showed it; None where nothing was shown.
        seen: version of the case that the page showed, for what changed since.
        any_round: also one after which a later round was opened.

    Raises:
        NotFound: there is none that this actor may see; a liaison sees those of their own body.
        Stale: it changed since the page was shown, or a later round was opened.
    """
    return _locked(session, actor, Consultation.key == key, version, seen, any_round=any_round)


def lock_own(session: Session, actor: Actor, command: CaseCommand, seen: int) -> tuple[AssistanceRequest, Consultation]:
    """Lock a case with the latest consultation of the actor's own body, of which `command` carries the version.

    Raises:
        NotFound, Stale: see `lock_consultation`.
        Forbidden: the actor speaks for no body.
    """
    if actor.body is None:
        raise Forbidden
    theirs = (AssistanceRequest.key == command.key) & (Consultation.body == actor.body) & is_latest()
    return _locked(session, actor, theirs, command.version, seen)


def _locked(
    session: Session,
    actor: Actor,
    wanted: ColumnElement[bool],
    version: int | None,
    seen: int,
    *,
    any_round: bool = False,
) -> tuple[AssistanceRequest, Consultation]:
    statement = (
        visible_cases(actor, AssistanceRequest, Consultation, is_latest())
        .select_from(AssistanceRequest)
        .join(Consultation, Consultation.case_id == AssistanceRequest.id)
        .where(wanted)
        # Both rows: who waited for the first would else go on with the second as it was before.
        .with_for_update(of=(AssistanceRequest, Consultation))
        .execution_options(populate_existing=True)
    )
    case, consultation, latest = found(session.execute(statement).first())
    if actor.body is not None and consultation.body is not actor.body:
        raise NotFound
    if not (latest or any_round) or (version is not None and consultation.version != version):
        raise Stale(case_key=case.key, seen_version=seen)
    return case, consultation


def said_of(consultation: Consultation, **codes: Any) -> Said:
    """Return what history keeps of an act on `consultation`: for the Branch and the bodies, never for the State."""
    return Said(payload_of(consultation, **codes), seen_by=Readership.COORDINATION)


def payload_of(consultation: Consultation, **codes: Any) -> dict[str, Any]:
    """Return the keys that the clocks read, with `codes` beside them."""
    named = {"subject": consultation.key, "body": consultation.body.value, "round": consultation.round}
    return {**named, **codes}


def record_own(
    session: Session,
    case: AssistanceRequest,
    consultation: Consultation,
    action: Action,
    actor: Actor,
    also: frozenset[int] = frozenset(),
    **codes: Any,
) -> None:
    """Record an act about one consultation; its guard is asked of this one alone, as it stands.

    Raises:
        Forbidden, Refused: see `record`.
    """
    known = {Section.CONSULTATIONS: ConsultationsFacts((_own_facts(consultation),))}
    said = replace(said_of(consultation, **codes), also=also)
    tied = actor.body is consultation.body
    record(session, case, action, actor, said, bump=True, known=known, tied=tied)


def mark_delivered(
    session: Session, case: AssistanceRequest, consultation: Consultation, at: datetime, how: DeliveredHow
) -> None:
    """Record that the notice of `consultation` was provably delivered; its limit begins to run. Once for each round.

    Args:
        case: locked.
        at: when it was delivered (UTC), as far as it is known; the limit runs from its entry in the history.
        how: opened by the body's liaison, or accepted by the relay of its address.
    """
    if consultation.notice_delivered_at is not None or not consultation.open:
        return
    consultation.notice_delivered_at, consultation.delivered_how = at, how
    consultation.version += 1
    codes = {"delivered_at": at.isoformat(), "how": how.value, "seen_by": Readership.COORDINATION.value}
    leave_marks(session, SYSTEM, [Beside(case, Mark.NOTICE_DELIVERED, payload_of(consultation, **codes))])


def give_position(
    session: Session,
    case: AssistanceRequest,
    consultation: Consultation,
    actor: Actor,
    answer: Answer,
    source: Source,
    also: frozenset[int] = frozenset(),
) -> ConsultationPosition:
    """Close `consultation` with the answer of its body.

    Args:
        case: locked with the consultation by `lock_consultation`.
        actor: the liaison, or the officer who records what came by mail or telephone.
        also: ids of those who get the receipt of what was recorded.

    Raises:
        Forbidden: no cell of the process allows it.
        Refused: it is closed.
    """
    recorded = source.came in RECORDED
    action = Action.RECORD_POSITION if recorded else Action.GIVE_POSITION
    codes = {"position": answer.position.value, "came": source.came.value}
    record_own(session, case, consultation, action, actor, also, **codes)
    return close_with(session, consultation, actor, answer, source)


def close_with(
    session: Session, consultation: Consultation, actor: Actor, answer: Answer, source: Source
) -> ConsultationPosition:
    """Close `consultation` with an answer that its caller has recorded in the history."""
    _close(consultation, answer.position, CLOSED_BY[source.came])
    row = _row(consultation, actor, answer, source)
    session.add(row)
    return row


def correct_position(
    session: Session,
    case: AssistanceRequest,
    consultation: Consultation,
    actor: Actor,
    answer: Answer,
    former: ConsultationPosition,
) -> ConsultationPosition:
    """Put what the body itself says in the place of what an officer recorded for it; both stay on record.

    Args:
        case: locked with the consultation.
        former: what counted until now.

    Raises:
        Forbidden: no cell of the process allows it.
    """
    # To correct is to answer once more: for the guard the consultation stands open.
    opened = ConsultationFacts(key=consultation.key, body=consultation.body, round=consultation.round)
    known = {Section.CONSULTATIONS: ConsultationsFacts((opened,))}
    said = said_of(consultation, position=answer.position.value, came=Came.INBOX.value, corrects=True)
    record(session, case, Action.GIVE_POSITION, actor, said, bump=True, known=known, tied=True)
    consultation.objection_withdrawn_at = None
    consultation.position, consultation.stands = answer.position, True
    consultation.version += 1
    row = _row(consultation, actor, answer, Source(Came.INBOX))
    row.replaces_id = former.id
    session.add(row)
    return row


def close_as_deemed(session: Session, case: AssistanceRequest, consultation: Consultation, **codes: Any) -> None:
    """Close `consultation` because the body's silence counts as no objection (process, Consultations 4).

    Args:
        case: locked.
        codes: what the proof names besides, ids and codes only.

    Raises:
        Forbidden, Refused: see `record`; Refused while silence does not count.
    """
    codes = {"position": Position.DEEMED_NO_OBJECTION.value, **codes}
    record(session, case, Action.DEEM_NO_OBJECTION, SYSTEM, said_of(consultation, **codes), bump=True)
    _close(consultation, Position.DEEMED_NO_OBJECTION, ClosedHow.DEEMED)


def latest_position(session: Session, consultation: Consultation) -> ConsultationPosition | None:
    """Return what counts of all that a body said in one round; None while it said nothing."""
    statement = select(ConsultationPosition).where(ConsultationPosition.consultation_id == consultation.id)
    return session.scalars(statement.order_by(ConsultationPosition.id.desc()).limit(1)).first()


def _own_facts(consultation: Consultation) -> ConsultationFacts:
    return ConsultationFacts(
        key=consultation.key,
        body=consultation.body,
        round=consultation.round,
        delivered_at=consultation.notice_delivered_at,
        more_time_used=consultation.more_time_at is not None,
        position=consultation.position,
        closed_at=consultation.closed_at,
        objection_withdrawn_at=consultation.objection_withdrawn_at,
    )


def _close(consultation: Consultation, position: Position, how: ClosedHow) -> None:
    consultation.position, consultation.closed_at, consultation.closed_how = position, now(), how
    consultation.version += 1


def _row(consultation: Consultation, actor: Actor, answer: Answer, source: Source) -> ConsultationPosition:
    recorded = source.came in RECORDED
    absent = actor.on_behalf_of.user_id if actor.on_behalf_of else None
    return ConsultationPosition(
        case_id=consultation.case_id,
        state_id=consultation.state_id,
        consultation_id=consultation.id,
        position=answer.position,
        ground=answer.ground,
        text=answer.text,
        lang=answer.lang,
        came=source.came,
        given_by_id=None if recorded else actor.user_id,
        on_behalf_of_id=absent,
        recorded_by_id=actor.user_id if recorded else None,
        in_name_of=source.in_name_of,
        document_id=source.document_id,
        note=source.note,
        correctable_until=source.correctable_until,
    )
