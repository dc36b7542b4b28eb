"""Numbers of filled cases: they continue those of each year, in the order in which the cases were submitted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.casework.models import NumberCounter
from app.casework.numbers import VIENNA
from app.foundation.db import insert_unless_there


class Numbers:
    """The counters of the years, locked from the first number of a year to the end of the transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[int, int] = {}

    def take(self, at: datetime) -> str:
        """Return the next number of the year in which `at` lies in Vienna; see `casework.numbers.next_number`."""
        year = at.astimezone(VIENNA).year
        if year not in self._last:
            begun = insert_unless_there(self._session, NumberCounter).values(year=year, last=0)
            self._session.execute(begun.on_conflict_do_nothing())
            held = select(NumberCounter.last).where(NumberCounter.year == year).with_for_update()
            self._last[year] = self._session.scalars(held).one()
        self._last[year] += 1
        return f"TPB-{year}-{self._last[year]:04d}"

    def keep(self) -> None:
        """Write the counters back."""
        for year, last in self._last.items():
            self._session.execute(update(NumberCounter).where(NumberCounter.year == year).values(last=last))
