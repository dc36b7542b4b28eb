"""Figures and lists of records as files, with what narrows them and when they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.texts import TYPE_TEXTS
from app.dashboards.asking import ORIGIN_TEXTS
from app.dashboards.cards import Card
from app.dashboards.frame import Frame
from app.dashboards.measures.base import Measure
from app.dashboards.pages import DashboardPage
from app.dashboards.shown import columns_of
from app.dashboards.texts import FIGURES
from app.foundation.export import Cell, Export
from app.foundation.formatting import date_text
from app.foundation.i18n import current_locale
from app.reference.states import state_by_code, state_name
from app.reference.texts import REGIONAL_GROUPS


def figures(session: Session, frame: Frame, page: DashboardPage, cards: Sequence[Card]) -> Export:
    """Return the figures of a page, a row for each number."""
    return Export(
        name=f"figures-{page.name}",
        title=str(_("Figures: %(subject)s", subject=page.title)),
        columns=[
            *(_("Indicator"), _("Figure"), _("Part"), _("Value"), _("As shown"), _("Share or number")),
            *(_("Target"), _("Definition")),
        ],
        rows=_numbers(cards),
        filters=filters(session, frame),
        as_of=frame.at,
        readers=readers(),
    )


def records(session: Session, frame: Frame, measure: Measure, part: str, rows: Iterable[object]) -> Export:
    """Return the records behind a number, a row for each.

    Args:
        part: in words; empty for all parts.
        rows: read while the file is written.
    """
    title, columns = str(FIGURES[measure.code].title), columns_of(measure)
    return Export(
        name=f"records-{measure.code}",
        title=f"{title}: {part}" if part else title,
        columns=[str(column.label) for column in columns],
        rows=(tuple(column.cell(session, row) for column in columns) for row in rows),
        filters=filters(session, frame),
        as_of=frame.at,
        readers=readers(),
    )


def filters(session: Session, frame: Frame) -> list[tuple[str, str]]:
    """Return what narrows the figures, in words."""
    asked = frame.asked
    found = [
        (str(_("From")), date_text(asked.since)),
        (str(_("Until, this day not counted")), date_text(asked.until)),
        (str(_("Kind of State")), str(ORIGIN_TEXTS[asked.origin])),
    ]
    if asked.group:
        found.append((str(_("Regional group")), str(REGIONAL_GROUPS[asked.group])))
    if asked.type:
        found.append((str(_("Type of assistance")), str(TYPE_TEXTS[asked.type])))
    if asked.member_state:
        state = state_by_code(session, asked.member_state)
        found.append((str(_("State")), state_name(state, current_locale())))
    return found


def readers() -> str:
    """Return who may read such a file."""
    return str(_("Managers, the chief of the Branch, programme support and auditors"))


def _numbers(cards: Sequence[Card]) -> Iterator[Sequence[Cell]]:
    for card in cards:
        for bar in [*([card.headline] if card.headline else []), *card.bars]:
            value = None if bar.value == -1 else bar.value
            shown = bar.shown.striptags() if isinstance(bar.shown, Markup) else bar.shown
            yield (card.indicator, card.title, bar.label, value, shown, bar.note, card.target, card.definition)
