"""What a figure is: a select of records, each in one part. The number counts what the list shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Select, String, cast, column, func, literal, select, union_all, values
from sqlalchemy.orm import Session

from app.dashboards.frame import Frame

#: The part of a figure that has only one, and in addresses all parts together.
ALL: Final = "all"


_SEVERAL: Final = re.compile(r"[0-9](,[0-9])+")


class Kind(StrEnum):
    """Of what records a figure is made."""

    CASES = "cases"
    STATES = "states"
    CONSULTATIONS = "consultations"
    ACTIVITIES = "activities"
    PEOPLE = "people"
    ALERTS = "alerts"
    ALLOCATIONS = "allocations"
    LINES = "lines"


#: A record, its part and its amount.
Found = tuple[int, str, int]
#: Sorts what the database answers into a part that is shown: (frame, session) -> (answered -> part).
Bucket = Callable[[str], str]
BucketOf = Callable[[Session, Frame], Bucket]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure or table of figures.

    Attributes:
        code: in addresses and files.
        indicator: its number in the list of definitions.
        kind: of what records it is made.
        rows: the select of its records: `record` (id in the table of the kind), `part` (text), `amount` (whole number).
        found: computes the same where no select can; instead of `rows`.
        bucket: where parts come from something that the database does not know, such as working days.
        summed: its figure is the sum of the amounts, not the number of records.
    """

    code: str
    indicator: int
    kind: Kind
    rows: Callable[[Frame], Select[Any]] | None = None
    bucket: BucketOf | None = None
    summed: bool = False
    found: Callable[[Session, Frame], Sequence[Found]] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records a part has, and the sum of their amounts."""

    number: int = 0
    amount: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.number + other.number, self.amount + other.amount)


Tallies = Mapping[str, Tally]


def record(record_id: Any, part: Any = ALL, amount: Any = 0) -> tuple[Any, Any, Any]:
    """Return the three columns of a select of records."""
    shown = literal(part, String()) if isinstance(part, str) else cast(part, String)
    number = literal(amount, BigInteger()) if isinstance(amount, int) else cast(amount, BigInteger)
    return record_id.label("record"), shown.label("part"), number.label("amount")


def tally(session: Session, frame: Frame, measures: Iterable[Measure]) -> dict[str, dict[str, Tally]]:
    """Return the figures of `measures`, by code and part: one statement for all of them.

    Of records that are States each counts once, however many rows it has.
    """
    wanted = list(measures)
    found: dict[str, dict[str, Tally]] = {one.code: {} for one in wanted}
    selects = []
    for one in wanted:
        if one.rows is None:
            continue
        rows = one.rows(frame).subquery()
        counted = (literal(one.code, String()).label("code"), rows.c.part, func.count().label("number"))
        selects.append(select(*counted, func.coalesce(func.sum(rows.c.amount), 0)).group_by(rows.c.part))
    buckets = {one.code: one.bucket(session, frame) for one in wanted if one.bucket}
    for code, part, number, amount in session.execute(union_all(*selects)) if selects else ():
        shown = buckets[code](part) if code in buckets else part
        parts = found[code]
        parts[shown] = parts.get(shown, Tally()) + Tally(int(number), int(amount))
    for one in wanted:
        for _record, part, amount in one.found(session, frame) if one.found else ():
            found[one.code][part] = found[one.code].get(part, Tally()) + Tally(1, amount)
    return found


def total(parts: Tallies) -> Tally:
    """Return all parts together."""
    return sum(parts.values(), Tally())


def rows_of(session: Session, frame: Frame, measure: Measure, part: str) -> Select[Any]:
    """Return the select of the records of one part, or of several with commas between them; of all for `ALL`."""
    rows = _select_of(session, frame, measure).subquery()
    chosen = select(rows.c.record, rows.c.part, rows.c.amount)
    if part == ALL:
        return chosen
    parts = parts_of(part)
    if measure.bucket is None:
        return chosen.where(rows.c.part.in_(parts))
    bucket = measure.bucket(session, frame)
    answered = session.scalars(select(rows.c.part).distinct())
    return chosen.where(rows.c.part.in_([one for one in answered if bucket(one) in parts]))


def _select_of(session: Session, frame: Frame, measure: Measure) -> Select[Any]:
    """Return the select of the records of a figure; what was computed stands in the statement itself."""
    if measure.rows is not None:
        return measure.rows(frame)
    found = list(measure.found(session, frame)) if measure.found else []
    columns = (column("record", BigInteger), column("part", String), column("amount", BigInteger))
    told = values(*columns, name="told", literal_binds=True).data(found or [(0, "", 0)]).cte("told")
    return select(told.c.record, told.c.part, told.c.amount).where(told.c.record > 0)


def parts_of(part: str) -> list[str]:
    """Return the parts that an address names: one, or several stages such as "3,4,5,6"."""
    return part.split(",") if _SEVERAL.fullmatch(part) else [part]
