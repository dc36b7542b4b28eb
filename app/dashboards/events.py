"""What published sources report of the years before: figures over the events on record, with the events behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.dashboards.cards import Bar, Card
from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.foundation.formatting import number
from app.foundation.i18n import current_locale
from app.reference.events import EventInfo, all_events
from app.reference.states import sorted_as, state_by_code, state_name

#: Words for how far an event reached, as the list of events writes it.
SCOPE_TEXTS: Final = {
    "national": _l("National"),
    "subregional": _l("Subregional"),
    "regional": _l("Regional"),
    "international": _l("International"),
}
#: In addresses: events whose date was not published.
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event with the names of its States."""

    event: EventInfo
    host: str
    states: Sequence[str]
    observers: Sequence[str]
    scope: str


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Figures over all events, and the events that an address asks for.

    Attributes:
        states: names of the States of these events, each once.
        chosen: what is asked for, in words; empty for all.
    """

    cards: Sequence[Card]
    rows: Sequence[EventRow]
    states: Sequence[str]
    chosen: str


def year_of(event: EventInfo) -> str:
    """Return the year in which an event began, or that it is not known."""
    return str(event.started_on.year) if event.started_on else UNDATED


def states_of(event: EventInfo) -> frozenset[str]:
    """Return the codes of the States that held an event or took part in it; observers are not among them."""
    return frozenset({event.host, *event.participants})


def events_page(session: Session, year: str | None, scope: str | None) -> EventsPage:
    """Return the figures and the events of a year and a scope, from memory."""
    everything = all_events(session)
    chosen = [one for one in everything if year in (None, year_of(one)) and scope in (None, one.scope)]
    codes = {code for one in chosen for code in states_of(one)}
    said = [year_text(year)] if year else []
    said += [scope_text(scope)] if scope else []
    rows = [
        _row(session, one) for one in sorted(chosen, key=lambda one: (year_of(one), one.started_on or now().date()))
    ]
    return EventsPage(_cards(everything), rows, _names(session, codes), ", ".join(said))


def year_text(year: str) -> str:
    """Return a year in words."""
    return str(_("Date not published")) if year == UNDATED else year


def scope_text(scope: str) -> str:
    """Return how far an event reached in words."""
    return str(SCOPE_TEXTS.get(scope, scope))


def _cards(events: Sequence[EventInfo]) -> list[Card]:
    years = sorted({year_of(one) for one in events})
    states = {year: set[str]().union(*(states_of(one) for one in events if year_of(one) == year)) for year in years}
    scopes = {scope: sum(one.scope == scope for one in events) for scope in _scopes(events)}
    return [
        _card(
            "states-by-year",
            str(_("States by year")),
            str(_("States that held an event or took part in one, each once a year; observers are not counted.")),
            [(year_text(year), len(found), {"year": year}) for year, found in states.items()],
        ),
        _card(
            "events-by-scope",
            str(_("Events by scope")),
            str(_("All events on record, by how far they reached.")),
            [(scope_text(scope), count, {"scope": scope}) for scope, count in scopes.items()],
        ),
    ]


def _scopes(events: Sequence[EventInfo]) -> list[str]:
    found = {one.scope for one in events}
    return [*(one for one in SCOPE_TEXTS if one in found), *sorted(found - set(SCOPE_TEXTS))]


def _card(code: str, title: str, definition: str, rows: Sequence[tuple[str, int, dict[str, Any]]]) -> Card:
    longest = max((count for _words, count, _address in rows), default=1)
    bars = [
        Bar(words, count, number(count), url_for("dashboards.events", **address), "", 100 * count / longest)
        for words, count, address in rows
    ]
    return Card(code, title, definition, "", None, bars=bars)


def _row(session: Session, event: EventInfo) -> EventRow:
    host = _names(session, {event.host})[0]
    took_part, observed = _names(session, set(event.participants)), _names(session, set(event.observers))
    return EventRow(event, host, took_part, observed, scope_text(event.scope))


def _names(session: Session, codes: set[str]) -> list[str]:
    locale = current_locale()
    return sorted((state_name(state_by_code(session, code), locale) for code in codes), key=sorted_as)


def events_export(page: EventsPage) -> Export:
    """Return the events as a file."""
    return Export(
        name="events",
        title=str(_("Events of the years before")),
        columns=[
            *(_("Code"), _("Event"), _("Kind"), _("Scope"), _("City"), _("Host"), _("First day"), _("Last day")),
            *(_("States that took part"), _("Observers"), _("Outcome"), _("Source")),
        ],
        rows=_cells(page),
        filters=[(str(_("Events")), page.chosen)] if page.chosen else [],
        as_of=now(),
        readers=str(_("Everybody: the sources are public")),
    )


def _cells(page: EventsPage) -> Iterator[Sequence[Cell]]:
    for row in page.rows:
        one = row.event
        yield (
            *(one.code, one.title, one.kind, row.scope, one.city, row.host, one.started_on, one.ended_on),
            *("; ".join(row.states), "; ".join(row.observers), one.outcome, one.source),
        )
