"""What changed in a request between two revisions of it: what was submitted, then what each round of answers wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.content.labels import OTHER, Shown, field_choices, raw_value, value_of
from app.casework.models import CaseRevision
from app.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that differs."""

    label: str
    before: Shown
    now: Shown


@dataclass(frozen=True, slots=True)
class Changes:
    """What one revision changed against the one before it.

    Attributes:
        revision: number of the later one, from 2 on.
        last: number of the last revision of the request.
    """

    revision: int
    last: int
    written_at: datetime
    written_by: str | None
    fields: Sequence[ChangedField]


def changes_of(session: Session, case_id: int, revision: int | None, until: datetime | None = None) -> Changes | None:
    """Return what revision number `revision` changed: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
        revision: from 2 on; None for the last.
        until: only what was written before this instant (UTC), see `sharing.shared_until`.

    Returns:
        None when nothing was changed since the request was submitted, and no revision is named.

    Raises:
        NotFound: the request has no such revision, or none before it.
    """
    shared = true() if until is None else CaseRevision.written_at < until
    last = select(func.max(CaseRevision.revision)).where(CaseRevision.case_id == case_id, shared).scalar_subquery()
    later = last if revision is None else revision
    pair = (
        select(CaseRevision, User.name, last.label("last"))
        .outerjoin(User, User.id == CaseRevision.written_by_id)
        .where(CaseRevision.case_id == case_id, CaseRevision.revision.in_((later, later - 1)), shared)
        .order_by(CaseRevision.revision)
    )
    rows = session.execute(pair).all()
    if len(rows) < 2:
        if revision is None:
            return None
        raise NotFound
    (before, _writer, _last), (after, writer, newest) = rows
    return Changes(after.revision, newest, after.written_at, writer, _differing(before.data, after.data))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[ChangedField]:
    return [
        ChangedField(str(label), value_of(before, path), value_of(after, path))
        for path, label, _task in field_choices()
        if path != OTHER and raw_value(before, path) != raw_value(after, path)
    ]
