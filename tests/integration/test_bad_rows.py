"""Every kind of bad row in every kind of file, with its line, its column, and a sentence that says how to mend it."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.foundation.db import read_session
from app.reference.commands import ImportFile
from app.reference.models import HistoricalEvent, Holiday, StateRecord, TreatyAct, TreatyListing
from app.reference.services import import_reference
from app.reference.vocabulary import ImportKind
from app.reference.zones import data_file
from app.workflow.actor import SYSTEM

K = ImportKind
ACT: Final = b"FINANCING_1999,URY,Uruguay,accession,2004-01-08,2026-01-15,depositary"
LISTED: Final = b"HAGUE_1970,URY,party,2026-01-15,depositary"
HOLIDAY: Final = b"Vienna,2027,2027-01-06,Epiphany,circular"
EVENT: Final = b"W99,Title,workshop,national,Cairo,Egypt,2003-09-02,2003-09-04,Egypt;Sudan,,,,,,https://example.org,"
HEADERS: Final = {
    K.TREATY: b"instrument,alpha3,participant_name,action,date,as_of,source",
    K.SNAPSHOTS: b"instrument,alpha3,status,as_of,source",
    K.HOLIDAYS: b"duty_station,year,date,name,source",
    K.STATES: data_file("member_states.csv").split(b"\n")[0].strip(),
    K.EVENTS: data_file("tpb_events_2003_2007.csv").split(b"\n")[0].strip(),
}
STATE: Final = data_file("member_states.csv").split(b"\n")[1].strip()
GOOD: Final = {K.TREATY: ACT, K.SNAPSHOTS: LISTED, K.HOLIDAYS: HOLIDAY, K.STATES: STATE, K.EVENTS: EVENT}

#: kind, what is replaced in the good row by what, then the column and how the message begins.
BAD_CELLS: Final = (
    (K.TREATY, b"URY", b"QQQ", "alpha3", "There is no State with the code “QQQ”. Use its ISO code"),
    (K.TREATY, b"URY", b"uy", "alpha3", "“uy” does not have the form ABC."),
    (K.TREATY, b"FINANCING_1999", b"FINANCE", "instrument", "There is no instrument with the code “FINANCE”. Codes"),
    (K.TREATY, b"2004-01-08", b"2004-02-30", "date", "“2004-02-30” is not a date of the form 2005-07-22."),
    (K.TREATY, b"2004-01-08", b"9999-99-99", "date", "“9999-99-99” is not a date"),
    (K.TREATY, b"2004-01-08", b"", "date", "A value is missing. Fill it in."),
    (K.TREATY, b"2004-01-08", b"2099-01-08", "date", "2099-01-08 lies in the future. Enter the day"),
    (K.TREATY, b"2004-01-08", b"1999-12-08", "date", "1999-12-08 lies before 1999-12-09, when the instrument was"),
    (K.TREATY, b"accession", b"joined", "action", "“joined” is not one of: signature;"),
    (K.TREATY, b"depositary", b"=HYPERLINK(1)", "source", "“=HYPERLINK(1)” begins with a sign that a spreadsheet"),
    (K.TREATY, b"Uruguay", b"@SUM(1)", "participant_name", "“@SUM(1)” begins with a sign"),
    (K.TREATY, b"Uruguay", "Uru\u202eguay".encode(), "participant_name", "The value contains a control character or"),
    (K.TREATY, b"Uruguay", b"Uru\x00guay", "participant_name", "The value contains a control character or"),
    (K.TREATY, b"Uruguay", b"x" * 1001, "participant_name", "The value is longer than 1000 characters. Shorten it."),
    (K.TREATY, b"Uruguay", "أوروغواي".encode() * 200, "participant_name", "The value is longer than 1000"),
    (K.SNAPSHOTS, b"URY", b"QQQ", "alpha3", "There is no State with the code “QQQ”."),
    (K.SNAPSHOTS, b"party", b"perhaps", "status", "“perhaps” is not one of: party;"),
    (K.SNAPSHOTS, b"HAGUE_1970", b"", "instrument", "A value is missing."),
    (K.HOLIDAYS, b"Vienna", b"Atlantis", "duty_station", "“Atlantis” is neither a duty station nor the code"),
    (K.HOLIDAYS, b"2027-01-06", b"2026-01-06", "date", "2026-01-06 is not in the year 2027."),
    (K.HOLIDAYS, b"Epiphany", b"-1+1", "name", "“-1+1” begins with a sign"),
    (K.STATES, b"AFG", b"XAF", "iso_alpha3", "“XAF” is in the range XAA to XZZ of invented States."),
    (K.STATES, b"1946-11-19", b"1946-13-19", "un_admission_date", "“1946-13-19” is not a date"),
    (K.STATES, b"ASIA_PACIFIC", b"ATLANTIC", "un_regional_group", "“ATLANTIC” is not one of: AFRICAN;"),
    (K.EVENTS, b"Sudan", b"Atlantis", "participating_states", "No State is called “Atlantis”. Use its short name"),
    (K.EVENTS, b"2003-09-04", b"2003-09-01", "end_date", "The last day is missing, or lies before the first."),
)
#: What is wrong with a file as a whole: bytes, line, message.
BAD_FILES: Final = (
    (b"", 1, "The header row must be: instrument, alpha3,"),
    (b"\xef\xbb\xbf", 1, "The header row must be:"),
    (b"a,b\n1,2\n", 1, "The header row must be:"),
    (HEADERS[K.TREATY] + b"\n", 1, "The file has no rows below its header."),
    (HEADERS[K.TREATY].decode().encode("utf-16"), 1, "The file is not UTF-8 text. Save it again as “CSV UTF-8”."),
    (HEADERS[K.TREATY] + b"\n" + ACT.replace(b"Uruguay", b"Urugu\xe1y"), 2, "The file is not UTF-8 text."),
    (HEADERS[K.TREATY] + b'\n"' + ACT, 2, "The line is not valid CSV; most often a quotation mark is not closed"),
    (HEADERS[K.TREATY] + b"\n" + ACT + b",more", 2, "The line has 8 cells; the header has 7. Put quotation marks"),
    (HEADERS[K.TREATY] + b"\n" + ACT + b"\n" + ACT, 3, "The same entry stands on line 2 already. Remove one"),
)


@pytest.fixture
def session(app_context: Flask) -> Session:
    return read_session()


def said(kind: ImportKind, content: bytes) -> list[tuple[int, str, str]]:
    report = import_reference(SYSTEM, ImportFile(kind=kind, file_name="newer.csv", content=content))
    return [(error.line, error.column, error.message) for error in report.errors]


def counts(session: Session) -> list[int]:
    session.rollback()
    tables = (HistoricalEvent, Holiday, StateRecord, TreatyAct, TreatyListing)
    return [session.scalars(select(func.count()).select_from(table)).one() for table in tables]


def test_every_kind_of_bad_row_has_its_message_and_nothing_is_stored(app: Flask, session: Session) -> None:
    before = counts(session)
    with app.test_request_context():
        for kind, good, bad, column, message in BAD_CELLS:
            assert good in GOOD[kind]
            found = said(kind, HEADERS[kind] + b"\n" + GOOD[kind].replace(good, bad))
            assert [(line, where) for line, where, _ in found] == [(2, column)], (kind, bad, found)
            assert found[0][2].startswith(message), found
            assert len(found[0][2]) < 400
            assert "\u202e" not in found[0][2]
        for content, line, message in BAD_FILES:
            found = said(K.TREATY, content)
            assert [at for at, _, _ in found] == [line], (content, found)
            assert found[0][2].startswith(message), found
    assert counts(session) == before


def test_marks_of_windows_programs_are_no_fault(session: Session) -> None:
    before = counts(session)
    for kind in (K.TREATY, K.SNAPSHOTS, K.HOLIDAYS, K.EVENTS):
        content = b"\xef\xbb\xbf" + HEADERS[kind] + b"\r\n" + GOOD[kind] + b"\r\n"
        command = ImportFile(kind=kind, file_name="newer.csv", content=content)
        assert not import_reference(SYSTEM, command).errors, kind
    assert counts(session) > before


def test_bad_rows_are_left_out_only_on_demand(app: Flask, session: Session) -> None:
    bad = ACT.replace(b"URY", b"QQQ")
    content = b"\n".join([HEADERS[K.TREATY], bad, ACT, ACT.replace(b"2004-01-08", b"tomorrow").replace(b"URY", b"FJI")])
    command = ImportFile(kind=K.TREATY, file_name="newer.csv", content=content)
    assert len(import_reference(SYSTEM, command).errors) == 2
    report = import_reference(SYSTEM, command.model_copy(update={"leave_out": True}))
    assert (report.errors, [error.line for error in report.left_out]) == ((), [2, 4])
    assert report.new + report.changed == 1
    hopeless = command.model_copy(update={"leave_out": True, "content": HEADERS[K.TREATY] + b"\n" + bad})
    assert [error.code for error in import_reference(SYSTEM, hopeless).errors] == ["unknown_state"]
