"""The receipt of a position, on a page and on paper: whose it is, when and how it came, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.page import CasePage, state_name
from app.casework.visibility import found
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.page import PositionView, position_view
from app.coordination.queries import positions_of
from app.coordination.texts import body_text
from app.foundation.clock import now
from app.foundation.formatting import bdi, moment_filter, plain_text
from app.foundation.i18n import current_locale
from app.papers import Paper, Part, document
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class Receipt:
    """A position with the round in which it was given; `replaced` when another one counts by now."""

    key: str
    body: str
    round: int
    position: PositionView
    replaced: bool


def receipt_of(session: Session, actor: Actor, page: CasePage, key: str) -> Receipt:
    """Return the receipt of the position `key` of a case: two statements.

    Raises:
        NotFound: this case has none.
    """
    statement = (
        select(Consultation)
        .join(ConsultationPosition, ConsultationPosition.consultation_id == Consultation.id)
        .where(ConsultationPosition.key == key, Consultation.case_id == page.case.id)
    )
    consultation: Consultation = found(session.scalars(statement).first())
    said = positions_of(session, page.case.id)[consultation.id]
    this = next(one for one in said if one.row.key == key)
    return Receipt(
        key=key,
        body=consultation.partner or body_text(consultation.body),
        round=consultation.round,
        position=position_view(actor, page, consultation, this),
        replaced=said[0].row.key != key,
    )


def paper(page: CasePage, receipt: Receipt) -> Paper:
    """Return the receipt as a paper."""
    rows = list(_rows(page, receipt))
    return document(
        _("The position is on record"),
        [Part(rows=rows)],
        kind=_("Receipt of a position"),
        reference=page.case.number,
        dated=now().date(),
        mark=_("Replaced by a later position") if receipt.replaced else None,
    )


def _rows(page: CasePage, receipt: Receipt) -> Iterator[tuple[str, Markup | str | None]]:
    one = receipt.position
    yield _("Request"), bdi(page.case.number)
    yield _("State"), bdi(state_name(page.header.member_state, str(current_locale())))
    yield _("Body"), bdi(receipt.body)
    yield _("Round"), str(receipt.round)
    yield _("Position"), one.words
    if one.ground:
        yield _("Ground of the objection"), one.ground
    if one.text:
        yield _("Text"), plain_text(one.text, one.lang)
    yield _("Given on"), moment_filter(one.at)
    yield _("Given by"), bdi(one.by)
    yield _("How it came"), one.came
    if one.recorded_by:
        yield _("Recorded by"), bdi(one.recorded_by)
