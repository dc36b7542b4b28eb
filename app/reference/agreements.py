"""Which agreements of consulted bodies are in force: from memory, like settings; a writing session never sees old ones.

The silence rule is off until a written agreement is on record (process page, Consultations 4), and a request goes the
fast lane only under a standing no-objection (Fast lane).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.cache import cached
from app.reference.models import BodyAgreement
from app.reference.vocabulary import AgreementKind
from app.workflow.vocabulary import AssistanceType, Body

#: Classes for which CTC/CTED may give a standing no-objection: those of the fast lane.
STANDING_TYPES = frozenset({AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE})


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement on record, ended or not.

    Attributes:
        ends_at: the first instant at which it is not in force any more: revoked, or run out; None while neither is set.
    """

    key: str
    body: Body
    kind: AgreementKind
    types: frozenset[AssistanceType]
    valid_from: datetime
    ends_at: datetime | None
    letter_reference: str | None
    letter_date: date | None

    def in_force(self, at: datetime) -> bool:
        """Tell whether it is in force at the instant `at`."""
        return self.valid_from <= at and (self.ends_at is None or at < self.ends_at)


def silence_agreement(session: Session, body: Body, at: datetime, since: datetime | None = None) -> Agreement | None:
    """Return the agreement of `body` to the silence rule that is in force at `at`; None when there is none.

    Args:
        session: any; costs no statement while agreements are what they were.
        at: instant (UTC).
        since: it must have been in force from this instant (UTC) on, without a break: a body is not bound by a rule
            that began after it was asked.
    """
    known = _known(session, body, AgreementKind.SILENCE_RULE)
    return next((one for one in known if one.in_force(at) and (since is None or one.in_force(since))), None)


def silence_agreed(session: Session, body: Body, at: datetime) -> bool:
    """Tell whether a written agreement of `body` to the silence rule is in force at `at` (UTC)."""
    return silence_agreement(session, body, at) is not None


def standing_types(session: Session, body: Body, at: datetime) -> frozenset[AssistanceType]:
    """Return the classes of assistance to which `body` has a standing no-objection in force at `at` (UTC)."""
    return frozenset(kind for one in standing_agreements(session, body, at) for kind in one.types)


def standing_agreements(session: Session, body: Body, at: datetime) -> tuple[Agreement, ...]:
    """Return the standing no-objections of `body` that are in force at `at` (UTC)."""
    known = _known(session, body, AgreementKind.STANDING_NO_OBJECTION)
    return tuple(one for one in known if one.in_force(at))


def _known(session: Session, body: Body, kind: AgreementKind) -> tuple[Agreement, ...]:
    return tuple(one for one in cached(session, "agreements", _read) if one.body is body and one.kind is kind)


def _read(session: Session) -> tuple[Agreement, ...]:
    rows = session.execute(select(BodyAgreement.__table__).order_by(BodyAgreement.id))
    return tuple(
        Agreement(
            key=row.key,
            body=row.body,
            kind=row.kind,
            types=frozenset(AssistanceType(code) for code in row.types),
            valid_from=row.valid_from,
            ends_at=min(filter(None, (row.valid_to, row.revoked_at)), default=None),
            letter_reference=row.letter_reference,
            letter_date=row.letter_date,
        )
        for row in rows
    )
