"""The agreements on record, as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.reference.models import BodyAgreement

#: More agreements than any body will ever have given; the page stays one page.
MOST_SHOWN = 200


class Standing(StrEnum):
    """Whether an agreement counts."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    ENDED = "ended"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement with the names of those who recorded and revoked it."""

    row: BodyAgreement
    standing: Standing
    recorded_by: str
    revoked_by: str | None


def agreements_on_record(session: Session) -> Sequence[AgreementRow]:
    """Return every agreement, the newest first: one statement."""
    recorded, revoked = aliased(User), aliased(User)
    statement = (
        select(BodyAgreement, recorded.name, revoked.name)
        .join(recorded, recorded.id == BodyAgreement.recorded_by_id)
        .outerjoin(revoked, revoked.id == BodyAgreement.revoked_by_id)
        .order_by(BodyAgreement.id.desc())
        .limit(MOST_SHOWN)
    )
    at = now()
    return [AgreementRow(row, standing_of(row, at), by, end) for row, by, end in session.execute(statement)]


def agreement_for(session: Session, key: str) -> BodyAgreement:
    """Return one agreement.

    Raises:
        NotFound: there is none with this key.
    """
    found = session.scalars(select(BodyAgreement).where(BodyAgreement.key == key)).one_or_none()
    if found is None:
        raise NotFound
    return found


def standing_of(row: BodyAgreement, at: datetime) -> Standing:
    """Return whether an agreement counts at the instant `at` (UTC)."""
    if row.revoked_at is not None:
        return Standing.REVOKED
    if at < row.valid_from:
        return Standing.TO_COME
    return Standing.ENDED if row.valid_to is not None and row.valid_to <= at else Standing.IN_FORCE
