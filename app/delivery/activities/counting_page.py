"""What the forms about one activity show at first, and which States its people can have come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.activities.models import Activity, ParticipantCount
from app.delivery.activities.recording import coming_from
from app.delivery.activities.vocabulary import ActivityStatus
from app.foundation.clock import now
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name


def hold_data(row: Activity) -> Mapping[str, Any]:
    """Return what is known of the days of an activity: those planned, as far as they have come."""
    today, held = now().date(), row.status is ActivityStatus.HELD
    days = {"began_on": row.starts_on, "ended_on": row.ends_on}
    known = {name: day.isoformat() for name, day in days.items() if held or day <= today}
    return {**known, "outcome": row.outcome}


def count_data(session: Session, row: Activity) -> dict[str, Any]:
    """Return the people counted so far: one statement; nobody yet begins with a row of the host."""
    statement = select(ParticipantCount).where(ParticipantCount.activity_id == row.id).order_by(ParticipantCount.id)
    rows = [
        {
            "state": state_by_id(session, one.from_state_id).alpha3 if one.from_state_id else "",
            "profession": one.profession.value,
            "gender": one.gender.value,
            "number": str(one.number),
        }
        for one in session.scalars(statement)
    ]
    nobody = row.counted_at is not None and not rows
    return {"rows": rows or [{"state": state_by_id(session, row.state_id).alpha3}], "nobody": nobody}


def states_of(session: Session, row: Activity) -> list[tuple[str, str]]:
    """Return the States from which people can have come, by code and name, the host first: one statement."""
    ids = coming_from(session, row)
    named = [(code, state_name(state_by_id(session, one), current_locale()), one) for code, one in ids.items()]
    return [(code, name) for code, name, _id in sorted(named, key=lambda one: (one[2] != row.state_id, one[1]))]
