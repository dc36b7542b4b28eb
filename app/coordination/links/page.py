"""What the page behind a link shows: the brief as it was frozen, for this body, and nothing else of the request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.coordination.briefs import BriefView, view_of
from app.coordination.links.commands import AnswerByLink
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import notice_with, reason_against
from app.coordination.links.tokens import read_token
from app.coordination.models import Consultation
from app.coordination.positions import answer_of
from app.coordination.queries import running_dues
from app.coordination.texts import GROUND_TEXTS, POSITION_TEXTS, body_text
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.formatting import bdi, moment_filter, plain_text
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.workflow.actor import SYSTEM
from app.workflow.states import OPEN
from app.workflow.vocabulary import Body, State


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one link; only `reason` where it is not good.

    Attributes:
        reason: why it is not good (any more), as a code.
        body: who is asked.
        due: the last day, where the body works; None before the limit has begun.
        received: the receipt was confirmed before.
        may_answer: an answer can be given here.
        partner: it is a partner that is asked, which blocks nothing and may answer as long as the request is open.
    """

    reason: str | None = None
    notice_key: str = ""
    case_key: str = ""
    number: str = ""
    state: str = ""
    body: str = ""
    brief: BriefView | None = None
    due: date | None = None
    received: bool = False
    may_answer: bool = False
    partner: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What is said after the button: words, and after an answer what was recorded, to keep and to print."""

    words: str
    rows: Sequence[dict[str, Any]] = ()


def receipt_rows(command: AnswerByLink) -> list[dict[str, Any]]:
    """Return what was recorded of an answer as rows of a summary list."""
    said = answer_of(command)
    rows = [{"key": _("Position"), "value": POSITION_TEXTS[said.position]}]
    if said.ground is not None:
        rows.append({"key": _("Ground of the objection"), "value": GROUND_TEXTS[said.ground]})
    if said.text:
        rows.append({"key": _("Text"), "value": plain_text(said.text, said.lang)})
    given = Markup("{} · {}").format(moment_filter(now()), bdi(command.in_name_of))
    return [*rows, {"key": _("Given"), "value": given}]


def behind(token: str) -> Behind:
    """Return what a link leads to: five statements at most, and nothing is written."""
    ticket, session = read_token(token), read_session()
    if ticket is None:
        return Behind("unknown")
    # Whoever has the link sees one brief; the session must see the case to find it.
    bind_scope(session, scope_of(SYSTEM))
    notice, consultation = notice_with(session, ticket.notice)
    if notice is None or consultation is None or not ticket.fits(notice, consultation.key):
        return Behind("unknown")
    if (reason := reason_against(session, notice, consultation)) is not None:
        return Behind(reason)
    return _shown(session, notice, consultation)


def _shown(session: Session, notice: ConsultationNotice, consultation: Consultation) -> Behind:
    case = session.scalars(select(AssistanceRequest).where(AssistanceRequest.id == consultation.case_id)).one()
    due = running_dues(session, case, [consultation]).get(consultation.key)
    partner = consultation.body is Body.PARTNER
    return Behind(
        notice_key=notice.key,
        case_key=case.key,
        number=case.number or "",
        state=state_name(state_by_id(session, case.state_id), current_locale()),
        body=consultation.partner or body_text(consultation.body),
        brief=view_of(consultation.brief),
        due=due.due_on if due else None,
        received=notice.received_at is not None,
        may_answer=case.state in OPEN if partner else case.state is State.IN_COORDINATION,
        partner=partner,
    )
