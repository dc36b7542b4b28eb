"""Limits that come near or pass are told once to each person, consultations escalate, and the State hears nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework import escalating
from app.casework.facts import core_of, load_facts
from app.casework.jobs import escalate
from app.casework.models import AssistanceRequest, CaseAlert
from app.casework.vocabulary import AlertKind
from app.coordination.facts import consultations_facts
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.jobs import ask_about_holds
from app.workflow.actor import SYSTEM
from app.workflow.facts import CaseFacts
from app.workflow.vocabulary import Body, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.accounts import mails
from tests.support.clock import StoppedClock

LATE = ("case.limit_near", "case.limit_passed", "case.limit_long_passed", "case.consultation_late")
PEOPLE = ("intake_officer", "case_officer", "manager", "branch_chief", "focal_point", "mission", "ctc_liaison")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def run(app: Flask) -> None:
    """What the worker does, twice: everything can be run again."""
    for _time in range(2):
        with app.app_context():
            escalate(SYSTEM)


def told(app: Flask, cast: Cast) -> dict[str, list[str]]:
    """Which of these notices each person got; nobody who got none."""
    found = {name: [code.removeprefix("case.") for code in mails(app, cast[name].id)] for name in PEOPLE}
    wanted = {code.removeprefix("case.") for code in LATE} | {"hold_review", "may_lapse"}
    kept = {name: [code for code in codes if code in wanted] for name, codes in found.items()}
    return {name: codes for name, codes in kept.items() if codes}


def alerts(app: Flask, case: Made) -> dict[str, Any]:
    found = rows(app, select(CaseAlert.kind, CaseAlert.told).where(CaseAlert.case_id == case.id))
    return {row.kind.value: row.told for row in found}


def test_intake_the_manager_and_the_chief_are_told_one_after_the_other(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.SCREENING, at_home(cast))  # on a Monday: five working days
    run(app)
    assert told(app, cast) == {}
    clock.move(days=4)
    run(app)
    assert told(app, cast) == {"intake_officer": ["limit_near"]}
    clock.move(days=4)
    run(app)
    assert told(app, cast) == {"intake_officer": ["limit_near", "limit_passed"], "manager": ["limit_passed"]}
    clock.move(days=5)
    run(app)
    assert told(app, cast)["branch_chief"] == ["limit_long_passed"]
    assert alerts(app, case) == {"near": 1, "passed": 2, "long_passed": 1}


def test_after_an_outage_nobody_is_warned_of_what_has_passed(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast))
    make_case(app, cast, State.AWAITING_MISSION, at_home(cast))
    clock.move(days=60)
    run(app)
    assert told(app, cast) == {
        "case_officer": ["limit_passed"],
        "manager": ["limit_passed"],
        "branch_chief": ["limit_long_passed"],
    }
    assert alerts(app, case) == {"near": 0, "passed": 2, "long_passed": 1}


def test_a_consultation_escalates_unless_silence_counts(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    silent = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    clock.move(days=15)  # ten working days and a weekend
    run(app)
    kinds = select(CaseAlert.limit_key, CaseAlert.kind).where(CaseAlert.kind == AlertKind.ESCALATED)
    assert {row.limit_key.value for row in rows(app, kinds)} == {"ctc", "ola"}
    assert told(app, cast) == {
        "case_officer": ["consultation_late"],
        "branch_chief": ["consultation_late"],
        "manager": ["limit_passed"],
    }
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, silent.id)
        latest = consultations_facts(session, silent.id, core_of(session, row, SYSTEM)).latest
    assert [one.escalated_at for one in latest] == [now(), now()]


def test_a_body_whose_silence_counts_is_not_late(
    app: Flask, cast: Cast, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_agreement(*given: Any) -> CaseFacts:
        facts = load_facts(*given)
        assert facts.consultations is not None
        agreed = tuple(replace(one, silence_agreed=True) for one in facts.consultations.latest)
        return replace(facts, consultations=replace(facts.consultations, latest=agreed))

    monkeypatch.setattr(escalating, "load_facts", with_agreement)
    again = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED,)))
    clock.move(days=15)
    run(app)
    assert alerts(app, again) == {"near": 1}, "its silence is deemed by another job"


def test_a_hold_is_reviewed_each_month_and_the_state_is_asked_once_after_half_a_year(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    make_case(app, cast, State.ON_HOLD, at_home(cast))
    for person in ("case_officer", "branch_chief"):
        client = quick_client(app, cast[person])
        for view in ("held", "mine") if person == "case_officer" else ("held",):
            shown = get(app, client, f"/queue?view={view}").get_data(as_text=True)
            assert "Look again whether the cause of the hold has gone" in shown, (person, view)
            assert 'datetime="2026-04-01"' in shown, "30 days from the second of March"
    counts = []
    for days in (31, 30, 120, 31):
        clock.move(days=days)
        run(app)
        with app.app_context():
            ask_about_holds(SYSTEM)
        got = [mails(app, cast[name].id) for name in ("focal_point", "mission")]
        counts.append((told(app, cast)["case_officer"].count("hold_review"), [len(one) for one in got]))
    assert counts == [(1, [0, 0]), (2, [0, 0]), (3, [1, 1]), (4, [1, 1])]
    assert told(app, cast)["branch_chief"].count("hold_review") == 4
    assert mails(app, cast.mission.id) == ["case.keep_or_withdraw"]
    shown = get(app, quick_client(app, cast.branch_chief), "/queue?view=held").get_data(as_text=True)
    assert "days late" not in shown, "the next review is due, not the first"


def test_a_limit_that_was_late_when_the_hold_began_is_not_what_comes_next(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    made = make_case(app, cast, State.PLANNING, at_home(cast))
    clock.move(days=60)
    chief = signed_in(app, cast.branch_chief)
    why = {"reason": "security", "text": "No mission may travel.", "for_state": ""}
    assert chief.submit(chief.get(f"/cases/{made.key}/hold"), why).status_code == 303
    shown = get(app, quick_client(app, cast.branch_chief), "/queue?view=held").get_data(as_text=True)
    assert "Look again whether the cause of the hold has gone" in shown
    assert "days late" not in shown
    page = get(app, quick_client(app, cast.mission), f"/cases/{made.key}").get_data(as_text=True)
    assert "overdue" not in page
