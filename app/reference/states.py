"""States and instruments as frozen values, from memory. Every question about "the 193" leaves the demo's States out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.errors import NotFound
from app.reference.cache import cached
from app.reference.models import Instrument, StateRecord
from app.reference.vocabulary import RegionalGroup, StateStatus

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass(frozen=True, slots=True)
class StateInfo:
    """A State as pages and services need it."""

    id: int
    key: str
    alpha3: str
    alpha2: str | None
    m49: str | None
    status: StateStatus
    names: Mapping[str, str]
    formal_name_en: str
    regional_group: RegionalGroup | None
    regional_group_note: str
    admitted_on: date | None
    ldc: bool
    ldc_until: date | None
    ldc_note: str
    lldc: bool
    sids: bool
    time_zone: str
    working_days: str

    @property
    def is_demo(self) -> bool:
        """Whether it is invented."""
        return self.status is StateStatus.DEMO

    def ldc_on(self, day: date) -> bool:
        """Whether it is a least developed country on `day`."""
        return self.ldc and (self.ldc_until is None or day < self.ldc_until)


@dataclass(frozen=True, slots=True)
class InstrumentInfo:
    """An instrument as pages and services need it."""

    id: int
    key: str
    code: str
    seq: int
    in_2005_set: bool
    short_name: str
    full_title: str
    adopted_on: date
    opened_on: date | None
    in_force_on: date | None
    depositary: str
    un_depositary: bool
    subject_area: str


def state_name(state: StateInfo | StateRecord, locale: object) -> str:
    """Return the State's short name in a language.

    Args:
        state: from these queries, or a row.
        locale: a language code or a Babel locale ("fr", "zh_Hans_CN"); an unknown language gets English.
    """
    code = str(locale).replace("-", "_").split("_")[0].lower()
    language = code if code in LANGUAGES else "en"
    if isinstance(state, StateInfo):
        return state.names[language]
    return str(getattr(state, f"name_{language}"))


def all_states(session: Session, *, include_demo: bool, include_observers: bool = True) -> tuple[StateInfo, ...]:
    """Return States in the order of their codes: always the 193, on demand observers and the demo's invented States."""
    wanted = {StateStatus.MEMBER}
    wanted |= {StateStatus.OBSERVER} if include_observers else set()
    wanted |= {StateStatus.DEMO} if include_demo else set()
    return tuple(state for state in _states(session).values() if state.status in wanted)


def member_states(session: Session) -> tuple[StateInfo, ...]:
    """Return the Member States of the United Nations, "the 193": neither observers nor invented States."""
    return all_states(session, include_demo=False, include_observers=False)


def state_by_id(session: Session, state_id: int) -> StateInfo:
    """Return a State by its primary key; KeyError when there is none."""
    return _states(session)[state_id]


def state_by_code(session: Session, alpha3: str) -> StateInfo:
    """Return a State by its code of three letters.

    Raises:
        NotFound: nobody has that code.
    """
    found = next((state for state in _states(session).values() if state.alpha3 == alpha3), None)
    if found is None:
        raise NotFound
    return found


def state_choices(
    session: Session, locale: object, *, include_demo: bool, include_observers: bool = True
) -> list[tuple[str, str]]:
    """Return (code of three letters, name) for a list of choices, sorted by name; invented States stand last."""
    states = all_states(session, include_demo=include_demo, include_observers=include_observers)
    return [(state.alpha3, state_name(state, locale)) for state in by_name(states, locale)]


def by_name(states: Iterable[StateInfo], locale: object) -> list[StateInfo]:
    """Return `states` in the order of their names in a language; invented States stand last."""
    return sorted(states, key=lambda state: (state.is_demo, sorted_as(state_name(state, locale))))


def instruments(session: Session) -> tuple[InstrumentInfo, ...]:
    """Return all instruments in their order."""
    return cached(session, "instruments", _read_instruments)


def instrument_by_code(session: Session, code: str) -> InstrumentInfo:
    """Return an instrument by its code.

    Raises:
        NotFound: there is none with that code.
    """
    found = next((one for one in instruments(session) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def _states(session: Session) -> Mapping[int, StateInfo]:
    return cached(session, "states", _read_states)


def _read_states(session: Session) -> Mapping[int, StateInfo]:
    rows = session.execute(select(StateRecord.__table__).order_by(StateRecord.alpha3)).mappings()
    plain = [name for name in StateInfo.__slots__ if name != "names"]
    return {
        row["id"]: StateInfo(
            names={language: row[f"name_{language}"] for language in LANGUAGES}, **{name: row[name] for name in plain}
        )
        for row in rows
    }


def _read_instruments(session: Session) -> tuple[InstrumentInfo, ...]:
    rows = session.execute(select(Instrument.__table__).order_by(Instrument.seq)).mappings()
    return tuple(InstrumentInfo(**{name: row[name] for name in InstrumentInfo.__slots__}) for row in rows)


def sorted_as(name: str) -> str:
    """Return the value that sorts and finds "Éthiopie" beside "Ethiopie", whatever the case."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    ).casefold()
