"""What the pages of limits show: the figures in force, what was and will be, and what a change means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.administration.commands import ChangeLimit
from app.casework.texts import limit_text, party_text
from app.foundation.clock import now
from app.foundation.errors import FieldError, InvalidCommand
from app.foundation.formatting import listed
from app.reference.calendars import work_calendar
from app.reference.limits import DEFAULTS, LimitAmounts, check_amounts, has_begun, read_limits, with_amounts
from app.reference.models import LimitSetting
from app.reference.vocabulary import DutyStation
from app.workflow.calendar import in_force
from app.workflow.model import Limit
from app.workflow.vocabulary import LimitKey, Party, Unit
from app.workflow.workdays import DayCount, WorkCalendar, add_months

#: Figures in the order of the page.
FIGURES = {
    "span": _l("Limit"),
    "urgent": _l("When the request is urgent"),
    "reminders": _l("Reminders after"),
    "reminders_left": _l("Reminders before the end"),
    "more_time": _l("More time"),
    "second_round": _l("Second round"),
    "escalations": _l("The next level is told after"),
    "last": _l("An answer is waited for at most"),
}
_HOLDERS_AT_HEADQUARTERS = (Party.CTC_CTED, Party.OLA)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit in the list."""

    key: str
    name: str
    holder: str
    figures: str
    since: date | None
    next_from: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One set of figures in the history of a limit; `status` is a word."""

    valid_from: date | None
    figures: Sequence[tuple[str, str]]
    status: str
    reason: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change means for a stay that begins on its first day: when it ends as it is, and as it will be."""

    begins_on: date
    ends_now: date
    ends_then: date
    calendar: str


def limit_rows(session: Session) -> list[LimitRow]:
    """Return every limit with its figures of today: one statement."""
    today = now().date()
    found = []
    for key, lines in _lines(session).items():
        line = in_force(lines, today) or lines[0]
        later = [one.valid_from for one in lines if one.valid_from is not None and one.valid_from > today]
        found.append(
            LimitRow(
                key=key.value,
                name=limit_text(key),
                holder=party_text(line.holder),
                figures=amount_text(line),
                since=line.valid_from,
                next_from=min(later, default=None),
            )
        )
    return found


def limit_lines(session: Session, key: LimitKey) -> list[Line]:
    """Return what was, is and will be in force of a limit, the latest first, with who set it: two statements."""
    today = now().date()
    lines = _lines(session)[key]
    current = in_force(lines, today) or lines[0]
    rows = session.execute(
        select(LimitSetting, User.name)
        .outerjoin(User, User.id == LimitSetting.set_by)
        .where(LimitSetting.limit_key == key)
        .order_by(LimitSetting.valid_from.desc(), LimitSetting.id.desc())
    ).all()
    found = []
    for row, name in rows:
        line = with_amounts(DEFAULTS[key], LimitAmounts.model_validate(row.amounts), row.valid_from)
        status = _("Replaced before it counted") if row.superseded_at else _status(row.valid_from, current, today)
        found.append(Line(row.valid_from, figures_of(line), str(status), row.reason, name, row.set_at))
    default = _("In force") if current.valid_from is None else _("Earlier")
    return [*found, Line(None, figures_of(DEFAULTS[key]), str(default), "", None, None)]


def current_line(session: Session, key: LimitKey) -> Limit:
    """Return the line of a limit that counts for what begins today."""
    lines = _lines(session)[key]
    return in_force(lines, now().date()) or lines[0]


def meaning_of(session: Session, command: ChangeLimit) -> Meaning:
    """Return what a change means for something that begins on its first day.

    Raises:
        InvalidCommand: the figures contradict each other, or the day has begun somewhere.
    """
    if has_begun(command.valid_from):
        raise InvalidCommand(FieldError("valid_from", "not_in_the_past"))
    check_amounts(DEFAULTS[command.key], command.amounts)
    lines = _lines(session)[command.key]
    before = in_force(lines, command.valid_from) or lines[0]
    after = with_amounts(DEFAULTS[command.key], command.amounts, command.valid_from)
    calendar = _example_calendar(session, before.holder)
    day = command.valid_from
    return Meaning(day, _end(before, calendar, day), _end(after, calendar, day), calendar.name)


def amount_text(limit: Limit) -> str:
    """Return the length of a limit in words."""
    return in_unit(limit.span.amount, limit.span.unit)


def in_unit(amount: int, unit: Unit) -> str:
    """Return so many working days, days or months in words."""
    if unit is Unit.WORKING_DAYS:
        return str(ngettext("%(num)s working day", "%(num)s working days", amount))
    if unit is Unit.DAYS:
        return str(ngettext("%(num)s day", "%(num)s days", amount))
    return str(ngettext("%(num)s month", "%(num)s months", amount))


def figures_of(limit: Limit) -> list[tuple[str, str]]:
    """Return the figures of a line with their names, those that it has."""
    found = []
    for name, label in FIGURES.items():
        value: Any = getattr(limit, name)
        if value is None or value == ():
            continue
        words = listed(value) if isinstance(value, tuple) else in_unit(value.amount, value.unit)
        found.append((str(label), words))
    return found


def _lines(session: Session) -> dict[LimitKey, list[Limit]]:
    found: dict[LimitKey, list[Limit]] = {}
    for limit in read_limits(session):
        found.setdefault(limit.key, []).append(limit)
    return found


def _status(valid_from: date, current: Limit, today: date) -> Any:
    if valid_from > today:
        return _("To come")
    return _("In force") if valid_from == current.valid_from else _("Earlier")


def _example_calendar(session: Session, holder: Party) -> WorkCalendar:
    """Whose days the example counts: of a duty station, or of a State without holidays of its own."""
    if holder in {Party.STATE, Party.OTHER_STATE}:
        return WorkCalendar("state", "UTC")
    station = DutyStation.NEW_YORK if holder in _HOLDERS_AT_HEADQUARTERS else DutyStation.VIENNA
    return work_calendar(session, station)


def _end(limit: Limit, calendar: WorkCalendar, day: date) -> date:
    if limit.span.unit is Unit.MONTHS:
        return add_months(day, limit.span.amount)
    return DayCount(calendar, day, limit.span.unit).nth(limit.span.amount) or day + timedelta(days=limit.span.amount)
