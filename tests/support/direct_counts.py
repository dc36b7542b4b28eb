"""The figures of the dashboard once more, computed in plain Python from whole tables.

Nothing of the product's own selects is used; where a figure counts working days they are walked one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.foundation.db import Base
from app.workflow.workdays import WorkCalendar

Counts = dict[str, tuple[int, int]]
VIENNA: Final = ZoneInfo("Europe/Vienna")
NEW_YORK: Final = ZoneInfo("America/New_York")
_ENDED: Final = {
    "closed",
    "not_eligible",
    "declined",
    "referred",
    "merged",
    "withdrawn",
    "discontinued",
    "lapsed",
    "discarded",
}
_UNSENT: Final = {"draft", "awaiting_mission"}
_DECISIONS: Final = {"approve", "decline", "refer", "find_ineligible"}
_STAGE: Final = {"accept": 1, "consult": 2, "put_for_decision": 3, **dict.fromkeys(_DECISIONS, 4),
                 "supply": 5, "report_delivered": 5, "close": 6}  # fmt: skip


class Tables:
    """Every row that a figure may need, as plain values, and the questions that figures ask of them."""

    def __init__(
        self, session: Session, asked: Any, at: datetime, tpb: WorkCalendar, headquarters: WorkCalendar
    ) -> None:
        self._session, self.asked, self.at = session, asked, at
        self.tpb, self.headquarters = tpb, headquarters
        self.history: dict[int, list[Any]] = defaultdict(list)
        for row in sorted(self.rows("case_history"), key=lambda one: one.seq):
            self.history[row.case_id].append(row)
        self.states = {one.id: one for one in self.rows("states")}
        self.counted = {one.id: one for one in self.rows("cases") if self._counts(one)}
        self.cases = {key: one for key, one in self.counted.items() if self.fits(one.state_id)}

    def rows(self, name: str) -> list[Any]:
        """Every row of a table."""
        table = Base.metadata.tables[name]
        assert isinstance(table, Table)
        return list(self._session.execute(select(table)))

    def of_cases(self, name: str) -> list[tuple[Any, Any]]:
        """Every row of a table that hangs on a case that counts and fits the filters, with its case."""
        return [(self.cases[one.case_id], one) for one in self.rows(name) if one.case_id in self.cases]

    def _counts(self, case: Any) -> bool:
        types = {one.type for one in self.rows_of_types() if one.case_id == case.id}
        return (
            case.number is not None and case.state not in {"merged", "discarded"} and self.asked.type in {None, *types}
        )

    def rows_of_types(self) -> list[Any]:
        """Every type of every case."""
        if not hasattr(self, "_types"):
            self._types = self.rows("case_types")
        return self._types

    def fits(self, state_id: int) -> bool:
        """Whether a State is among those that were asked for."""
        state, asked = self.states[state_id], self.asked
        kind = bool(state.status == "demo") is bool(asked.origin == "demo")
        groups, codes = (None, state.regional_group), (None, state.alpha3)
        return bool(kind and asked.group in groups and asked.member_state in codes)

    def within(self, moment: datetime | date | None) -> bool:
        """Whether an instant, or a day, lies in the period."""
        if moment is None:
            return False
        if isinstance(moment, datetime):
            return bool(self.asked.begins <= moment < self.asked.ends)
        return bool(self.asked.since <= moment < self.asked.until)

    def received_day(self, case: Any) -> date:
        """The day in Vienna from which a case counts."""
        if case.counts_from is None and case.received_on is not None:
            return date.fromisoformat(str(case.received_on))
        began: datetime = case.counts_from or case.submitted_at
        return began.astimezone(VIENNA).date()

    def received(self) -> list[Any]:
        """The cases received in the period."""
        found = []
        for case in self.cases.values():
            paper = case.counts_from is None and case.received_on is not None
            if self.within(case.received_on if paper else case.counts_from or case.submitted_at):
                found.append(case)
        return found

    def first(self, case: Any, *actions: str) -> Any:
        """The first entry of one of `actions`."""
        return next((one for one in self.history[case.id] if one.action in actions), None)

    def pauses(self, case: Any) -> set[date]:
        """The days in Vienna on which the clock of a case stood."""
        spans = [
            (one.started_at, one.ended_at)
            for one in self.rows("case_stays")
            if one.case_id == case.id and one.state in {"returned", "on_hold"}
        ]
        spans += [
            (one.asked_at, one.answered_at or one.closed_at)
            for one in self.rows("case_questions")
            if one.case_id == case.id and one.blocking
        ]
        days: set[date] = set()
        for start, end in spans:
            day, last = start.astimezone(VIENNA).date(), (end or self.at + timedelta(days=1)).astimezone(VIENNA).date()
            while day <= last:
                days.add(day)
                day += timedelta(days=1)
        return days


def working_days(calendar: WorkCalendar, first: date, last: date, without: Iterable[date] = ()) -> int:
    """Working days after `first` up to `last`, walked one by one."""
    closed, left_out, day, count = calendar.closed_days(first), set(without), first, 0
    while day < last:
        day += timedelta(days=1)
        count += day.weekday() in calendar.weekdays and day not in closed and day not in left_out
    return count


def tallied(parts: Iterator[tuple[Any, int]]) -> Counts:
    """Return how often each part comes, and the sum of its amounts."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for part, amount in parts:
        text = "" if part is None else str(getattr(part, "value", part))
        number, together = found[text]
        found[text] = (number + 1, together + amount)
    return dict(found)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1))


def of_requests(t: Tables) -> dict[str, Counts]:
    """Indicators 1 to 9."""
    here, received = t.at.astimezone(VIENNA).date(), t.received()
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for case in received:
        found["received"].append(("all", 0))
        taken, left = t.first(case, "take_up"), _left_screening(t, case)
        found["acknowledged"].append((_in_time(t, t.received_day(case), taken, here, 2), 0))
        if taken is not None:
            found["screened"].append((_in_time(t, taken.at.astimezone(VIENNA).date(), left, here, 5), 0))
        returned = t.first(case, "return_for_information") is not None
        found["returned"].append(("returned" if returned else "never" if left else "waiting", 0))
        found["stages"].append((max(_STAGE.get(one.action, 0) for one in t.history[case.id]), 0))
    found["requesting"] = [(state, 0) for state in {case.state_id for case in received}]
    for case in t.cases.values():
        if case.state not in _ENDED | _UNSENT:
            age = working_days(t.tpb, t.received_day(case), here, t.pauses(case))
            named = "0-10" if age <= 10 else "11-30" if age <= 30 else "31-60" if age <= 60 else "over-60"
            found["open-age"].append((named, 0))
            found["open-state"].append((case.state, 0))
        if case.state in _ENDED and t.within(case.ended_at):
            found["outcomes"].append((case.state, 0))
            if case.state in {"declined", "not_eligible", "referred", "discontinued"}:
                found["reasons"].append((f"{case.state.value}|{_reason(t, case)}", 0))
        decided = t.first(case, *_DECISIONS)
        if decided is not None and t.within(decided.at):
            span = t.received_day(case), decided.at.astimezone(VIENNA).date()
            found["decided"].append((working_days(t.tpb, *span, t.pauses(case)), 0))
            found["decided-with-pauses"].append((working_days(t.tpb, *span), 0))
    return {code: tallied(iter(parts)) for code, parts in found.items()}


def _left_screening(t: Tables, case: Any) -> Any:
    left = (one for one in t.history[case.id] if one.from_state == "screening" and one.to_state != "screening")
    return next(left, None)


def _in_time(t: Tables, first: date, entry: Any, here: date, most: int) -> str:
    days = working_days(t.tpb, first, entry.at.astimezone(VIENNA).date() if entry else here)
    return "late" if days > most else "in_time" if entry else "waiting"


def _reason(t: Tables, case: Any) -> str:
    if case.state == "declined":
        rows = [one for one in t.rows("type_decisions") if one.case_id == case.id and not one.approved]
    else:
        rows = [one for one in t.rows("outcome_proposals") if one.case_id == case.id]
    if not rows:
        return ""
    last = max(one.seq for one in rows)
    return str(min((one for one in rows if one.seq == last), key=lambda one: one.id).reason.value)


def of_times(t: Tables) -> dict[str, Counts]:
    """Indicators 7, 27 and 28."""
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for case in t.received():
        spent: dict[str, int] = defaultdict(int)
        for one in t.rows("case_stays"):
            if one.case_id == case.id and one.state not in _ENDED | _UNSENT:
                spent[one.party.value] += seconds(one.ended_at or t.at) - seconds(one.started_at)
        found["parties"] += list(spent.items())
    for _case, one in t.of_cases("case_alerts"):
        if one.kind == "passed" and t.within(one.due_at or one.raised_at):
            found["breaches"].append((one.limit_key, 0))
    cover = {one.absent_id: one.stand_in_id for one in t.rows("stand_ins") if one.starts_at <= t.at < one.ends_at}
    for case in t.cases.values():
        if case.state in _ENDED | _UNSENT:
            continue
        found["workload"].append((case.officer_id, 0))
        if case.due_at is not None and case.due_at <= t.at:
            found["overdue"].append((case.officer_id, 0))
        if case.officer_id in cover:
            found["covered"].append((cover[case.officer_id], 0))
    return {code: tallied(iter(parts)) for code, parts in found.items()}
