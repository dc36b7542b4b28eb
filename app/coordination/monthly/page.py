"""Monthly lists as pages and files show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.visibility import visible_cases
from app.coordination.monthly.models import Happened, MonthlyEntry, MonthlyList
from app.foundation.errors import NotFound
from app.foundation.export import Cell, Export
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.workflow.actor import Actor

WORDS: Final = {
    Happened.RECEIVED: _l("Received"),
    Happened.DECIDED: _l("Approved or referred"),
    Happened.STARTED: _l("Delivery started"),
    Happened.DELIVERED: _l("Delivered"),
    Happened.REFUSED: _l("Refused"),
}
#: Lists on the page of all months: ten years.
MOST: Final = 120


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry with the name of its State."""

    key: str
    number: str
    title: str
    lang: str
    state: str
    happened: Happened
    on: date
    earlier: bool


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list.

    Attributes:
        figures: how many entries there are of each kind, those of earlier months among them.
        earlier: how many happened before the month.
    """

    row: MonthlyList
    month: str
    figures: Mapping[Happened, int]
    earlier: int
    entries: Sequence[EntryRow]


def lists_shown(session: Session) -> Sequence[tuple[MonthlyList, str]]:
    """Return every list with the name of its month, the newest first: one statement."""
    rows = session.scalars(select(MonthlyList).order_by(MonthlyList.month.desc()).limit(MOST))
    return [(row, month_text(row.month)) for row in rows]


def list_shown(session: Session, actor: Actor, month: date) -> ListShown:
    """Return the list of a month as `actor` may see it: two statements.

    Raises:
        NotFound: there is none.
    """
    row = session.scalars(select(MonthlyList).where(MonthlyList.month == month)).one_or_none()
    if row is None:
        raise NotFound
    statement = (
        visible_cases(actor, MonthlyEntry, AssistanceRequest.key)
        .join(MonthlyEntry, MonthlyEntry.case_id == AssistanceRequest.id)
        .where(MonthlyEntry.list_id == row.id)
        .order_by(MonthlyEntry.happened_on, MonthlyEntry.id)
    )
    locale = current_locale()
    entries = [
        EntryRow(
            key=key,
            number=one.number,
            title=one.title,
            lang=one.lang,
            state=state_name(state_by_id(session, one.state_id), locale),
            happened=one.happened,
            on=one.happened_on,
            earlier=one.happened_on < month,
        )
        for one, key in session.execute(statement)
    ]
    figures = {kind: sum(one.happened is kind for one in entries) for kind in Happened}
    return ListShown(row, month_text(month), figures, sum(one.earlier for one in entries), entries)


def list_export(shown: ListShown) -> Export:
    """Return a list as a table for a file."""
    return Export(
        name=f"monthly-{shown.row.month:%Y-%m}",
        title=str(_("Monthly list: %(month)s", month=shown.month)),
        columns=[_("Number"), _("State"), _("Request"), _("What happened"), _("Day in New York"), _("Earlier month")],
        rows=_cells(shown),
        filters=[(str(_("Month")), shown.month)],
        as_of=shown.row.frozen_at,
        readers=str(_("CTC/CTED, the Terrorism Prevention Branch and auditors")),
    )


def month_text(month: date) -> str:
    """Return a month in words, such as "October 2026"."""
    return str(format_date(month, "LLLL y"))


def _cells(shown: ListShown) -> Iterator[Sequence[Cell]]:
    for one in shown.entries:
        earlier = str(_("Yes")) if one.earlier else ""
        yield (one.number, one.state, one.title, str(WORDS[one.happened]), one.on, earlier)
