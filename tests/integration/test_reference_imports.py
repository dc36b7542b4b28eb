"""Newer files: dry run, errors row by row with nothing written, older cells kept as history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation import clock
from app.foundation.db import read_session
from app.reference import cache
from app.reference.calendars import missing_years, work_calendar
from app.reference.cli import reference_cli
from app.reference.commands import ImportFile, LoadBundle
from app.reference.models import Holiday, ReferenceChange, TreatyAct, TreatyCell
from app.reference.parsing.treaties import COMPLETE_HEADER, PARTIAL_HEADER, SNAPSHOT_HEADER
from app.reference.reports import ImportReport
from app.reference.services import import_reference, load_bundle
from app.reference.states import instruments, state_by_code
from app.reference.treaties import StatusCell, history_of, parties_on, status_of
from app.reference.vocabulary import CellStatus, DutyStation, ImportKind
from app.reference.zones import data_file
from app.workflow.actor import SYSTEM

NOW = datetime(2090, 3, 2, 9, tzinfo=UTC)
"""Behind the day on which these tests are run, because the data is loaded by the machine's clock."""
NUCLEAR = "NUCLEAR_TERRORISM_2005"


@pytest.fixture
def session(app_context: Flask) -> Iterator[Session]:
    cache.forget()
    load_bundle(SYSTEM, LoadBundle(demo=True))
    with clock.frozen(NOW):
        yield read_session()
    cache.forget()


def read(session: Session, kind: ImportKind, content: str | bytes, **options: object) -> ImportReport:
    data = content.encode() if isinstance(content, str) else content
    command = ImportFile.model_validate({"kind": kind, "file_name": "newer.csv", "content": data, **options})
    report = import_reference(SYSTEM, command)
    session.rollback()  # the next statement sees what was committed
    cache.forget()
    return report


def csv_text(header: tuple[str, ...], *lines: str) -> str:
    return "\n".join([",".join(header), *lines])


def cell_of(session: Session, alpha3: str, code: str) -> StatusCell:
    cells = status_of(session, state_by_code(session, alpha3).id)
    return next(cell for cell in cells if cell.instrument_code == code)


def rows(session: Session) -> tuple[int, ...]:
    return tuple(
        len(session.scalars(select(table.id)).all()) for table in (TreatyAct, TreatyCell, ReferenceChange, Holiday)
    )


def test_a_newer_partial_list_replaces_a_cell_and_keeps_the_old_one(session: Session) -> None:
    before = cell_of(session, "URY", NUCLEAR)
    line = f"{NUCLEAR},URY,Uruguay,ratification,2089-11-03,2090-01-15,depositary notification"
    report = read(session, ImportKind.TREATY, csv_text(PARTIAL_HEADER, line))
    assert (report.new, report.changed, report.removed) == (0, 1, 0) if before.consent_on else (1, 0, 0)
    assert report.cells == 1
    after = cell_of(session, "URY", NUCLEAR)
    assert (after.status, after.consent_on, after.as_of_text) == (CellStatus.PARTY, date(2089, 11, 3), "2090-01-15")
    history = history_of(session, state_by_code(session, "URY").id, NUCLEAR)
    assert [cell.as_of_text for cell in history] == [before.as_of_text, "2090-01-15"]
    assert history[0].superseded_at == history[1].recorded_at == NOW
    assert history[0].status is before.status


def test_what_was_known_then_can_still_be_asked(session: Session) -> None:
    day = date(2089, 12, 31)
    before = parties_on(session, NUCLEAR, day).count
    line = f"{NUCLEAR},TUV,Tuvalu,accession,2089-06-01,2090-01-15,depositary notification"
    read(session, ImportKind.TREATY, csv_text(PARTIAL_HEADER, line))
    assert parties_on(session, NUCLEAR, day).count == before + 1
    known = parties_on(session, NUCLEAR, day, known_at=NOW - timedelta(seconds=1))
    assert (known.count, "TUV" in known.codes) == (before, False)


def test_a_dry_run_says_the_same_and_writes_nothing(session: Session) -> None:
    line = f"{NUCLEAR},URY,Uruguay,ratification,2089-11-03,2090-01-15,depositary notification"
    content = csv_text(PARTIAL_HEADER, line)
    before = rows(session)
    trial = read(session, ImportKind.TREATY, content, dry_run=True)
    assert rows(session) == before
    done = read(session, ImportKind.TREATY, content)
    assert trial.model_copy(update={"dry_run": False}) == done
    assert rows(session) != before


def test_one_bad_row_and_nothing_is_written(session: Session) -> None:
    good = f"{NUCLEAR},URY,Uruguay,ratification,2089-11-03,2090-01-15,depositary notification"
    bad = [
        f"{NUCLEAR},QQQ,Nowhere,accession,2089-11-03,2090-01-15,x",
        "NO_SUCH,URY,Uruguay,accession,2089-11-03,2090-01-15,x",
        f"{NUCLEAR},URY,Uruguay,accession,2089-12-03,2090-01-15,x",
    ]
    before = rows(session)
    report = read(session, ImportKind.TREATY, csv_text(PARTIAL_HEADER, good, *bad))
    assert [(error.line, error.column, error.code) for error in report.errors] == [
        (3, "alpha3", "unknown_state"),
        (4, "instrument", "unknown_instrument"),
        (5, "action", "duplicate"),
    ]
    assert rows(session) == before


def test_a_newer_complete_list_drops_who_is_no_longer_named(session: Session) -> None:
    lines = [
        "BOMBINGS_1997,AFG,Afghanistan,accession,2003-09-24,1,2090-01-01,depositary 2090",
        "BOMBINGS_1997,NIU,Niue,accession,2009-06-22,0,2090-01-01,depositary 2090",
    ]
    assert parties_on(session, "BOMBINGS_1997", date(2090, 1, 1)).count > 100
    invented = [cell.status for cell in status_of(session, state_by_code(session, "XNV").id)]
    report = read(session, ImportKind.TREATY, csv_text(COMPLETE_HEADER, *lines))
    assert not report.errors
    assert report.removed > 200
    now_parties = parties_on(session, "BOMBINGS_1997", date(2090, 1, 1))
    assert (now_parties.codes, now_parties.complete) == (frozenset({"AFG"}), True)
    assert cell_of(session, "ALB", "BOMBINGS_1997").status is CellStatus.NOT_PARTY
    # Depositaries know no invented States: their cells stay.
    assert [cell.status for cell in status_of(session, state_by_code(session, "XNV").id)] == invented


def test_the_product_does_not_bring_an_older_list_back(session: Session) -> None:
    line = "BOMBINGS_1997,AFG,Afghanistan,accession,2003-09-24,1,2090-01-01,depositary 2090"
    read(session, ImportKind.TREATY, csv_text(COMPLETE_HEADER, line))
    report = load_bundle(SYSTEM, LoadBundle(demo=True, again=True))
    session.rollback()
    assert not report.errors
    assert report.cells == 0
    assert parties_on(session, "BOMBINGS_1997", date(2090, 1, 1)).codes == {"AFG"}


def test_a_complete_list_older_than_the_one_held_is_refused(session: Session) -> None:
    line = "BOMBINGS_1997,AFG,Afghanistan,accession,2003-09-24,1,2010-01-01,depositary"
    report = read(session, ImportKind.TREATY, csv_text(COMPLETE_HEADER, line))
    assert [error.code for error in report.errors] == ["older_list"]


def test_a_partial_list_never_makes_anybody_not_a_party(session: Session) -> None:
    line = "SUA_1988,FJI,Fiji,accession,2008-05-21,2090-01-01,depositary"
    read(session, ImportKind.TREATY, csv_text(PARTIAL_HEADER, line))
    states = [cell_of(session, code, "SUA_1988").status for code in ("FJI", "FRA", "TUV")]
    assert states == [CellStatus.PARTY, CellStatus.UNKNOWN, CellStatus.UNKNOWN]


def test_a_snapshot_gives_a_party_without_date(session: Session) -> None:
    report = read(session, ImportKind.SNAPSHOTS, csv_text(SNAPSHOT_HEADER, "SUA_1988,FJI,party,2090-01,list of 2090"))
    assert (report.new, report.cells) == (1, 1)
    cell = cell_of(session, "FJI", "SUA_1988")
    assert (cell.status, cell.consent_on, cell.source) == (CellStatus.PARTY, None, "list of 2090")


def test_a_changed_name_keeps_the_old_one(session: Session) -> None:
    content = (
        data_file("member_states.csv").decode().replace(",Suriname,Suriname,Suriname,", ",Suriname,Surinam,Suriname,")
    )
    assert content != data_file("member_states.csv").decode()
    report = read(session, ImportKind.STATES, content)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 194)
    assert state_by_code(session, "SUR").names["fr"] == "Surinam"
    change = session.scalars(select(ReferenceChange)).one()
    assert (change.row_key, change.before, change.after) == ("SUR", {"name_fr": "Suriname"}, {"name_fr": "Surinam"})


def test_instruments_may_grow(session: Session) -> None:
    lines = data_file("instruments.csv").decode().splitlines()
    newer = lines[-1].replace("MONTREAL_PROTOCOL_2014,19,", "FUTURE_PROTOCOL_2089,20,")
    report = read(session, ImportKind.INSTRUMENTS, "\n".join([*lines, newer]))
    assert (report.new, report.unchanged) == (1, 19)
    assert [one.code for one in instruments(session)][-1] == "FUTURE_PROTOCOL_2089"
    assert cell_of(session, "FRA", "FUTURE_PROTOCOL_2089").status is CellStatus.UNKNOWN


def test_a_holiday_list_replaces_its_year_for_what_begins_later(session: Session) -> None:
    header = "duty_station,year,date,name,source\n"
    assert missing_years(work_calendar(session, DutyStation.VIENNA), date(2090, 3, 2)) == (2090, 2091)
    first = header + "Vienna,2090,2090-10-26,National Day,circular\nVienna,2090,2090-12-25,Christmas Day,circular\n"
    assert read(session, ImportKind.HOLIDAYS, first).new == 2
    vienna = work_calendar(session, DutyStation.VIENNA)
    assert missing_years(vienna, date(2090, 3, 2)) == (2091,)
    assert date(2090, 10, 26) not in vienna.closed_days(date(2090, 3, 1))
    assert date(2090, 10, 26) in vienna.closed_days(date(2090, 3, 2))
    with clock.frozen(datetime(2090, 6, 1, tzinfo=UTC)):
        second = read(session, ImportKind.HOLIDAYS, header + "Vienna,2090,2090-12-25,Christmas Day,circular\n")
        assert (second.unchanged, second.removed) == (1, 1)
    vienna = work_calendar(session, DutyStation.VIENNA)
    assert date(2090, 10, 26) in vienna.closed_days(date(2090, 5, 31))
    assert date(2090, 10, 26) not in vienna.closed_days(date(2090, 6, 1))


def test_a_state_may_have_holidays_of_its_own(session: Session) -> None:
    content = "duty_station,year,date,name,source\nXOW,2090,2090-05-04,Founding Day,invented for the demo\n"
    orawedi = state_by_code(session, "XOW")
    assert work_calendar(session, orawedi.id).listed_years is None
    read(session, ImportKind.HOLIDAYS, content)
    calendar = work_calendar(session, orawedi.id)
    assert (calendar.zone, calendar.weekdays) == ("Etc/GMT-1", frozenset({0, 1, 2, 3, 6}))
    assert (calendar.closed_days(date(2090, 3, 2)), calendar.listed_years) == ({date(2090, 5, 4)}, {2090})


def test_the_command_line_names_line_column_and_fault(app_context: Flask, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    file.write_text(csv_text(PARTIAL_HEADER, f"{NUCLEAR},QQQ,Nowhere,accession,2089-11-03,2090-01-15,x"), "utf-8")
    result = app_context.test_cli_runner().invoke(reference_cli, ["import", "treaty", str(file)])
    assert result.exit_code == 1
    assert "acts.csv, line 2, alpha3: There is no State with the code “QQQ”." in result.output
    file.write_text(csv_text(PARTIAL_HEADER, f"{NUCLEAR},TUV,Tuvalu,accession,2089-11-03,2090-01-15,x"), "utf-8")
    dry = app_context.test_cli_runner().invoke(reference_cli, ["import", "treaty", "--dry-run", str(file)])
    assert dry.exit_code == 0
    assert "1 rows: 1 new, 0 changed" in dry.output
    assert "nothing was written" in dry.output
