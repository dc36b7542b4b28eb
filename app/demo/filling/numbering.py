"""Numbers of filled cases: they continue those of each year, in the order in which the cases were submitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.casework.models import NumberCounter
from app.casework.numbers import VIENNA
from app.foundation.db import insert_unless_there


class NumbersTaken(RuntimeError):
    """Somebody submitted a request while cases were filled: the numbers of the batch are no longer the next ones."""


class Numbers:
    """The numbers of a batch. What was the last number of each year before it is settled before it is built."""

    def __init__(self, before: Mapping[int, int]) -> None:
        self._before = dict(before)
        self._last: dict[int, int] = {}

    def take(self, at: datetime) -> str:
        """Return the next number of the year in which `at` lies in Vienna; see `casework.numbers.next_number`."""
        year = _year(at)
        self._last[year] = self._last.get(year, self._before.get(year, 0)) + 1
        return f"TPB-{year}-{self._last[year]:04d}"

    def keep(self, session: Session) -> None:
        """Write the counters on; their rows stay locked until the transaction ends.

        Raises:
            NumbersTaken: a counter is not where it was when the batch was settled.
        """
        for year, last in sorted(self._last.items()):
            session.execute(
                insert_unless_there(session, NumberCounter).values(year=year, last=0).on_conflict_do_nothing()
            )
            held = select(NumberCounter.last).where(NumberCounter.year == year).with_for_update()
            if session.scalars(held).one() != self._before.get(year, 0):
                raise NumbersTaken(year)
            session.execute(update(NumberCounter).where(NumberCounter.year == year).values(last=last))


def last_numbers(session: Session) -> dict[int, int]:
    """Return the last number given in each year."""
    return {counter.year: counter.last for counter in session.scalars(select(NumberCounter))}


def after(before: Mapping[int, int], submitted: Iterable[datetime | None]) -> dict[int, int]:
    """Return the last numbers once requests were submitted at these instants; None for a draft."""
    last = dict(before)
    for at in submitted:
        if at is not None:
            last[_year(at)] = last.get(_year(at), 0) + 1
    return last


def _year(at: datetime) -> int:
    return at.astimezone(VIENNA).year
