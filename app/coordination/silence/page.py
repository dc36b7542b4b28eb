"""A proof of silence in the reader's words, for a page that is printed and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.page import CasePage
from app.coordination.silence.models import SilenceProof
from app.coordination.silence.proving import Day, Proof
from app.coordination.vocabulary import DeliveredHow
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_filter, moment_filter, number, one_line
from app.foundation.texts import text
from app.papers import Line, Paper, Part, document
from app.reference.texts import DUTY_STATIONS, WEEKDAYS
from app.reference.vocabulary import DutyStation
from app.workflow.vocabulary import Body, Party
from app.workflow.workdays import DayKind

HOW = {
    DeliveredHow.OPENED: _l("Opened by the body: somebody of it confirmed the receipt or acted on it"),
    DeliveredHow.RELAY: _l("Taken by the mail server of the registered address; in 24 hours no report of failure came"),
}
KINDS = {
    DayKind.EVENT: _l("Day on which the delivery was recorded; does not count"),
    DayKind.COUNTED: _l("Working day %(number)s"),
    DayKind.WEEKEND: _l("No working day"),
    DayKind.HOLIDAY: _l("Holiday"),
    DayKind.PAUSED: _l("The request stood still; does not count"),
}
_BODIES = {Body.CTC_CTED: Party.CTC_CTED}


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the count."""

    day: Markup
    weekday: str
    counts: Markup


@dataclass(frozen=True, slots=True)
class ProofView:
    """One proof: rows of label and value, and every day that was counted.

    Attributes:
        statement: what the proof says, in one sentence.
    """

    key: str
    title: str
    statement: str
    rows: Sequence[tuple[str, Markup | str]]
    days: Sequence[DayView]


def proofs_shown(session: Session, page: CasePage) -> list[ProofView]:
    """Return the proofs of a case, the last first: one statement.

    Raises:
        NotFound: no silence counted on this case.
    """
    statement = select(SilenceProof).where(SilenceProof.case_id == page.case.id).order_by(SilenceProof.id.desc())
    rows = session.scalars(statement).all()
    if not rows:
        raise NotFound
    return [_view(row) for row in rows]


def proof_paper(session: Session, page: CasePage) -> Paper:
    """Return the proofs of a case as one document.

    Raises:
        NotFound: no silence counted on this case.
    """
    shown = proofs_shown(session, page)
    parts = [
        part
        for one in shown
        for part in (
            Part(one.title, one.statement, one.rows),
            Part(_("Days of the limit"), lines=[Line(day.day, day.weekday, day.counts) for day in one.days]),
        )
    ]
    return document(
        one_line(page.case.title, page.case.lang),
        parts,
        kind=_("Proof of silence"),
        reference=page.case.number,
        dated=max(row.deemed_at for row in _rows(session, page)).date(),
    )


def _rows(session: Session, page: CasePage) -> Sequence[SilenceProof]:
    return session.scalars(select(SilenceProof).where(SilenceProof.case_id == page.case.id)).all()


def _view(row: SilenceProof) -> ProofView:
    proof = Proof.model_validate(row.proof)
    body = text(f"party.{_BODIES[Body(proof.body)].value}")
    return ProofView(
        key=row.key,
        title=_("Deemed no objection: %(body)s, round %(number)s", body=body, number=number(proof.round)),
        statement=_(
            "The body was provably told and did not answer within the limit. By its written agreement it is deemed to "
            "have no objection."
        ),
        rows=_shown(proof, body, row.deemed_at),
        days=[_day(one) for one in proof.days],
    )


def _shown(proof: Proof, body: str, deemed_at: datetime) -> list[tuple[str, Markup | str]]:
    rows: list[tuple[str, Markup | str]] = [
        (_("Who was asked"), body),
        (_("Asked"), moment_filter(proof.asked_at)),
        (_("Notice delivered"), moment_filter(proof.delivered_at)),
        (_("How"), str(HOW[DeliveredHow(proof.how)])),
    ]
    if proof.sent is not None:
        rows += [
            (_("Registered address"), bdi(proof.sent.address)),
            (_("Taken by its mail server"), moment_filter(proof.sent.accepted_at)),
            (_("Message-ID"), bdi(proof.sent.message_id)),
        ]
    limit = _("%(days)s working days", days=number(proof.amount))
    if proof.more_time:
        limit = _("%(days)s working days, with the more time that the body asked for", days=number(proof.amount))
    return [
        *rows,
        (_("Limit"), limit),
        (_("Calendar"), _("%(place)s, in the zone %(zone)s", place=_place(proof.calendar), zone=proof.zone)),
        (_("Last day"), date_filter(proof.due_on)),
        (_("End of the limit, in UTC"), bdi(_instant(proof.due_at))),
        (_("End of the limit, where the body works"), bdi(_instant(proof.due_at.astimezone(ZoneInfo(proof.zone))))),
        (_("Recorded"), moment_filter(deemed_at)),
        (_("Agreement in force"), _agreement(proof)),
        (_("In force since"), moment_filter(proof.agreed_from)),
    ]


def _agreement(proof: Proof) -> Markup:
    words = escape(_("Silence rule, letter %(reference)s of %(date)s"))
    return words % {"reference": one_line(proof.letter_reference), "date": date_filter(proof.letter_date)}


def _day(one: Day) -> DayView:
    kind = DayKind[one.kind.upper()]
    words = str(KINDS[kind])
    if kind is DayKind.COUNTED:
        words = words % {"number": number(one.number or 0)}
    shown = Markup("{}: {}").format(words, one_line(one.holiday)) if one.holiday else escape(words)
    return DayView(date_filter(one.day), str(WEEKDAYS[one.day.weekday()]), shown)


def _place(calendar: str) -> str:
    return str(DUTY_STATIONS[DutyStation(calendar)]) if calendar in set(DutyStation) else calendar


def _instant(at: datetime) -> str:
    """Return an instant to the second with its distance from UTC, as machines and lawyers write it."""
    return at.isoformat(sep=" ", timespec="seconds")
