"""What the page of consents shows: what is in force since when, what was withdrawn, and what a visit still needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.models.case import UNSENT
from app.casework.page import CasePage
from app.casework.vocabulary import ConsentKind
from app.coordination.consents.texts import KINDS, MEANINGS
from app.foundation.wiring import wiring
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, State

#: Earlier consents that the page shows; a State that changes its mind more often reads the rest in the history.
MOST_EARLIER = 50


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One thing to which a State may consent.

    Attributes:
        meaning: what the consent allows; what a visit is called, for visits.
        given_at: since when it is in force; None when it is not.
        given_by: who gave it; None when it came on paper.
        record: public key of the record in force.
        starts_on: first day of a visit.
    """

    kind: ConsentKind
    subject: str
    title: str
    meaning: str
    given_at: datetime | None = None
    given_by: str | None = None
    record: str | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """One consent that was withdrawn."""

    title: str
    given_at: datetime
    withdrawn_at: datetime
    withdrawn_by: str | None


@dataclass(frozen=True, slots=True)
class ConsentsShown:
    """The page.

    Attributes:
        in_draft: the consents are part of the draft and are changed there.
        may_change: this reader gives and withdraws them.
    """

    consents: Sequence[ConsentView]
    earlier: Sequence[Earlier]
    in_draft: bool
    may_change: bool


def consents_shown(session: Session, actor: Actor, page: CasePage) -> ConsentsShown:
    """Return the consents of a case: one statement, and one more for the visits of its plan."""
    case, giver, taker = page.case, aliased(User), aliased(User)
    statement = (
        select(ConsentRecord, giver.name, taker.name)
        .outerjoin(giver, giver.id == ConsentRecord.given_by_id)
        .outerjoin(taker, taker.id == ConsentRecord.withdrawn_by_id)
        .where(ConsentRecord.case_id == case.id)
        .order_by(ConsentRecord.id.desc())
    )
    rows = session.execute(statement).all()
    visits = visits_of(session, case)
    in_draft = case.state in UNSENT or case.state is State.DISCARDED
    held = {(one.kind, one.subject): (one, by) for one, by, _taker in rows if one.withdrawn_at is None}
    wanted: list[tuple[ConsentKind, str]] = [(kind, "") for kind in KINDS if kind is not ConsentKind.VISIT]
    wanted += [(ConsentKind.VISIT, key) for key in visits]
    withdrawn = [(one, taker_name) for one, _by, taker_name in rows if one.withdrawn_at is not None]
    return ConsentsShown(
        consents=[_view(kind, subject, visits, held.get((kind, subject))) for kind, subject in wanted],
        earlier=[
            Earlier(_title(one.kind, one.subject, visits), one.given_at, one.withdrawn_at, by)
            for one, by in withdrawn[:MOST_EARLIER]
            if one.withdrawn_at is not None
        ],
        in_draft=in_draft,
        may_change=not in_draft and policy.may(actor, Action.GIVE_CONSENT, page.core),
    )


def visits_of(session: Session, case: AssistanceRequest) -> Mapping[str, tuple[str, date | None]]:
    """Return the joint visits of the newest plan by key: title and first day."""
    planned = wiring().joint_visits
    if planned is None:
        return {}
    return {row.key: (row.title, row.starts_on) for row in session.execute(planned(case.id))}


def consent_view(shown: ConsentsShown, kind: str, subject: str) -> ConsentView | None:
    """Return the consent that an address names; None when the page shows none such."""
    return next((one for one in shown.consents if one.kind.value == kind and one.subject == subject), None)


def _view(
    kind: ConsentKind,
    subject: str,
    visits: Mapping[str, tuple[str, date | None]],
    held: tuple[ConsentRecord, str | None] | None,
) -> ConsentView:
    record, by = held or (None, None)
    name, starts_on = visits.get(subject, ("", None))
    return ConsentView(
        kind=kind,
        subject=subject,
        title=str(KINDS[kind]),
        meaning=name or str(MEANINGS[kind]),
        given_at=record.given_at if record else None,
        given_by=by,
        record=record.key if record else None,
        starts_on=starts_on,
    )


def _title(kind: ConsentKind, subject: str, visits: Mapping[str, tuple[str, date | None]]) -> str:
    name = visits.get(subject, ("", None))[0]
    return f"{KINDS[kind]}: {name}" if name else str(KINDS[kind])
