"""Importers of treaty status: dated acts, complete lists, lists without dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.reference.importing.common import Job, refuse_duplicates, shown, without_bad_rows
from app.reference.models import Instrument, StateRecord, TreatyAct, TreatyList, TreatyListing
from app.reference.parsing.treaties import COMPLETE_HEADER, ActRow, ListingRow, read_acts, read_listings
from app.reference.treaty_rules import Provenance
from app.reference.vocabulary import ActEffect, StateStatus

#: Participants in treaties that are neither Member nor observer States; they count among "all participants" only.
OTHER_PARTICIPANTS = {"COK": "Cook Islands", "NIU": "Niue"}

ActKey = tuple[int, str, ActEffect]


@dataclass(frozen=True, slots=True)
class Register:
    """Ids by code of what the rows refer to."""

    instruments: Mapping[str, int]
    adopted: Mapping[str, date]
    states: Mapping[str, int]
    demo_codes: frozenset[str]

    @classmethod
    def of(cls, job: Job) -> Register:
        """Read the ids."""
        instruments = job.session.execute(select(Instrument.code, Instrument.id, Instrument.adopted_on)).all()
        states = job.session.execute(select(StateRecord.alpha3, StateRecord.id, StateRecord.status)).all()
        return cls(
            {code: id_ for code, id_, _ in instruments},
            {code: adopted for code, _, adopted in instruments},
            {alpha3: id_ for alpha3, id_, _ in states},
            frozenset(alpha3 for alpha3, _, status in states if status is StateStatus.DEMO),
        )

    def check(self, job: Job, line: int, row: ActRow | ListingRow) -> None:
        """Note a fault for a code that nobody knows, and for an act under an instrument that did not exist yet."""
        adopted = self.adopted.get(row.instrument, date.min)
        if isinstance(row, ActRow) and row.acted_on < adopted:
            job.fault(line, "date", "before_adoption", value=row.acted_on.isoformat(), adopted=adopted.isoformat())
        if row.instrument not in self.instruments:
            job.fault(line, "instrument", "unknown_instrument", value=row.instrument)
        if row.participant not in self.states and row.participant not in OTHER_PARTICIPANTS:
            job.fault(line, "alpha3", "unknown_state", value=row.participant)


def import_acts(job: Job, content: bytes, *, complete: bool | None = None) -> int:
    """Read dated acts.

    Args:
        job: the running import.
        content: the file.
        complete: whether the file names every participant of each instrument in it; None reads it from the header
            (only complete lists have the column `un_member`).

    Returns:
        the number of rows.
    """
    file, rows = read_acts(content)
    job.take_faults(file)
    register = Register.of(job)
    for line, row in rows:
        register.check(job, line, row)
    refuse_duplicates(job, "action", ((line, (row.instrument, row.participant, row.effect)) for line, row in rows))
    rows = without_bad_rows(job, rows)
    # A list from which rows are left out names not every participant any more.
    is_complete = not job.left_out and (file.header == COMPLETE_HEADER if complete is None else complete)
    lists = _complete_lists(job, rows) if is_complete and not job.errors else {}
    held = {one.instrument_id: one for one in job.session.scalars(_current(TreatyList))}
    _refuse_older(job, register, rows, lists, held)
    if not job.errors:
        _store_acts(job, register, [row for _, row in rows], lists, held)
    return len(file.rows)


def import_listings(job: Job, content: bytes) -> int:
    """Read lists without dates. Returns the number of rows."""
    file, rows = read_listings(content)
    job.take_faults(file)
    register = Register.of(job)
    for line, row in rows:
        register.check(job, line, row)
    keyed = ((line, (row.instrument, row.participant, row.said_by.source)) for line, row in rows)
    refuse_duplicates(job, "alpha3", keyed)
    rows = without_bad_rows(job, rows)
    if job.errors:
        return len(file.rows)
    stored = {
        (one.instrument_id, one.participant, one.source): one for one in job.session.scalars(_current(TreatyListing))
    }
    for _, listing in rows:
        instrument_id = register.instruments[listing.instrument]
        values = {"status": listing.status, **_columns(listing.said_by)}
        made = {"instrument_id": instrument_id, "participant": listing.participant} | values
        made["state_id"] = register.states.get(listing.participant)
        key = (instrument_id, listing.participant, listing.said_by.source)
        _replace(job, TreatyListing, f"{listing.instrument} {listing.participant}", stored.get(key), made, values)
    return len(file.rows)


def _complete_lists(job: Job, rows: list[tuple[int, ActRow]]) -> dict[str, Provenance]:
    """The one as-of date of each complete list in the file."""
    lists: dict[str, tuple[int, Provenance]] = {}
    for line, row in rows:
        first_line, first = lists.setdefault(row.instrument, (line, row.said_by))
        if row.said_by.as_of is None:
            job.fault(line, "as_of", "undated_complete", value=row.said_by.as_of_text)
        elif row.said_by.as_of != first.as_of:
            job.fault(line, "as_of", "one_date", first=first_line, value=first.as_of_text)
    return {code: said_by for code, (_, said_by) in lists.items()}


def _refuse_older(
    job: Job,
    register: Register,
    rows: list[tuple[int, ActRow]],
    lists: Mapping[str, Provenance],
    held: Mapping[int, TreatyList],
) -> None:
    if not job.refuse_older:
        return
    for code, said_by in lists.items():
        older = held.get(register.instruments[code])
        if older is not None and older.as_of is not None and said_by.rank < older.as_of:
            line = next(line for line, row in rows if row.instrument == code)
            job.fault(line, "as_of", "older_list", held=older.as_of.isoformat(), value=said_by.as_of_text)


def _store_acts(
    job: Job,
    register: Register,
    rows: list[ActRow],
    lists: Mapping[str, Provenance],
    held: Mapping[int, TreatyList],
) -> None:
    stored = {(one.instrument_id, one.participant, one.effect): one for one in job.session.scalars(_current(TreatyAct))}
    named: set[ActKey] = set()
    for row in rows:
        instrument_id = register.instruments[row.instrument]
        key = (instrument_id, row.participant, row.effect)
        if _overtaken(row, held.get(instrument_id), register):
            job.counts.unchanged += 1
            continue
        named.add(key)
        values = {
            "participant_name": row.participant_name,
            "kind": row.kind,
            "acted_on": row.acted_on,
            **_columns(row.said_by),
        }
        made = {"instrument_id": instrument_id, "participant": row.participant, "effect": row.effect} | values
        made["state_id"] = register.states.get(row.participant)
        _replace(job, TreatyAct, f"{row.instrument} {row.participant} {row.effect}", stored.get(key), made, values)
    for code, said_by in lists.items():
        instrument_id = register.instruments[code]
        if _hold_list(job, instrument_id, said_by, held.get(instrument_id)):
            _drop_unnamed(job, code, said_by, _acts_of(stored, instrument_id, register), lambda key: key in named)


def _overtaken(row: ActRow, held: TreatyList | None, register: Register) -> bool:
    """Whether a newer complete list has replaced what this row says. Complete lists do not speak of invented States."""
    return (
        held is not None
        and held.as_of is not None
        and row.said_by.rank < held.as_of
        and row.participant not in register.demo_codes
    )


def _hold_list(job: Job, instrument_id: int, said_by: Provenance, held: TreatyList | None) -> bool:
    """Record that a complete list is held; False when a newer one is."""
    if held is not None:
        if said_by.rank < (held.as_of or date.min):
            return False
        if (held.source, held.as_of_text) == (said_by.source, said_by.as_of_text):
            return True
        held.superseded_at = job.at
    job.pending.append(TreatyList(instrument_id=instrument_id, recorded_at=job.at, **_columns(said_by)))
    return True


def _acts_of(stored: Mapping[ActKey, TreatyAct], instrument_id: int, register: Register) -> dict[ActKey, TreatyAct]:
    return {
        key: act
        for key, act in stored.items()
        if key[0] == instrument_id and act.participant not in register.demo_codes
    }


def _drop_unnamed(
    job: Job, code: str, said_by: Provenance, acts: Mapping[ActKey, TreatyAct], named: Callable[[ActKey], bool]
) -> None:
    """Close acts that a newer complete list no longer names; what a still newer list says stays."""
    for key, act in acts.items():
        if not named(key) and (act.as_of or date.min) <= said_by.rank:
            act.superseded_at = job.at
            job.counts.note(f"{code} {act.participant} {act.effect}", f"{act.kind} {act.acted_on}", None)


def _replace(
    job: Job, model: type[Any], name: str, held: Any, made: Mapping[str, Any], compared: Mapping[str, Any]
) -> None:
    """Put a new row beside the one held, which is closed; an older statement changes nothing."""
    if held is not None:
        before = {column: getattr(held, column) for column in compared if getattr(held, column) != compared[column]}
        if not before or (made["as_of"] or date.min) < (held.as_of or date.min):
            job.counts.unchanged += 1
            return
        held.superseded_at = job.at
        job.counts.note(name, shown(before), shown({column: compared[column] for column in before}))
    else:
        job.counts.note(name, None, shown(compared))
    job.pending.append(model(**made, recorded_at=job.at))


def _columns(said_by: Provenance) -> dict[str, Any]:
    return {"source": said_by.source, "as_of": said_by.as_of, "as_of_text": said_by.as_of_text}


def _current(model: type[Any]) -> Any:
    return select(model).where(model.superseded_at.is_(None))
