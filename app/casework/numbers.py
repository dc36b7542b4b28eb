"""Request numbers: TPB-2026-0001, in the order of submission, without gaps."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.casework.models import NumberCounter
from app.foundation.db import insert_unless_there

#: The year of a number is the year at TPB's duty station.
VIENNA = ZoneInfo("Europe/Vienna")


def next_number(session: Session, at: datetime) -> str:
    """Take the next number in the year of Vienna in which `at` lies.

    The counter's row stays locked until the submitting transaction ends, so a rolled-back submission leaves no gap.

    Args:
        at: the instant of submission, aware.
    """
    year = at.astimezone(VIENNA).year
    statement = (
        insert_unless_there(session, NumberCounter)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=[NumberCounter.year], set_={"last": NumberCounter.last + 1})
        .returning(NumberCounter.last)
    )
    return f"TPB-{year}-{session.execute(statement).scalar_one():04d}"
