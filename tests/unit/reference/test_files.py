"""The files that come with the product, and comparison with an independent table of codes."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from app.reference.parsing.events import OTHER_NAMES, read_events
from app.reference.parsing.holidays import read_holidays
from app.reference.parsing.instruments import read_instruments
from app.reference.parsing.states import StateRow, read_demo_states, read_states
from app.reference.parsing.treaties import read_acts, read_listings
from app.reference.texts import REGIONAL_GROUPS
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.reference.zones import data_file, zones_by_country

SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK"}


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data_file(name).decode())))


def names_of(state: StateRow) -> set[str]:
    return {getattr(state, f"name_{code}") for code in ("en", "fr", "es", "ru", "ar", "zh")}


@pytest.fixture(scope="module")
def states() -> list[StateRow]:
    return [row for _, row in read_states(data_file("member_states.csv"))[1]]


@pytest.fixture(scope="module")
def invented() -> list[StateRow]:
    return [row for _, row in read_demo_states(data_file("demo_states.csv"))[1]]


@pytest.mark.parametrize(
    ("reader", "name", "count"),
    [
        (read_states, "member_states.csv", 195),
        (read_demo_states, "demo_states.csv", 12),
        (read_instruments, "instruments.csv", 19),
        (read_acts, "treaty_status.csv", 1166),
        (read_acts, "treaty_status_partial.csv", 136),
        (read_acts, "demo_treaty_status.csv", 175),
        (read_listings, "treaty_party_snapshots.csv", 686),
        (read_listings, "demo_treaty_snapshots.csv", 121),
        (read_holidays, "un_holidays_samples.csv", 27),
        (read_events, "tpb_events_2003_2007.csv", 17),
    ],
)
def test_every_row_is_read(reader: object, name: str, count: int) -> None:
    file, rows = reader(data_file(name))  # type: ignore[operator]
    assert not file.errors
    assert not [error for row in file.rows for error in row.errors]
    assert len(rows) == count == len(file.rows)


def test_every_file_has_its_provenance() -> None:
    folder = Path(__file__).parents[3] / "app" / "reference" / "data"
    readme = (folder / "README.md").read_text("utf-8")
    assert [file.name for file in folder.iterdir() if file.suffix == ".csv" and f"`{file.name}`" not in readme] == []


def test_193_members_and_2_observers(states: list[StateRow]) -> None:
    assert Counter(state.status for state in states) == {StateStatus.MEMBER: 193, StateStatus.OBSERVER: 2}
    assert all((state.regional_group is None) == (state.status is StateStatus.OBSERVER) for state in states)


def test_codes_equal_those_of_an_independent_table(states: list[StateRow]) -> None:
    # The table of OCHA in the installed hdx-python-country, read as a file: its loader leaves the file open.
    found = next(one for one in files("hdx.location").iterdir() if one.name.endswith("C&T Taxonomy.csv"))
    table = {row["ISO 3166-1 Alpha 3-Codes"]: row for row in csv.DictReader(io.StringIO(found.read_text("utf-8")))}
    ours = {state.alpha3: (state.alpha2, int(state.m49 or 0)) for state in states}
    theirs = {code: table[code] for code in ours}
    assert ours == {
        code: (row["ISO 3166-1 Alpha 2-Codes"], int(row["m49 numerical code"])) for code, row in theirs.items()
    }


def test_graduation_ends_the_flag_on_its_day(states: list[StateRow]) -> None:
    ends = {state.alpha3: state.ldc_until for state in states if state.ldc_until}
    decided = date(2026, 11, 24)
    assert ends == {"BGD": decided, "LAO": decided, "NPL": decided, "STP": date(2024, 12, 13)}


def test_time_zones_are_those_of_the_zone_database(states: list[StateRow]) -> None:
    listed = zones_by_country()
    assert [state.alpha3 for state in states if state.time_zone not in listed[state.alpha2 or ""]] == []
    chosen = {row["alpha3"]: row["chosen_for"] for row in rows_of("state_time_zones.csv")}
    several = {state.alpha3 for state in states if len(listed[state.alpha2 or ""]) > 1}
    # A choice among several zones says for which place it was made.
    assert {code for code, place in chosen.items() if place} == several


def test_the_week_of_real_states_is_the_default(states: list[StateRow]) -> None:
    assert {state.working_days for state in states} == {"1111100"}


def test_invented_states_keep_apart(states: list[StateRow], invented: list[StateRow]) -> None:
    assert len(invented) == 12
    assert all("XAA" <= state.alpha3 <= "XZZ" and state.alpha2 is None and state.m49 is None for state in invented)
    assert all("invented" in state.source for state in invented)
    real = {getattr(state, f"name_{code}") for state in states for code in ("en", "fr", "es", "ru", "ar", "zh")}
    assert not real & {
        getattr(state, f"name_{code}") for state in invented for code in ("en", "fr", "es", "ru", "ar", "zh")
    }
    assert {state.regional_group for state in invented} == set(RegionalGroup)
    assert sum(state.ldc for state in invented) >= 2
    assert any(state.sids for state in invented)
    assert any(state.lldc for state in invented)
    for name in ("demo_treaty_status.csv", "demo_treaty_snapshots.csv"):
        assert {row["source"] for row in rows_of(name)} == {"invented for the demo"}


def test_invented_treaty_status_has_every_cell_and_unknown_ones(invented: list[StateRow]) -> None:
    acts = {(row["alpha3"], row["instrument"]) for row in rows_of("demo_treaty_status.csv")}
    listings = {(row["alpha3"], row["instrument"]): row["status"] for row in rows_of("demo_treaty_snapshots.csv")}
    assert len(acts | listings.keys()) == 12 * 19
    assert {"unknown", "not party", "signatory"} <= set(listings.values())


def test_names_are_written_in_their_script(states: list[StateRow], invented: list[StateRow]) -> None:
    for state in (*states, *invented):
        for language, script in SCRIPTS.items():
            letters = [sign for sign in getattr(state, f"name_{language}") if sign.isalpha()]
            assert letters
            assert all(unicodedata.name(sign).startswith(script) for sign in letters), state.alpha3


def test_every_state_of_an_event_is_known_by_its_name(states: list[StateRow]) -> None:
    known = {state.name_en: state.alpha3 for state in states} | OTHER_NAMES
    named = {
        name
        for _, event in read_events(data_file("tpb_events_2003_2007.csv"))[1]
        for name in (event.host, *event.participants, *event.observers)
    }
    assert named - known.keys() == set(), "say in OTHER_NAMES which States these are"
    assert set(OTHER_NAMES) <= named
    assert set(OTHER_NAMES.values()) <= {state.alpha3 for state in states}


def test_every_regional_group_has_a_name() -> None:
    assert REGIONAL_GROUPS.keys() == set(RegionalGroup)
