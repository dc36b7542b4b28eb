"""The pages of the dashboard: which figures each shows, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.dashboards.cards import Bar, Card, Maker, percent, spread
from app.dashboards.coverage import coverage, of_both
from app.dashboards.days import percentile
from app.dashboards.frame import Frame
from app.dashboards.measures import MEASURES, requests, times
from app.dashboards.measures.base import Tallies, Tally, tally, total
from app.dashboards.measures.consultations import CONSULTED, NOT_CONSULTED, STANDING
from app.dashboards.measures.delivery import MOVED, ON_TIME
from app.dashboards.measures.money import BY_DONOR
from app.dashboards.measures.requests import AGES, IN_TIME, LATE, NEVER, RETURNED
from app.dashboards.texts import STAGE_TEXTS
from app.foundation.formatting import number

#: Rows of a card whose parts are States or people.
MOST_ROWS: Final = 25


def tally_codes(session: Session, frame: Frame, codes: Sequence[str]) -> Mapping[str, Tallies]:
    """Return the figures with these codes: one statement."""
    return tally(session, frame, [MEASURES[code] for code in codes])


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """One page.

    Attributes:
        name: in addresses.
        codes: the measures that it shows.
        make: makes its cards.
        people: whether parts are officers, whose names it needs.
        count: counts its figures, by code and part: (session, frame, codes).
    """

    name: str
    title: Any
    codes: Sequence[str]
    make: Callable[[Maker], Sequence[Card]]
    people: bool = False
    count: Callable[[Session, Frame, Sequence[str]], Mapping[str, Tallies]] = tally_codes


def cards_of(session: Session, frame: Frame, page: DashboardPage, tallies: Mapping[str, Tallies]) -> Sequence[Card]:
    """Return the cards of a page with its figures: one statement where they need the names of people."""
    people = names_of(session, tallies) if page.people else {}
    return page.make(Maker(session, frame, tallies, people))


def names_of(session: Session, tallies: Mapping[str, Tallies]) -> dict[str, str]:
    """Return the names of the officers among the parts: one statement."""
    ids = {int(part) for parts in tallies.values() for part in parts if part.isdigit()}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {str(row.id): row.name for row in rows}


def _overview(maker: Maker) -> Sequence[Card]:
    older = [name for name, _most in AGES[2:]]
    return [
        maker.card("received", headline=maker.count("received")),
        maker.card("requesting", headline=maker.count("requesting")),
        maker.card("stages", _stages(maker)),
        maker.card("open-age", maker.bars("open-age", late=older, all_parts=True), maker.count("open-age")),
        maker.card("open-state", maker.bars("open-state"), maker.count("open-state")),
        _kept(maker, "acknowledged"),
        _kept(maker, "screened"),
        *(_times(maker, code) for code in ("decided", "decided-with-pauses")),
        maker.card(
            "returned",
            maker.bars("returned", whole=True, all_parts=True),
            maker.share("returned", NEVER, (NEVER, RETURNED)),
        ),
        maker.card("outcomes", maker.bars("outcomes", whole=True), maker.count("outcomes")),
        maker.card("reasons", maker.bars("reasons", most=MOST_ROWS), maker.count("reasons")),
    ]


def _stages(maker: Maker) -> list[Bar]:
    """Return how many requests reached each stage, or a later one."""
    parts = maker.tallies["stages"]
    whole = total(parts).number
    bars = []
    for place, words in STAGE_TEXTS.items():
        reached = [one for one in STAGE_TEXTS if one >= place]
        value = sum(parts.get(one, Tally()).number for one in reached)
        share = 100 * value / whole if whole else 0
        bars.append(
            Bar(str(words), value, number(value), maker.url("stages", ",".join(reached)), percent(value, whole), share)
        )
    return bars


def _kept(maker: Maker, code: str) -> Card:
    bars = maker.bars(code, whole=True, late=[LATE], all_parts=True)
    return maker.card(code, bars, maker.share(code, IN_TIME, (IN_TIME, LATE)))


def _times(maker: Maker, code: str) -> Card:
    """Return a card of working days: the median, and beyond what nine of ten do not go."""
    counts = spread(maker, code)
    several = sum(times for _days, times in counts)
    median, ninetieth = percentile(counts, 0.5), percentile(counts, 0.9)
    note = ""
    if MEASURES[code].kind == "cases":
        note = str(ngettext("%(num)s request", "%(num)s requests", several))
    shown = "–" if median is None else str(ngettext("%(num)s working day", "%(num)s working days", median))
    headline = Bar(str(_("Median")), -1 if median is None else median, shown, maker.url(code), note)
    if ninetieth is None or median is None:
        return maker.card(code, (), headline)
    longest = max(ninetieth, 1)
    rows = ((str(_("Median")), median), (str(_("90th percentile")), ninetieth))
    return maker.card(
        code,
        [Bar(label, days, number(days), maker.url(code), "", 100 * days / longest) for label, days in rows],
        headline,
    )


def _time(maker: Maker) -> Sequence[Card]:
    return [
        maker.card("parties", _parties(maker)),
        maker.card("breaches", maker.bars("breaches"), maker.count("breaches")),
    ]


def _parties(maker: Maker) -> list[Bar]:
    """Return the time with each party in days, with its share of the whole."""
    parts = maker.tallies["parties"]
    whole, longest = total(parts).amount, max((one.amount for one in parts.values()), default=0)
    bars = []
    for party, one in sorted(parts.items(), key=lambda item: -item[1].amount):
        days = round(one.amount / times.DAY, 1)
        shown = str(_("%(days)s days", days=number(days)))
        share = 100 * one.amount / longest if longest else 0
        bars.append(
            Bar(
                maker.label("parties", party),
                days,
                shown,
                maker.url("parties", party),
                percent(one.amount, whole),
                share,
            )
        )
    return bars


def _consultations(maker: Maker) -> Sequence[Card]:
    every = (CONSULTED, NOT_CONSULTED)
    return [
        maker.card("consultations", maker.bars("consultations", whole=True), maker.count("consultations")),
        _times(maker, "consultation-days"),
        maker.card(
            "approved-consulted",
            maker.bars("approved-consulted", whole=True, late=[NOT_CONSULTED], all_parts=True),
            maker.share("approved-consulted", CONSULTED, every),
        ),
        maker.card("fast-lane", headline=maker.count("fast-lane")),
        maker.card("objections", maker.bars("objections", late=[STANDING], all_parts=True), maker.count("objections")),
    ]


def _delivery(maker: Maker) -> Sequence[Card]:
    return [
        maker.card("assisted", headline=maker.count("assisted")),
        maker.card("activities-type", maker.bars("activities-type"), maker.count("activities-type")),
        maker.card("activities-scope", maker.bars("activities-scope"), maker.count("activities-scope")),
        maker.card("people-profession", maker.bars("people-profession"), maker.count("people-profession")),
        maker.card("people-gender", maker.bars("people-gender", whole=True), maker.count("people-gender")),
        maker.card("people-state", maker.bars("people-state", most=MOST_ROWS), maker.count("people-state")),
        maker.card(
            "on-time",
            maker.bars("on-time", whole=True, late=[MOVED], all_parts=True),
            maker.share("on-time", ON_TIME, (ON_TIME, MOVED)),
        ),
        maker.card("confirmed", maker.bars("confirmed", whole=True, all_parts=True), maker.count("confirmed")),
    ]


def _money(maker: Maker) -> Sequence[Card]:
    return [
        *(maker.card(code, maker.bars(code, most=100)) for code in BY_DONOR),
        maker.card("unfunded", maker.bars("unfunded")),
        _waiting(maker),
    ]


def _waiting(maker: Maker) -> Card:
    """Return how many requests wait for money, and how long the median one waits."""
    counts = spread(maker, "unfunded-days")
    median = percentile(counts, 0.5)
    note = "" if median is None else str(ngettext("%(num)s day", "%(num)s days", median))
    one = maker.count("unfunded-days", str(_("Median")))
    return maker.card("unfunded-days", (), replace(one, note=note))


def _workload(maker: Maker) -> Sequence[Card]:
    return [
        maker.card("workload", maker.bars("workload", most=100), maker.count("workload")),
        maker.card("overdue", maker.bars("overdue", most=100), maker.count("overdue")),
        maker.card("covered", maker.bars("covered", most=100), maker.count("covered")),
    ]


_REQUESTS: Final = tuple(one.code for one in requests.MEASURES)
#: In the order of their tabs; the first is where the dashboard begins.
PAGES: Final[tuple[DashboardPage, ...]] = (
    DashboardPage("requests", _l("Requests"), _REQUESTS, _overview),
    DashboardPage("time", _l("Time"), ("parties", "breaches"), _time),
    DashboardPage(
        "consultations",
        _l("Consultations"),
        ("consultations", "consultation-days", "approved-consulted", "fast-lane", "objections"),
        _consultations,
    ),
    DashboardPage(
        "delivery",
        _l("Delivery"),
        (
            *("assisted", "activities-type", "activities-scope", "people-profession", "people-gender", "people-state"),
            *("on-time", "confirmed"),
        ),
        _delivery,
    ),
    DashboardPage("coverage", _l("Coverage"), ("requesting", "assisted"), coverage, count=of_both),
    DashboardPage("money", _l("Money"), (*BY_DONOR, "unfunded", "unfunded-days"), _money),
    DashboardPage("workload", _l("Workload"), ("workload", "overdue", "covered"), _workload, people=True),
)
PAGE_OF: Final = {page.name: page for page in PAGES}
#: On which page a figure stands.
PAGE_OF_FIGURE: Final = {code: page.name for page in reversed(PAGES) for code in page.codes}
