"""The page of one State in words: what it is, its instruments with the gaps first, its requests and activities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.page import TONES, due_known_to, status_text
from app.casework.texts import TYPE_TEXTS
from app.foundation.clock import now
from app.foundation.formatting import date_filter, date_text, listed
from app.foundation.i18n import LOCALES, Language, current_locale
from app.reference.events import EventInfo, events_of
from app.reference.states import LANGUAGES, InstrumentInfo, StateInfo, instruments, state_by_code, state_name
from app.reference.texts import REGIONAL_GROUPS, STATE_STATUSES
from app.reference.treaties import StatusCell
from app.reference.treaty_matrix import in_force_for, status_on
from app.reference.vocabulary import CellStatus, StateStatus
from app.states.cases import cases_of
from app.states.marks import GAPS, MARKS, Mark, basis_text, consent_text
from app.workflow.actor import Actor
from app.workflow.states import ENDED


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """One instrument of the State; `help_url` leads its own people to a new request about a gap."""

    instrument: InstrumentInfo
    cell: StatusCell
    mark: Mark
    consent: str
    basis: str
    in_force: date | None
    help_url: str | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One request of the State."""

    number: str | None
    title: str | None
    lang: str
    url: str
    status: str
    tone: str
    types: str
    due_on: date | None
    paused: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """One activity on record; `host` is the name of the State where it was held."""

    event: EventInfo
    host: str
    part: str


@dataclass(frozen=True, slots=True)
class StatePage:
    """Everything that the page shows."""

    state: StateInfo
    name: str
    facts: Sequence[Mapping[str, Any]]
    gaps: Sequence[InstrumentRow]
    parties: Sequence[InstrumentRow]
    cases: Sequence[CaseLine]
    events: Sequence[EventLine]
    older_url: str | None
    own: bool
    on: date | None


def state_page(session: Session, actor: Actor, alpha3: str, on: date | None, after: str | None) -> StatePage:
    """Return the page of a State.

    Args:
        session: reading.
        actor: who looks; facts are for everybody, requests only those that they may see.
        alpha3: code of three letters.
        on: the instruments as known on that day; None for the latest that is known.
        after: key of the request after which the list goes on.

    Raises:
        NotFound: nobody has that code.
    """
    state = state_by_code(session, alpha3)
    own = actor.is_state_side and actor.state_id == state.id
    rows = _instrument_rows(session, state, own, on)
    found = cases_of(session, actor, state.id, after)
    return StatePage(
        state=state,
        name=state_name(state, current_locale()),
        facts=facts_of(state),
        gaps=[row for status in GAPS for row in rows if row.cell.status is status],
        parties=[row for row in rows if row.cell.status is CellStatus.PARTY],
        cases=[_case_line(row, found.types.get(row.id, ()), actor) for row in found.rows],
        older_url=url_for("states.state", alpha3=alpha3, after=found.older) if found.older else None,
        events=[_event_line(session, state, one) for one in events_of(session, alpha3)],
        own=own,
        on=on,
    )


def _instrument_rows(session: Session, state: StateInfo, own: bool, on: date | None) -> list[InstrumentRow]:
    (found,) = status_on(session, [state], on)
    return [
        InstrumentRow(
            instrument=one,
            cell=cell,
            mark=MARKS[cell.status],
            consent=consent_text(cell),
            basis=basis_text(cell),
            in_force=in_force_for(one, cell),
            help_url=url_for("requests.new", instrument=one.code) if own and cell.status in GAPS else None,
        )
        for one, cell in zip(instruments(session), found.cells, strict=True)
    ]


def _case_line(row: Any, types: Sequence[Any], actor: Actor) -> CaseLine:
    ended = row.state in ENDED
    return CaseLine(
        number=row.number,
        title=row.title,
        lang=row.lang,
        url=url_for("casefile.overview", key=row.key),
        status=status_text(row, actor),
        tone=TONES.get(row.state, "neutral"),
        types=listed(TYPE_TEXTS[one] for one in types),
        due_on=due_known_to(actor, row),
        paused=row.paused and not ended,
    )


def _event_line(session: Session, state: StateInfo, event: EventInfo) -> EventLine:
    host = state_name(state_by_code(session, event.host), current_locale())
    if state.alpha3 in event.participants:
        return EventLine(event, host, str(_("Took part")))
    return EventLine(event, host, str(_("Observed") if state.alpha3 in event.observers else _("Held there")))


def facts_of(state: StateInfo) -> list[dict[str, Any]]:
    """Return question and answer of each fact about the State that its page tells; dated flags as of today."""
    group = REGIONAL_GROUPS[state.regional_group] if state.regional_group else None
    rows = [
        (_("Kind"), STATE_STATUSES[state.status], None),
        (_("Regional group"), group, state.regional_group_note),
        (_("Admitted to the United Nations"), date_filter(state.admitted_on) if state.admitted_on else None, None),
        (_("Least developed country"), _ldc(state), state.ldc_note),
        (_("Landlocked developing country"), _("Yes") if state.lldc else _("No"), None),
        (_("Small island developing State"), _("Yes") if state.sids else _("No"), None),
    ]
    hidden = {_("Admitted to the United Nations")} if state.status is not StateStatus.MEMBER else set()
    return [{"key": key, "value": value, "note": note} for key, value, note in rows if key not in hidden]


def _ldc(state: StateInfo) -> str:
    today = now().date()
    if not state.ldc:
        return str(_("No"))
    if state.ldc_until is None:
        return str(_("Yes"))
    day = date_text(state.ldc_until)
    if state.ldc_on(today):
        return str(_("Yes, until it graduates on %(day)s", day=day))
    return str(_("No longer: graduated on %(day)s", day=day))


def names_of(state: StateInfo) -> list[tuple[Language, str]]:
    """Return (language, name) in the six languages."""
    spoken = {one.code: one for one in LOCALES}
    return [(spoken[language], state.names[language]) for language in LANGUAGES]
