"""Loading what comes with the product: complete, repeatable, and with invented States kept apart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.foundation.db import read_session
from app.foundation.errors import Forbidden
from app.reference import cache
from app.reference.cli import reference_cli
from app.reference.commands import LoadBundle
from app.reference.models import (
    Holiday,
    Instrument,
    ReferenceImport,
    ReferenceVersion,
    StateRecord,
    TreatyAct,
    TreatyCell,
    TreatyListing,
)
from app.reference.services import load_bundle
from app.reference.states import all_states, instruments, member_states, state_by_code, state_choices, state_name
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import ActorKind, Role

TABLES = (Holiday, Instrument, ReferenceImport, ReferenceVersion, StateRecord, TreatyAct, TreatyCell, TreatyListing)


@pytest.fixture
def session(app_context: Flask) -> Iterator[Session]:
    cache.forget()
    load_bundle(SYSTEM, LoadBundle(demo=True))
    yield read_session()
    cache.forget()


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    session.rollback()
    return {
        table.__tablename__: [tuple(row) for row in session.execute(select(table.__table__).order_by("id"))]
        for table in TABLES
    }


def test_193_members_2_observers_19_instruments(session: Session) -> None:
    assert len(member_states(session)) == 193
    assert len(all_states(session, include_demo=False)) == 195
    assert [one.seq for one in instruments(session)] == list(range(1, 20))
    assert sum(one.in_2005_set for one in instruments(session)) == 13
    assert {one.code for one in instruments(session) if one.un_depositary} == {
        *("PROTECTED_PERSONS_1973", "HOSTAGES_1979", "BOMBINGS_1997", "FINANCING_1999", "NUCLEAR_TERRORISM_2005"),
    }


def test_invented_states_are_never_among_the_193(session: Session) -> None:
    everybody = all_states(session, include_demo=True)
    assert len(everybody) == 207
    assert sum(state.is_demo for state in everybody) == 12
    for real in (member_states(session), all_states(session, include_demo=False)):
        assert not any(state.is_demo for state in real)
    assert not [code for code, _ in state_choices(session, "en", include_demo=False) if code.startswith("X")]
    with_demo = state_choices(session, "en", include_demo=True)
    assert all(code.startswith("X") for code, _ in with_demo[-12:])
    assert session.scalars(
        select(func.count()).select_from(StateRecord).where(StateRecord.status == StateStatus.MEMBER)
    ).one() == len(member_states(session))


def test_a_second_load_changes_nothing_and_is_fast(session: Session) -> None:
    before = everything(session)
    started = time.monotonic()
    report = load_bundle(SYSTEM, LoadBundle(demo=True))
    assert time.monotonic() - started < 1
    assert all(file.read_before for file in report.files)
    assert everything(session) == before


def test_reading_all_files_again_changes_no_fact(session: Session) -> None:
    before = everything(session)
    report = load_bundle(SYSTEM, LoadBundle(demo=True, again=True))
    assert {(file.new, file.changed, file.removed) for file in report.files} == {(0, 0, 0)}
    assert report.cells == 0
    after = everything(session)
    for log in ("reference_imports", "reference_versions"):
        assert after.pop(log) != before.pop(log)
    assert after == before


def test_a_dry_run_writes_nothing(session: Session) -> None:
    before = everything(session)
    report = load_bundle(SYSTEM, LoadBundle(demo=True, again=True, dry_run=True))
    assert sum(file.unchanged for file in report.files) > 2_000
    assert everything(session) == before


def test_only_administrators_and_the_system_load() -> None:
    officer = Actor(1, ActorKind.USER, "Officer", frozenset({Role.CASE_OFFICER}))
    with pytest.raises(Forbidden):
        load_bundle.__wrapped__(None, officer, LoadBundle(demo=False))  # type: ignore[attr-defined]


def test_facts_of_states(session: Session) -> None:
    nepal, vaihoru = state_by_code(session, "NPL"), state_by_code(session, "XVH")
    assert nepal.ldc_on(date(2026, 11, 23))
    assert not nepal.ldc_on(date(2026, 11, 24))
    assert (vaihoru.ldc, vaihoru.sids, vaihoru.regional_group) == (True, True, RegionalGroup.ASIA_PACIFIC)
    names = {"fr": "Népal", "ar": "نيبال", "zh_Hans_CN": "尼泊尔", "tlh": "Nepal"}
    assert {code: state_name(nepal, code) for code in names} == names
    groups = dict.fromkeys(RegionalGroup, 0)
    for state in member_states(session):
        assert state.regional_group is not None
        groups[state.regional_group] += 1
    assert sorted(groups.values()) == [23, 29, 33, 54, 54]


def test_names_sort_without_regard_to_accents(session: Session) -> None:
    names = [name for _, name in state_choices(session, "fr", include_demo=False)]
    assert names.index("Égypte") < names.index("Espagne") < names.index("Éthiopie") < names.index("Fidji")


def test_the_command_line(app_context: Flask) -> None:
    cache.forget()
    runner = app_context.test_cli_runner()
    load_bundle(SYSTEM, LoadBundle(demo=True))
    again = runner.invoke(reference_cli, ["load"])
    assert again.exit_code == 0, again.output
    assert "member_states.csv: read before" in again.output
    dry = runner.invoke(reference_cli, ["load", "--again", "--dry-run"])
    assert "195 rows: 0 new, 0 changed, 195 unchanged" in dry.output
    assert "nothing was written" in dry.output
