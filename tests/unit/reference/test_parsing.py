"""Bad files are refused row by row, with line, column and what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation import clock
from app.reference.parsing.holidays import read_holidays
from app.reference.parsing.states import STATES_HEADER, read_demo_states, read_states
from app.reference.parsing.table import CsvFile, read_csv
from app.reference.parsing.treaties import COMPLETE_HEADER, as_of_day, read_acts, read_listings
from app.reference.texts import ROW_ERRORS
from app.reference.zones import data_file

ACT = "BOMBINGS_1997,AFG,Afghanistan,accession,2003-09-24,1,2014-03-19,depositary"


def acts(*lines: str) -> bytes:
    return "\n".join([",".join(COMPLETE_HEADER), *lines]).encode()


def faults(file: CsvFile) -> list[tuple[int, str, str]]:
    found = [*file.errors, *(error for row in file.rows for error in row.errors)]
    assert all(error.code in ROW_ERRORS for error in found)
    return [(error.line, error.column, error.code) for error in found]


def test_a_good_row_is_read() -> None:
    file, rows = read_acts(acts(ACT))
    assert faults(file) == []
    assert (rows[0][0], rows[0][1].participant, rows[0][1].acted_on) == (2, "AFG", date(2003, 9, 24))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", (1, "", "header")),
        (b"instrument,alpha3\nX,Y\n", (1, "", "header")),
        (",".join(COMPLETE_HEADER).encode(), (1, "", "empty")),
        (acts(ACT) + b"\n\xff\xfe", (3, "", "not_utf8")),
        (acts(ACT, '"never closed'), (3, "", "not_csv")),
        (acts(ACT, "BOMBINGS_1997,AFG"), (3, "", "cells")),
        (acts(ACT.replace("2003-09-24", "24.9.2003")), (2, "date", "date")),
        (acts(ACT.replace("2003-09-24", "2003-02-30")), (2, "date", "date")),
        (acts(ACT.replace("2003-09-24", "20030924")), (2, "date", "date")),
        (acts(ACT.replace("2003-09-24", "")), (2, "date", "required")),
        (acts(ACT.replace("2003-09-24", "2026-03-03")), (2, "date", "future")),
        (acts(ACT.replace(",1,", ",yes,")), (2, "un_member", "flag")),
        (acts(ACT.replace("accession", "joined")), (2, "action", "choice")),
        (acts(ACT.replace("AFG", "AF")), (2, "alpha3", "pattern")),
        (acts(ACT.replace("depositary", "")), (2, "source", "required")),
        (acts(ACT.replace("Afghanistan", "Afg\u202ehan")), (2, "participant_name", "control")),
    ],
)
def test_a_fault_names_its_line_and_column(content: bytes, fault: tuple[int, str, str]) -> None:
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        file, _ = read_acts(content)
    assert faults(file) == [fault]


def test_every_bad_row_is_reported_not_only_the_first() -> None:
    file, rows = read_acts(acts(ACT.replace("AFG", "af"), ACT, ACT.replace("accession", "")))
    assert faults(file) == [(2, "alpha3", "pattern"), (4, "action", "required")]
    assert [line for line, _ in rows] == [3]


def test_line_numbers_are_those_of_the_file_also_behind_a_quoted_line_break() -> None:
    file, _ = read_listings(b'instrument,alpha3,status,as_of,source\nA,BCD,party,2013,"x\ny"\nA,BCD,maybe,2013,x\n')
    assert (4, "status", "choice") in faults(file)


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    file, rows = read_acts(b"\xef\xbb\xbf" + acts(ACT).replace(b"\n", b"\r\n"))
    assert faults(file) == []
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-03-19", date(2014, 3, 19)),
        ("2016-05", date(2016, 5, 1)),
        ("2013", date(2013, 1, 1)),
        ("c. 2022", date(2022, 1, 1)),
        ("undated; FCDO crawl 2022-03", date(2022, 3, 1)),
        ("undated copy", None),
        ("2022-13", None),
    ],
)
def test_as_of_texts(text: str, day: date | None) -> None:
    assert as_of_day(text) == day


def test_a_real_state_may_not_take_an_invented_code_and_the_other_way_round() -> None:
    lines = data_file("member_states.csv").decode().splitlines()
    file, _ = read_states("\n".join([lines[0], lines[1].replace("AFG", "XAF")]).encode())
    assert (2, "iso_alpha3", "real_code") in faults(file)
    demo = data_file("demo_states.csv").decode().splitlines()
    file, _ = read_demo_states("\n".join([demo[0], demo[1].replace("XTV", "AFG")]).encode())
    assert faults(file) == [(2, "alpha3", "demo_code")]


def test_a_member_needs_group_and_admission() -> None:
    lines = data_file("member_states.csv").decode().splitlines()
    cells = lines[1].split(",")
    cells[STATES_HEADER.index("un_regional_group")] = ""
    cells[STATES_HEADER.index("un_admission_date")] = ""
    file, rows = read_states("\n".join([lines[0], ",".join(cells)]).encode())
    assert {column for _, column, code in faults(file) if code == "required"} >= {"un_regional_group"}
    assert rows == []


def test_a_holiday_outside_its_year_is_a_fault() -> None:
    file, rows = read_holidays(b"duty_station,year,date,name,source\nVienna,2026,2025-12-25,Christmas,x\n")
    assert faults(file) == [(2, "date", "other_year")]
    assert rows == []


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    file = read_csv(content, COMPLETE_HEADER)
    assert file.errors or file.rows
    read_acts(",".join(COMPLETE_HEADER).encode() + b"\n" + content)
