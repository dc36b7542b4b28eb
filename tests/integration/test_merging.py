"""Two requests for one need: merged, told, found under both numbers, and taken apart again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.projection import compare
from app.casework.verify import verify_all
from app.documents.models import Document
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.triage.models import CaseMerge
from app.workflow.vocabulary import Action, Body, State
from tests.factories.acting import do, path_of
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.integration.test_concurrency import all_at_once
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def three(app: Flask, cast: Cast, clock: StoppedClock) -> list[Made]:
    """Three requests of one State in screening, a day apart, the earliest first."""
    made = []
    for ministry in ("Justice", "الداخلية", "外交部"):
        made.append(make_case(app, cast, State.SCREENING, at_home(cast, title=f"Training for {ministry}", judged=True)))
        clock.move(days=1)
    return made


def merge(app: Flask, cast: Cast, case: Made, target: Made) -> None:
    """Merge as the intake officer does."""
    answer = do(signed_in(app, cast.intake_officer), Action.MERGE, case.key, target=str(target.number))
    assert answer.status_code == 303


def unmerge(app: Flask, cast: Cast, case: Made) -> None:
    """Undo it as the chief does."""
    assert do(signed_in(app, cast.branch_chief), Action.UNMERGE, case.key).status_code == 303


def counts_from(app: Flask, case: Made) -> datetime | None:
    return rows(app, select(AssistanceRequest.counts_from).where(AssistanceRequest.id == case.id))[0].counts_from


def submitted(app: Flask, case: Made) -> datetime:
    at: datetime = rows(app, select(AssistanceRequest.submitted_at).where(AssistanceRequest.id == case.id))[0][0]
    return at


def sound(app: Flask) -> None:
    """Every history holds, and every projection says what its history says."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        assert verify_all(session).findings == ()
        for case in session.scalars(select(AssistanceRequest)).all():
            assert compare(session, case) == [], case.number


def test_the_earlier_date_wins_and_comes_back_undone(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, _third = three
    merge(app, cast, first, second)
    assert standing(app, first.key).state is State.MERGED
    assert counts_from(app, second) == submitted(app, first)
    sound(app)
    unmerge(app, cast, first)
    assert standing(app, first.key).state is State.SCREENING
    assert counts_from(app, second) is None
    sound(app)


def test_a_later_request_changes_no_date(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, _third = three
    merge(app, cast, second, first)
    assert counts_from(app, first) is None
    sound(app)


def test_a_chain_keeps_the_earliest_and_undoes_it_along_the_chain(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, third = three
    merge(app, cast, first, second)
    merge(app, cast, second, third)
    assert counts_from(app, third) == submitted(app, first)
    unmerge(app, cast, first)
    assert counts_from(app, second) is None
    assert counts_from(app, third) == submitted(app, second)
    unmerge(app, cast, second)
    assert counts_from(app, third) is None
    sound(app)


def test_both_pages_lead_to_each_other_and_the_number_still_works(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, third = three
    merge(app, cast, first, second)
    merge(app, cast, second, third)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/n/{first.number}", follow_redirects=True)
    text = page.get_data(as_text=True)
    assert page.request.path == f"/cases/{first.key}"
    assert text.index(f"/cases/{second.key}") < text.index(f"/cases/{third.key}")
    assert "This request was merged" in text
    target = client.get(f"/cases/{third.key}").get_data(as_text=True)
    assert f"/cases/{second.key}" in target
    assert f"/cases/{first.key}" not in target, "only what was merged into this one itself"
    assert 'counts from the earlier date: <time datetime="2026-03-02">' in target


def test_histories_keep_ids_and_both_sides_read_what_happened(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, _third = three
    merge(app, cast, first, second)
    unmerge(app, cast, first)
    found = rows(
        app,
        select(HistoryEntry.case_id, HistoryEntry.action, HistoryPayload.payload)
        .join(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .where(HistoryEntry.action.in_(("merge", "unmerge", "merged_in", "merge_undone")))
        .order_by(HistoryEntry.seq),
    )
    kept = {(row.case_id, row.action): row.payload for row in found}
    assert kept[first.id, "merge"]["target_id"] == second.id
    assert kept[second.id, "merged_in"]["case_id"] == first.id
    assert kept[second.id, "merge_undone"] == {"subject": first.key, "case_id": first.id}
    assert "Training" not in str(kept)
    text = signed_in(app, cast.focal_point).get(f"/cases/{second.key}/history").get_data(as_text=True)
    assert "Another request merged into this one" in text
    assert "Two needs after all" not in text


def test_the_state_and_the_officers_are_told_and_two_letters_are_filed(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    plan = at_home(cast, assigned=True)
    first = make_case(app, cast, State.SCREENING, at_home(cast))
    second = make_case(app, cast, State.IN_REVIEW, plan)
    merge(app, cast, first, second)
    codes = rows(app, select(Notice.code, Notice.user_id))
    told = {(row.code, row.user_id) for row in codes}
    assert {("case.merged", cast.focal_point.id), ("case.merged", cast.mission.id)} <= told
    assert ("case.merged", cast.case_officer.id) in told
    unmerge(app, cast, first)
    told = {(row.code, row.user_id) for row in rows(app, select(Notice.code, Notice.user_id))}
    assert {("case.unmerged", cast.mission.id), ("case.unmerged", cast.case_officer.id)} <= told
    titles = [
        row.title for row in rows(app, select(Document.title).where(Document.case_id == first.id).order_by(Document.id))
    ]
    assert titles == [
        f"Your request {first.number} goes on as {second.number}",
        f"Your request {first.number} stands for itself again",
    ]


def refused(app: Flask, cast: Cast, three: list[Made]) -> list[tuple[str, str]]:
    foreign = make_case(app, cast, State.SCREENING, away(cast))
    ended = make_case(app, cast, State.WITHDRAWN)
    draft = make_case(app, cast, State.DRAFT)
    assert draft.number is None
    return [
        ("", "Enter the number"),
        ("nothing", "Enter a number such as"),
        ("TPB-2026-9999", "There is no request with this number"),
        (str(foreign.number), "of the same State"),
        (str(three[0].number), "into itself"),
        (str(ended.number), "ended"),
        ("TPB-2026-0001\x00", ""),
    ]


def test_what_cannot_be_merged_is_said_beside_the_field(app: Flask, cast: Cast, three: list[Made]) -> None:
    case = three[0]
    client = signed_in(app, cast.intake_officer)
    for number, message in refused(app, cast, three):
        answer = post(app, client, f"/cases/{case.key}/merge", version=str(case.version), number=number)
        assert answer.status_code in (400, 422), number
        assert message in answer.get_data(as_text=True), number
        if message and number:
            shown = client.get(f"/cases/{case.key}/merge", query_string={"number": number}).get_data(as_text=True)
            assert "Merge</button>" not in shown, number
    assert count_of(app, CaseMerge) == 0
    assert standing(app, case.key).state is State.SCREENING


def test_the_two_stand_side_by_side_before(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, _third = three
    client = signed_in(app, cast.intake_officer)
    choosing = client.get(path_of(Action.MERGE, first.key)).get_data(as_text=True)
    assert f"number={second.number}" in choosing
    comparing = client.get(path_of(Action.MERGE, first.key, target=str(second.number))).get_data(as_text=True)
    for wanted in (first.title, second.title, "counts from the earlier date", "goes on as", "focal points"):
        assert wanted in comparing, wanted
    assert f"number={second.number}" in client.get(f"/cases/{first.key}/screening").get_data(as_text=True)


def test_a_body_reads_only_of_requests_on_which_it_is_consulted(app: Flask, cast: Cast) -> None:
    first = make_case(app, cast, State.SCREENING, at_home(cast, bodies=(Body.CTC_CTED,)))
    second = make_case(app, cast, State.SCREENING, at_home(cast, title="Nobody consulted"))
    merge(app, cast, first, second)
    text = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{first.key}").get_data(as_text=True)
    assert str(first.number) in text
    assert second.key not in text
    assert str(second.number) not in text
    assert "Nobody consulted" not in text


def test_an_ended_or_merged_target_and_two_merges_at_once_are_refused(
    app: Flask, cast: Cast, three: list[Made]
) -> None:
    """Each page was opened before the other act; whoever comes second is told."""
    first, second, third = three
    intake, chief = signed_in(app, cast.intake_officer), signed_in(app, cast.branch_chief)
    pages = {
        pair: intake.get(path_of(Action.MERGE, pair[0].key, target=str(pair[1].number)))
        for pair in ((first, second), (second, first), (first, third), (third, second))
    }
    assert chief is not None
    assert intake.submit(pages[first, second]).status_code == 303
    assert intake.submit(pages[first, third]).status_code == 409, "the case was merged meanwhile"
    back = intake.submit(pages[second, first])
    assert back.status_code == 422
    assert "ended" in back.get_data(as_text=True)
    assert do(signed_in(app, cast.mission), Action.WITHDRAW, second.key).status_code == 303
    assert intake.submit(pages[third, second]).status_code == 422, "the target ended meanwhile"
    assert count_of(app, CaseMerge) == 1
    sound(app)


def test_figures_count_one(app: Flask, cast: Cast, three: list[Made]) -> None:
    first, second, _third = three
    merge(app, cast, first, second)
    text: Any = signed_in(app, cast.intake_officer).get("/queue").get_data(as_text=True)
    assert first.key not in text
    assert second.key in text


def test_two_merges_against_each_other_and_a_merge_while_the_target_ends(
    app: Flask, cast: Cast, three: list[Made]
) -> None:
    """At the same moment, in threads of their own: locks in one order, so that one wins and nobody waits for ever."""
    first, second, third = three

    def ask(path: str, **body: str) -> Callable[[FlaskClient, str], int]:
        def press(client: FlaskClient, token: str) -> int:
            data = {"csrf_token": token, "_key": secrets.token_urlsafe(18), **body}
            return client.post(path, data=data, base_url=app.config["ACCEDE_BASE_URL"]).status_code

        return press

    def merging(case: Made, target: Made) -> Callable[[FlaskClient, str], int]:
        return ask(f"/cases/{case.key}/merge", version=str(case.version), number=str(target.number))

    across = all_at_once(app, [merging(first, second), merging(second, first)], [cast.intake_officer] * 2)
    assert sorted(across) in ([303, 409], [303, 422])
    left = first if standing(app, first.key).state is State.SCREENING else second
    version = str(rows(app, select(AssistanceRequest.version).where(AssistanceRequest.id == left.id))[0].version)
    ending = ask(f"/cases/{left.key}/withdraw", version=version, committed_costs="none", reason="")
    statuses = all_at_once(app, [merging(third, left), ending], [cast.intake_officer, cast.mission])
    assert statuses[1] == 303
    assert statuses[0] in (303, 422)
    assert (standing(app, third.key).state is State.MERGED) is (statuses[0] == 303)
    assert standing(app, left.key).state is State.WITHDRAWN
    sound(app)
