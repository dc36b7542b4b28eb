"""Reminders and the end of untouched drafts: sent once when due, counted when delivered, never two at a time."""

from __future__ import annotations

import pytest
from flask import Flask

from app.casework.models import CaseReminder, DraftTask, HistoryEntry
from app.requests.jobs import purge_untouched_drafts, remind
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.support.accounts import mails
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, Government, deliver_everything, make_government, new_draft, with_mission
from tests.support.screening import case_of, rows_of

WARNING = "case.purge_warning"


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


def run(app: Flask, *, delivered: bool = True) -> None:
    """What the worker does: look for reminders, send the mails, look for drafts to purge."""
    with app.app_context():
        remind(SYSTEM)
    if delivered:
        deliver_everything(app)
    with app.app_context():
        purge_untouched_drafts(SYSTEM)


def warnings(app: Flask, government: Government) -> int:
    return mails(app, government.focal.id).count(WARNING)


def test_an_untouched_draft_is_warned_of_twice_and_purged(
    app: Flask, clock: StoppedClock, government: Government
) -> None:
    key = new_draft(app, government.focal.actor, "Forgotten")
    seen = []
    for days in (149, 2, 1, 18, 1, 9, 1):  # days 149, 151, 152, 170, 171, 180, 181
        clock.move(days=days)
        run(app)
        seen.append((warnings(app, government), case_of(app, key).state))
    assert [count for count, _state in seen] == [0, 1, 1, 1, 2, 2, 2]
    assert [state for _count, state in seen[:-1]] == [State.DRAFT] * 6
    assert seen[-1][1] is State.DISCARDED
    assert case_of(app, key).title is None
    assert rows_of(app, DraftTask, key) == []
    last = rows_of(app, HistoryEntry, key)[-1]
    assert (last.action, last.actor_kind, last.actor_id) == ("purge", "system", None)
    assert "case.purged" in mails(app, government.mission.id)
    run(app)
    assert [row.action for row in rows_of(app, HistoryEntry, key)].count("purge") == 1


def test_a_draft_whose_warnings_did_not_arrive_stays(app: Flask, clock: StoppedClock, government: Government) -> None:
    key = new_draft(app, government.focal.actor, "Unwarned")
    for days in (151, 20, 60):
        clock.move(days=days)
        run(app, delivered=False)
    assert warnings(app, government) == 2
    assert case_of(app, key).state is State.DRAFT


def test_a_saved_page_begins_the_time_anew(
    app: Flask, clock: StoppedClock, government: Government, client: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "Kept")
    clock.move(days=151)
    run(app)
    sign_in(client, government.focal.email)
    client.submit(client.get(f"/cases/{key}/tasks/need"), NEED)
    for _month in range(4):
        clock.move(days=30)
        run(app)
    assert warnings(app, government) == 1
    assert case_of(app, key).state is State.DRAFT
    clock.move(days=31)
    run(app)
    assert warnings(app, government) == 2
    assert [row.number for row in rows_of(app, CaseReminder, key)] == [1, 1]


def test_after_an_outage_two_reminders_do_not_leave_together(
    app: Flask, clock: StoppedClock, government: Government
) -> None:
    new_draft(app, government.focal.actor, "Late")
    clock.move(days=200)
    counts = []
    for _run in range(3):
        run(app)
        run(app)
        counts.append(warnings(app, government))
        clock.move(days=1)
    assert counts == [1, 1, 2]


def test_the_mission_is_reminded_twice(app: Flask, clock: StoppedClock, government: Government) -> None:
    with_mission(government)
    counts = []
    for _day in range(16):
        clock.move(days=1)
        run(app)
        counts.append(mails(app, government.mission.id).count("case.confirm_reminder"))
    # submitted on a Monday: the third working day is over on Friday, the eighth on the second Friday
    assert counts == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert "case.confirm_reminder" not in mails(app, government.focal.id)


def test_what_came_back_is_not_reminded_of(app: Flask, clock: StoppedClock, government: Government) -> None:
    from app.requests.commands import ReturnToDraft
    from app.requests.services import return_to_draft

    key = with_mission(government)
    with app.app_context():
        command = ReturnToDraft(key=key, version=case_of(app, key).version, what_to_change="The title")
        return_to_draft(government.mission.actor, command)
    clock.move(days=30)
    run(app)
    assert "case.confirm_reminder" not in mails(app, government.mission.id)
