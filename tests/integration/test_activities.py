"""Activities: they begin, are held, counted and written down; the delivery starts and is reported; jobs and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.casework.content.details import Profession
from app.casework.models import AssistanceRequest, HistoryEntry
from app.delivery.activities.ending import note_ended_activities
from app.delivery.activities.models import Activity, ActivityEntry, ParticipantCount
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.models import NoRecommendations, Recommendation, RecommendationChange
from app.delivery.vocabulary import RecommendationStatus
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Action, Audience, Body, LimitKey, Mark, State
from tests.factories.acting import do
from tests.factories.activities import Held, keep_log, put_activity
from tests.factories.beginnings import recommended
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

PLANNED = Held(status=ActivityStatus.PLANNED)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def day(name: str, of: date) -> dict[str, str]:
    return {f"{name}-day": str(of.day), f"{name}-month": str(of.month), f"{name}-year": str(of.year)}


def activity(app: Flask, key: str) -> Any:
    return rows(app, select(Activity).where(Activity.key == key))[0][0]


def test_the_first_activity_begins_and_the_delivery_starts(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.SCHEDULED)
    key, client = put_activity(app, case, PLANNED), signed_in(app, cast.case_officer)
    blocked = client.get(f"/cases/{case.key}/start-delivery").get_data(as_text=True)
    assert "No activity has begun yet." in blocked
    page = client.get(f"/cases/{case.key}/record-activity?activity={key}")
    late = client.submit(page, {"activity": key, **day("began_on", date(2099, 1, 1))})
    assert late.status_code == 422
    assert "Enter a day that has come" in late.get_data(as_text=True)
    none = client.submit(page, {"activity": key})
    assert none.status_code == 422
    assert "Enter a day" in none.get_data(as_text=True)
    begun = client.submit(page, {"activity": key, **day("began_on", date(2026, 2, 4))})
    assert begun.location.endswith("/start-delivery")
    assert activity(app, key).begun_at is not None
    assert do(client, Action.START_DELIVERY, case.key).status_code == 303
    assert standing(app, case.key).state is State.IN_DELIVERY
    again = client.get(f"/cases/{case.key}/record-activity")
    assert "An activity began" not in again.get_data(as_text=True), "every activity has begun"


def test_what_was_held_is_recorded_and_can_be_corrected(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    key, client = put_activity(app, case, PLANNED), signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{key}/hold"
    first, last = day("began_on", date(2026, 2, 5)), day("ended_on", date(2026, 2, 4))
    wrong = client.submit(client.get(path), {**first, **last, "outcome": "Twelve judges <i>drafted</i> requests."})
    text = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    assert "The last day must not lie before the first" in text
    assert "Twelve judges &lt;i&gt;drafted" in text
    last = day("ended_on", date(2026, 2, 6))
    assert client.submit(client.get(path), {**first, **last, "outcome": "They drafted requests."}).status_code == 303
    row = activity(app, key)
    assert (row.status, row.starts_on.day, row.ends_on.day) == (ActivityStatus.HELD, 5, 6)
    assert row.agreed_starts_on.day == 4, "what was agreed first stays"
    assert client.submit(client.get(path), {"outcome": "They drafted nine requests."}).status_code == 303
    assert activity(app, key).outcome == "They drafted nine requests."
    cancelled = put_activity(app, case, Held(status=ActivityStatus.CANCELLED))
    page = client.get(f"/cases/{case.key}/activities/{cancelled}/hold")
    assert client.submit(page, {**first, **last, "outcome": "Held."}).status_code == 422


def test_people_are_counted_by_state_profession_and_gender(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    (guest,) = {cast.away_focal_point.actor.state_id}
    assert guest is not None
    held = put_activity(app, case, Held(guests=(guest,), counts=()))
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/activities/{held}/participants"
    row = {"rows-0-profession": "judges", "rows-0-gender": "women", "rows-0-number": "0"}
    wrong = client.submit(client.get(path), row)
    assert wrong.status_code == 422
    assert "Enter a number from 1 to" in wrong.get_data(as_text=True)
    added = client.submit(wrong, {**row, "rows-0-number": "7"}, button="add")
    assert added.status_code == 200
    second = {"rows-1-profession": "judges", "rows-1-gender": "women", "rows-1-number": "5", "rows-1-state": AWAY}
    assert client.submit(added, second).status_code == 303
    counted = rows(app, select(ParticipantCount.from_state_id, ParticipantCount.number).order_by(ParticipantCount.id))
    assert [tuple(one) for one in counted] == [(case.state_id, 7), (guest, 5)]
    twice = client.submit(client.get(path), {"rows-1-state": str(rows_state(client.get(path)))})
    assert twice.status_code == 422
    assert "stand in a row above" in twice.get_data(as_text=True)
    body = {"version": str(standing(app, case.key).version), "rows-0-state": "FRA", **row, "rows-0-number": "3"}
    foreign = post(app, quick_client(app, cast.case_officer), path, **body)
    assert foreign.status_code == 422
    assert "takes no part" in foreign.get_data(as_text=True)
    shown = get(app, quick_client(app, cast.focal_point), f"/cases/{case.key}/activities/{held}")
    assert "Judges" in shown.get_data(as_text=True)


def rows_state(page: Any) -> str:
    """The State that stands chosen in the first row."""
    chosen = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one("[name=rows-0-state] option[selected]")
    assert chosen is not None
    return str(chosen["value"])


def test_that_nobody_is_to_be_counted_is_said(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    held = put_activity(app, case, Held(counts=()))
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/activities/{held}/participants"
    assert client.submit(client.get(path)).status_code == 422
    assert client.submit(client.get(path), {"nobody": "y"}).status_code == 303
    assert not count_of(app, ParticipantCount)
    assert "Nobody was to be counted." in client.get(f"/cases/{case.key}/activities/{held}").get_data(as_text=True)


def test_the_log_is_read_by_those_for_whom_it_was_written(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    held, client = put_activity(app, case), signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/activities/{held}/log")
    today = day("happened_on", date(2026, 2, 4))
    body = {**today, "text": "The minister opened it.", "audience": "state_tpb"}
    assert client.submit(page, {**body, "text": ""}).status_code == 422
    assert client.submit(page, body).status_code == 303
    keep_log(app, case, held, "The hall was too small.", Audience.TPB_ONLY)
    theirs, ours = (
        get(app, quick_client(app, who), f"/cases/{case.key}/activities/{held}").get_data(as_text=True)
        for who in (cast.focal_point, cast.auditor)
    )
    assert "The minister opened it." in theirs
    assert "The hall was too small." not in theirs
    assert "The minister opened it." in ours
    assert "The hall was too small." in ours
    assert count_of(app, ActivityEntry) == 2


@pytest.mark.parametrize("person", ["ctc_liaison", "ola_liaison", "administrator", "away_focal_point"])
def test_nobody_else_reads_a_delivery(app: Flask, cast: Cast, person: str) -> None:
    case = make_case(app, cast, State.IN_DELIVERY, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    held, client = put_activity(app, case), quick_client(app, cast[person])
    for path in ("/delivery", f"/activities/{held}"):
        assert get(app, client, f"/cases/{case.key}{path}").status_code in (403, 404)


def test_the_report_names_what_each_activity_lacks(app: Flask, cast: Cast) -> None:
    case, client = make_case(app, cast, State.IN_DELIVERY), signed_in(app, cast.case_officer)
    waiting = put_activity(app, case, Held(title="Course in Entebbe", status=ActivityStatus.PLANNED))
    page = client.get(f"/cases/{case.key}/report-delivered").get_data(as_text=True)
    assert f"/activities/{waiting}/hold" in page
    assert "Course in Entebbe" in page
    assert f"/cases/{case.key}/recommendations/new" in page
    body = {"version": str(case.version), "remark": ""}
    refused = post(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/report-delivered", **body)
    assert refused.status_code == 422
    assert standing(app, case.key).state is State.IN_DELIVERY


def test_the_window_of_an_activity_has_its_title_without_markup(app: Flask, cast: Cast) -> None:
    case, client = make_case(app, cast, State.IN_DELIVERY), signed_in(app, cast.case_officer)
    key = put_activity(app, case, Held(title="Course in Entebbe"))
    page = client.get(f"/cases/{case.key}/activities/{key}").get_data(as_text=True)
    assert "<title>Course in Entebbe – " in page


def test_nothing_recommended_is_said_and_taken_back_by_a_recommendation(app: Flask, cast: Cast) -> None:
    case, client = make_case(app, cast, State.IN_DELIVERY), signed_in(app, cast.case_officer)
    put_activity(app, case)
    path = f"/cases/{case.key}/recommendations/new"
    assert client.submit(client.get(path), {"text": ""}).status_code == 422
    both = client.submit(client.get(path), {"text": "Train the clerks."}, button="none")
    assert both.status_code == 422
    assert "Train the clerks." in both.get_data(as_text=True), "what was typed is not lost"
    assert client.submit(client.get(path), button="none").status_code == 303
    assert count_of(app, NoRecommendations) == 1
    assert do(client, Action.RECOMMEND, case.key).status_code == 303
    assert not count_of(app, NoRecommendations)
    assert 'name="none"' not in client.get(path).get_data(as_text=True)
    assert do(client, Action.REPORT_DELIVERED, case.key).status_code == 303
    assert standing(app, case.key).state is State.DELIVERED


def test_a_state_says_what_became_of_a_recommendation_of_a_closed_request(app: Flask, cast: Cast) -> None:
    case, other = make_case(app, cast, State.CLOSED), make_case(app, cast, State.CLOSED)
    key, _second = recommended(app, case, "Name a central authority.", "Train its people.")
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/recommendations?recommendation={key}")
    assert client.submit(page, {"recommendation": key}).status_code == 422, "where it stands was not said"
    assert client.submit(page, {"status": "done", "note": "Decree 12."}).status_code == 303
    (row,) = rows(app, select(Recommendation.status, Recommendation.owner).where(Recommendation.key == key))
    assert tuple(row) == (RecommendationStatus.DONE, "Ministry of Justice")
    (change,) = rows(app, select(RecommendationChange.note, RecommendationChange.changed_by_id))
    assert tuple(change) == ("Decree 12.", cast.focal_point.id)
    nothing = client.get(f"/cases/{other.key}/recommendations").get_data(as_text=True)
    assert "Nothing was recommended." in nothing


def ended(app: Flask, case: Made) -> int:
    return count_of(
        app, HistoryEntry, HistoryEntry.case_id == case.id, HistoryEntry.action == Mark.ACTIVITY_ENDED.value
    )


def test_the_limit_of_the_report_runs_from_the_end_of_the_last_activity(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    put_activity(app, case, Held(starts=datetime.combine(clock.now.date(), datetime.min.time(), UTC), days=2))
    with app.app_context():
        note_ended_activities(SYSTEM)
    assert not ended(app, case), "it is not over"
    clock.move(days=3)
    for _run in range(2):
        with app.app_context():
            note_ended_activities(SYSTEM)
    assert ended(app, case) == 1
    (due,) = rows(app, select(AssistanceRequest.due_key).where(AssistanceRequest.id == case.id))
    assert due.due_key is LimitKey.REPORT


def test_what_was_planned_does_not_take_place_once_the_request_ends(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SCHEDULED)
    planned, held = put_activity(app, case, PLANNED), put_activity(app, case)
    assert do(signed_in(app, cast.mission), Action.WITHDRAW, case.key).status_code == 303
    assert activity(app, planned).status is ActivityStatus.CANCELLED
    assert activity(app, planned).cancel_reason
    assert activity(app, held).status is ActivityStatus.HELD


def test_the_pages_of_a_delivery_cost_no_more_than_a_case_page(app: Flask, cast: Cast, statements: Any) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    counts = tuple((one, gender, 3) for one in Profession for gender in Gender)
    held = put_activity(app, case, Held(counts=counts))
    for _more in range(5):
        put_activity(app, case, PLANNED)
    recommended(app, case, *(f"Number {number}" for number in range(9)))
    for who in (cast.mission, cast.case_officer, cast.auditor):
        client = quick_client(app, who)
        for path in ("/delivery", f"/activities/{held}"):
            get(app, client, f"/cases/{case.key}{path}")
            with statements() as seen:
                assert get(app, client, f"/cases/{case.key}{path}").status_code == 200
            assert isinstance(seen, Statements)
            seen.at_most(10)
