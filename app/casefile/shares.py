"""What reached which body, when and under which consent: read from what was shared itself, so that nothing can differ.

A thing is shared from the first instant at which it was meant for the bodies, the body was consulted and the State
consented; what no consent covers is not listed, because it was not shown (`casework.sharing`). What a State said among
itself before it submitted reached nobody and is never listed (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import CompoundSelect, String, func, literal, not_, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.models import AssistanceRequest, CaseBody, ConsentRecord
from app.casework.page import CasePage
from app.casework.vocabulary import ConsentKind
from app.coordination.links.models import ConsultationNotice
from app.coordination.models import Consultation
from app.coordination.monthly.models import MonthlyEntry, MonthlyList
from app.correspondence.models import Message
from app.documents.models import Document
from app.documents.services import was_sent
from app.documents.vocabulary import DocumentStatus
from app.foundation.texts import text
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience, Body

WHAT: Final = {
    "brief": _l("Brief of the request"),
    "notice": _l("Notice with a link to the brief"),
    "received": _l("Receipt confirmed through the link"),
    "document": _l("Document"),
    "message": _l("Message"),
    "monthly": _l("Entry in the monthly list"),
}
_FOR_BODIES: Final = (Audience.ALL, Audience.COORDINATION)
_CONSENT: Final = {Body.CTC_CTED: ConsentKind.CTC, Body.PARTNER: ConsentKind.PARTNERS}


@dataclass(frozen=True, slots=True)
class Share:
    """One thing that reached one body.

    Attributes:
        name: title of a document, name of a partner, address of a notice; empty for the rest.
        consent: when the consent under which it was shared was given; None where none is needed.
        consent_by: who gave it; None when it came on paper.
    """

    at: datetime
    body: str
    what: str
    name: str
    consent: datetime | None
    consent_by: str | None
    needs_consent: bool


@dataclass(frozen=True, slots=True)
class _Thing:
    kind: str
    body: Body | None
    name: str
    at: datetime


def shares_of(session: Session, actor: Actor, page: CasePage) -> list[Share]:
    """Return what was shared of a case as `actor` may know it, the last first: three statements.

    The State reads what was shared of its request: neither what the Branch wrote to the bodies alone, nor rounds, which
    would tell of objections (process page, Consultations 5).
    """
    case_id = page.case.id
    bodies = select(CaseBody.body, CaseBody.since).where(CaseBody.case_id == case_id)
    since = dict(session.execute(bodies).tuples().all())
    consents = session.execute(
        select(ConsentRecord, User.name)
        .outerjoin(User, User.id == ConsentRecord.given_by_id)
        .where(ConsentRecord.case_id == case_id)
        .order_by(ConsentRecord.given_at, ConsentRecord.id)
    ).all()
    things = [_Thing(*row) for row in session.execute(_things(case_id, actor))]
    if actor.is_state_side:
        things = list(_as_state_reads(things))
    found = [share for thing in things for share in _shares(thing, since, consents)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _things(case_id: int, actor: Actor) -> CompoundSelect[Any]:
    """Return the select of everything that was meant for bodies: kind, body (None: every one), name, from when."""
    theirs = [audience for audience in _FOR_BODIES if audience in readable_by(actor)]
    body, everybody = type_coerce(Consultation.body, String), type_coerce(null(), String)
    with_body = Consultation.id == ConsultationNotice.consultation_id
    notices = select(literal("notice"), body, ConsultationNotice.address, ConsultationNotice.accepted_at)
    received = select(literal("received"), body, ConsultationNotice.address, ConsultationNotice.received_at)
    documents = select(
        literal("document"), everybody, Document.title, func.coalesce(Document.widened_at, Document.uploaded_at)
    )
    messages = select(literal("message"), everybody, literal(""), func.coalesce(Message.widened_at, Message.written_at))
    monthly = select(literal("monthly"), type_coerce(MonthlyList.body, String), literal(""), MonthlyList.frozen_at)
    return union_all(
        select(literal("brief"), body, Consultation.partner, Consultation.asked_at).where(
            Consultation.case_id == case_id
        ),
        notices.join(Consultation, with_body).where(
            ConsultationNotice.case_id == case_id, ConsultationNotice.accepted_at.is_not(None)
        ),
        received.join(Consultation, with_body).where(
            ConsultationNotice.case_id == case_id, ConsultationNotice.received_at.is_not(None)
        ),
        documents.join(AssistanceRequest, AssistanceRequest.id == Document.case_id).where(
            Document.case_id == case_id,
            Document.audience.in_(theirs),
            Document.status == DocumentStatus.ACCEPTED,
            was_sent(),
        ),
        messages.where(Message.case_id == case_id, Message.audience.in_(theirs), not_(Message.before_submission)),
        monthly.join(MonthlyEntry, MonthlyEntry.list_id == MonthlyList.id).where(MonthlyEntry.case_id == case_id),
    )


def _as_state_reads(things: Sequence[_Thing]) -> Iterator[_Thing]:
    """Leave the first brief of each body and partner, and nothing about the addresses of offices."""
    seen: set[tuple[str, str | None, str]] = set()
    for thing in sorted(things, key=lambda one: one.at):
        if thing.kind in ("notice", "received"):
            continue
        named = (thing.kind, thing.body, thing.name)
        if thing.kind == "brief" and named in seen:
            continue
        seen.add(named)
        yield thing


def _shares(thing: _Thing, since: dict[Body, datetime], consents: Sequence[Any]) -> Iterator[Share]:
    bodies = [Body(thing.body)] if thing.body else [one for one in since if one is not Body.PARTNER]
    for body in bodies:
        from_then = max(thing.at, since.get(body, thing.at))
        kind = _CONSENT.get(body)
        under = _first_covering(from_then, kind, consents) if kind else None
        if kind is not None and under is None:
            continue
        yield Share(
            at=max(from_then, under[0].given_at) if under else from_then,
            body=thing.name if body is Body.PARTNER else _body_text(body),
            what=str(WHAT[thing.kind]),
            name="" if body is Body.PARTNER else thing.name,
            consent=under[0].given_at if under else None,
            consent_by=under[1] if under else None,
            needs_consent=kind is not None,
        )


def _first_covering(at: datetime, kind: ConsentKind, consents: Sequence[Any]) -> Any:
    """Return the first consent that was in force at `at` or came after it, with who gave it."""
    covering = (
        row for row in consents if row[0].kind is kind and (row[0].withdrawn_at is None or row[0].withdrawn_at > at)
    )
    return next(covering, None)


def _body_text(body: Body) -> str:
    return str(_("Partner")) if body is Body.PARTNER else text(f"party.{body.value}")
