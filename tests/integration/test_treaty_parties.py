"""The as-of query against counts made directly from the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.reference import cache
from app.reference.commands import LoadBundle
from app.reference.services import load_bundle
from app.reference.states import all_states, state_by_code
from app.reference.treaties import Participants, parties_on, status_of
from app.reference.vocabulary import CellBasis, CellStatus
from app.reference.zones import data_file
from app.workflow.actor import SYSTEM

RESOLUTION_DAY = date(2005, 7, 22)
IN_COMPLETE_LIST = (
    "PROTECTED_PERSONS_1973",
    "HOSTAGES_1979",
    "BOMBINGS_1997",
    "FINANCING_1999",
    "NUCLEAR_TERRORISM_2005",
)
NO_LIST = {
    *("AIRPORTS_1988", "SUA_1988", "PLATFORMS_1988", "PLASTIC_EXPLOSIVES_1991"),
    *("BEIJING_CONVENTION_2010", "BEIJING_PROTOCOL_2010", "MONTREAL_PROTOCOL_2014"),
}
ACTS = list(csv.DictReader(io.StringIO(data_file("treaty_status.csv").decode())))
DAYS = (
    date(1977, 2, 20),
    date(1993, 9, 1),
    date(2001, 12, 31),
    date(2005, 7, 21),
    RESOLUTION_DAY,
    date(2006, 10, 22),
    date(2006, 10, 23),
    date(2012, 1, 25),
    date(2014, 1, 27),
)


@pytest.fixture
def session(app_context: Flask) -> Iterator[Session]:
    cache.forget()
    load_bundle(SYSTEM, LoadBundle(demo=True))
    yield read_session()
    cache.forget()


def counted_in_file(instrument: str, day: date, *, members_only: bool) -> set[str]:
    """Count as one would by hand: any line that is not a signature, up to the day."""
    return {
        row["alpha3"]
        for row in ACTS
        if row["instrument"] == instrument
        and row["action"] not in ("signature", "succession to signature")
        and date.fromisoformat(row["date"]) <= day
        and (row["un_member"] == "1" or not members_only)
    }


@pytest.mark.parametrize("instrument", IN_COMPLETE_LIST)
def test_parties_equal_the_file_on_every_day(session: Session, instrument: str) -> None:
    for day in DAYS:
        members = parties_on(session, instrument, day)
        everybody = parties_on(session, instrument, day, participants=Participants.ALL)
        assert members.codes == counted_in_file(instrument, day, members_only=True), day
        assert everybody.codes == counted_in_file(instrument, day, members_only=False), day
        assert (members.complete, members.undated) == (True, 0)


def test_parties_on_the_day_of_the_resolution(session: Session) -> None:
    counts = [parties_on(session, code, RESOLUTION_DAY).count for code in IN_COMPLETE_LIST]
    assert counts == [156, 149, 139, 137, 0]
    # Cook Islands ratified in 2004: a participant, not a Member State.
    assert parties_on(session, "FINANCING_1999", RESOLUTION_DAY, participants=Participants.ALL).count == 138


def test_invented_states_are_in_no_count_of_parties(session: Session) -> None:
    invented = {state.alpha3 for state in all_states(session, include_demo=True) if state.is_demo}
    ids = {state.id for state in all_states(session, include_demo=True) if state.is_demo}
    for code in (*IN_COMPLETE_LIST, "TOKYO_1963"):
        found = parties_on(session, code, date(2025, 12, 31), participants=Participants.ALL)
        assert not found.codes & invented
        assert not found.state_ids & ids


def test_a_list_without_dates_says_so(session: Session) -> None:
    hague = parties_on(session, "HAGUE_1970", date(2020, 1, 1))
    assert (hague.count, hague.undated, hague.as_of, hague.complete) == (183, 183, None, False)
    assert parties_on(session, "HAGUE_1970", RESOLUTION_DAY).count == 0


def test_a_day_after_the_list_is_not_complete(session: Session) -> None:
    later = parties_on(session, "NUCLEAR_TERRORISM_2005", date(2024, 1, 1))
    assert (later.complete, later.as_of) == (False, date(2014, 7, 10))
    assert later.count > parties_on(session, "NUCLEAR_TERRORISM_2005", date(2014, 7, 10)).count


def test_no_such_instrument(session: Session) -> None:
    with pytest.raises(NotFound):
        parties_on(session, "SUA_1989", RESOLUTION_DAY)


def test_cells_of_one_state_carry_source_and_date(session: Session) -> None:
    cells = {cell.instrument_code: cell for cell in status_of(session, state_by_code(session, "ALB").id)}
    assert len(cells) == 19
    assert {code for code, cell in cells.items() if cell.basis is CellBasis.NO_LIST} >= NO_LIST
    for cell in cells.values():
        assert (cell.source == "") == (cell.basis is CellBasis.NO_LIST)
        if cell.basis is CellBasis.NO_LIST:
            assert cell.status is CellStatus.UNKNOWN
    bombings = cells["BOMBINGS_1997"]
    assert (bombings.status, bombings.consent_on, bombings.as_of_text) == (
        CellStatus.PARTY,
        date(2002, 1, 22),
        "2014-03-19",
    )


def test_unknown_is_not_read_as_not_a_party(session: Session) -> None:
    # The list of the nuclear material convention breaks off inside the alphabet; Uruguay is behind that.
    uruguay = {cell.instrument_code: cell for cell in status_of(session, state_by_code(session, "URY").id)}
    assert uruguay["CPPNM_1980"].status is CellStatus.UNKNOWN
    ecuador = {cell.instrument_code: cell for cell in status_of(session, state_by_code(session, "ECU").id)}
    assert (ecuador["CPPNM_1980"].status, ecuador["CPPNM_1980"].basis) == (CellStatus.UNKNOWN, CellBasis.PARTIAL_LIST)


def test_cells_on_a_day(session: Session) -> None:
    albania = state_by_code(session, "ALB").id
    then = {cell.instrument_code: cell.status for cell in status_of(session, albania, RESOLUTION_DAY)}
    assert then["NUCLEAR_TERRORISM_2005"] is CellStatus.NOT_PARTY
    assert then["FINANCING_1999"] is CellStatus.PARTY
    assert then["HAGUE_1970"] is CellStatus.UNKNOWN
    assert all(then[code] is CellStatus.UNKNOWN for code in NO_LIST)


def test_both_ways_of_asking_agree(session: Session) -> None:
    for code in IN_COMPLETE_LIST:
        parties = parties_on(session, code, RESOLUTION_DAY)
        for state in all_states(session, include_demo=False)[::14]:
            cell = next(one for one in status_of(session, state.id, RESOLUTION_DAY) if one.instrument_code == code)
            assert (cell.status is CellStatus.PARTY) == (state.id in parties.state_ids), (code, state.alpha3)


def test_invented_states_have_every_status(session: Session) -> None:
    cells = [
        cell.status
        for state in all_states(session, include_demo=True)
        if state.is_demo
        for cell in status_of(session, state.id)
    ]
    assert len(cells) == 12 * 19
    assert set(cells) == set(CellStatus)
