"""Drafts that are proposed to a State: adopted or not by the State, and hidden from whoever proposed them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest, DraftTask
from app.foundation.errors import Refused
from app.notifications.models import Notice, OutboxMessage
from app.requests.commands import ConfirmRequest, SaveTask, SendRequest
from app.requests.drafting import save_task
from app.requests.jobs import purge_untouched_drafts, remind
from app.requests.models import Proposal
from app.requests.services import confirm_request, send_to_mission, submit
from app.requests.vocabulary import ProposalAnswer
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.factories.answers import answers
from tests.factories.beginnings import ANSWERS, propose
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import AWAY, HOME, Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import deliver_everything, errors, soup, words
from tests.support.screening import filled_in
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
TITLE = "قانون تجميد الأموال 资产冻结法"
FORM = {**ANSWERS, "state": HOME, "language": "ar", "reason": "أوصت به المديرية التنفيذية", "title": TITLE}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def row_of(app: Flask, key: str) -> Any:
    case = AssistanceRequest
    columns = (case.id, case.state, case.version, case.to_adopt, case.drafted_by_id, case.number)
    return rows(app, select(*columns).where(case.key == key))[0]


def codes_for(app: Flask, user_id: int) -> list[str]:
    return [row.code for row in rows(app, select(Notice.code).where(Notice.user_id == user_id).order_by(Notice.id))]


def adopt(client: InspectedClient, key: str) -> Any:
    return client.submit(client.get(f"/cases/{key}/adopt"))


@pytest.mark.parametrize("proposer", ["ctc_liaison", "case_officer"])
def test_from_proposal_to_adoption(app: Flask, cast: Cast, proposer: str, statements: Recorded) -> None:
    author, focal = signed_in(app, cast[proposer]), signed_in(app, cast.focal_point)
    page = author.get("/proposals/new")
    propose(app, cast[proposer].actor, AWAY)  # calendars and limits are in memory now
    with statements() as seen:
        answer = author.submit(page, FORM)
    seen.at_most(14)
    assert (answer.status_code, answer.location) == (303, "/proposals")
    assert "Waits for the State" in words(author.get("/proposals"))

    home = focal.get("/home")
    assert f"Proposed to your State by {cast[proposer].name}" in words(home)
    (key,) = [row.key for row in rows(app, select(AssistanceRequest.key).where(AssistanceRequest.title == TITLE))]
    shown = words(focal.get(f"/cases/{key}/adopt"))
    for said in (
        FORM["reason"],
        FORM["title"],
        ANSWERS["problem"],
        ANSWERS["cted_recommendation"],
        cast[proposer].name,
    ):
        assert said in shown
    assert focal.get(f"/cases/{key}/tasks").location.endswith(f"/cases/{key}/adopt")
    reading = focal.get(f"/cases/{key}/adopt")
    with statements() as seen:
        assert focal.submit(reading).location.endswith(f"/cases/{key}/tasks")
    seen.at_most(14)
    case = row_of(app, key)
    assert (case.to_adopt, case.drafted_by_id, case.state) == (False, cast.focal_point.id, State.DRAFT)
    assert "Proposed draft adopted by the State" in words(focal.get(f"/cases/{key}/history"))
    assert codes_for(app, cast[proposer].id) == ["proposal.adopted"]
    assert "Adopted" in words(author.get("/proposals"))
    assert focal.get(f"/cases/{key}/adopt").status_code == 302, "nothing waits any more"


def test_what_the_state_does_with_it_stays_with_the_state(app: Flask, cast: Cast) -> None:
    """The proposer learns yes or no: no page, no key, no later title, no mail that names the case."""
    key = propose(app, cast.ctc_liaison.actor)
    liaison, officer = quick_client(app, cast.ctc_liaison), quick_client(app, cast.case_officer)
    for client in (liaison, officer):
        for path in ("", "/history"):
            assert get(app, client, f"/cases/{key}{path}").status_code == 404
        assert get(app, client, f"/cases/{key}/adopt").status_code == 403
        assert key not in get(app, client, "/proposals").get_data(as_text=True)
    assert ANSWERS["title"] not in get(app, officer, "/proposals").get_data(as_text=True), "it is not the officer's"
    focal = signed_in(app, cast.focal_point)
    adopt(focal, key)
    renamed = focal.submit(
        focal.get(f"/cases/{key}/tasks/need"), {"title": "What the State made of it"}, button="later"
    )
    assert renamed.status_code == 303
    page = get(app, liaison, "/proposals").get_data(as_text=True)
    assert ANSWERS["title"] in page
    assert "What the State made of it" not in page
    mails = rows(
        app, select(OutboxMessage.case_key, OutboxMessage.params).where(OutboxMessage.user_id == cast.ctc_liaison.id)
    )
    assert [tuple(one) for one in mails] == [(None, {})]
    focal.submit(focal.get(f"/cases/{key}/discard"))
    assert "Adopted" in get(app, liaison, "/proposals").get_data(as_text=True), (
        "a draft given up later is nobody's news"
    )


def test_another_state_sees_nothing_of_it(app: Flask, cast: Cast) -> None:
    key = propose(app, cast.ctc_liaison.actor)
    away = quick_client(app, cast.away_mission)
    for path in ("/adopt", "/decline-proposal", ""):
        assert get(app, away, f"/cases/{key}{path}").status_code == 404
    version = row_of(app, key).version
    assert post(app, away, f"/cases/{key}/adopt", version=str(version)).status_code == 404
    assert ANSWERS["title"] not in get(app, away, "/home").get_data(as_text=True)
    assert row_of(app, key).to_adopt


def test_declined_with_a_reason_that_stays_with_the_state(app: Flask, cast: Cast) -> None:
    key, mission = propose(app, cast.case_officer.actor), signed_in(app, cast.mission)
    page = mission.get(f"/cases/{key}/decline-proposal")
    refused = mission.submit(page, {"reason": " "})
    assert refused.status_code == 422
    assert list(errors(refused)) == ["reason"]
    assert mission.submit(refused, {"reason": "لسنا بحاجة إليه"}).location.endswith("/home")
    assert row_of(app, key).state is State.DISCARDED
    assert "لسنا بحاجة إليه" in words(mission.get(f"/cases/{key}/history"))
    assert count_of(app, DraftTask) == 0
    (proposal,) = rows(app, select(Proposal.answer, Proposal.reason, Proposal.title))
    assert tuple(proposal) == (ProposalAnswer.NOT_ADOPTED, "", ANSWERS["title"])
    assert codes_for(app, cast.case_officer.id) == ["proposal.not_adopted"]
    page = words(signed_in(app, cast.case_officer).get("/proposals"))
    assert "Not adopted" in page
    assert "لسنا" not in page


def test_a_draft_that_was_not_adopted_is_neither_changed_nor_sent(app: Flask, cast: Cast) -> None:
    key = propose(app, cast.ctc_liaison.actor)
    with app.app_context():
        for task, data in answers().items():
            with pytest.raises(Refused) as refused:
                save_task(cast.focal_point.actor, SaveTask(key=key, task=task, version=0, answers=data, finished=True))
            assert refused.value.reasons[0][0] == "refusal.not_adopted"
        sending = SendRequest(key=key, version=row_of(app, key).version, answers_checked=True)
        for send, actor in ((send_to_mission, cast.focal_point.actor), (submit, cast.mission.actor)):
            with pytest.raises(Refused) as refused:
                send(actor, sending)
            assert "refusal.not_adopted" in [code for code, _params in refused.value.reasons]
    assert standing(app, key).history == ("propose_request",)
    focal = signed_in(app, cast.focal_point)
    page = focal.get(f"/cases/{key}")
    assert "Your State must adopt it first" in words(page)
    disabled = [button.get_text(strip=True) for button in soup(page).select(".acts button[aria-disabled]")]
    assert sorted(disabled) == ["Continue the draft", "Send to your Permanent Mission"]


def test_the_number_appears_only_to_a_proposer_who_sees_the_request(app: Flask, cast: Cast) -> None:
    keys = {name: propose(app, cast[name].actor, title=f"By the {name}") for name in ("ctc_liaison", "case_officer")}
    focal = signed_in(app, cast.focal_point)
    for key in keys.values():
        adopt(focal, key)
        with app.app_context():
            filled_in(cast.focal_point.actor, key, "Review of the law on mutual legal assistance")
            ready = SendRequest(key=key, version=row_of(app, key).version, answers_checked=True)
            send_to_mission(cast.focal_point.actor, ready)
            confirm_request(cast.mission.actor, ConfirmRequest(key=key, version=row_of(app, key).version))
    officer, liaison = (words(signed_in(app, cast[name]).get("/proposals")) for name in ("case_officer", "ctc_liaison"))
    assert str(row_of(app, keys["case_officer"]).number) in officer
    assert "TPB-" not in liaison, "the body was not consulted yet"
    assert "Adopted" in liaison


#: (field, what is typed there).
WRONG = [
    ("state", ""), ("state", "ZZZ"), ("state", f"{HOME}\x00"), ("language", "xx"), ("reason", ""),
    ("reason", "x" * 4001),
    ("title", ""), ("title", "x" * 161), ("title", "a\x00b"), ("types", "follow_up"), ("types", "coffee"),
    ("problem", ""), ("problem", "x" * 6001), ("cted_recommendation", "x" * 2001),
]  # fmt: skip


def test_what_is_wrong_is_refused_and_nothing_typed_is_lost(app: Flask, cast: Cast) -> None:
    client, faults = quick_client(app, cast.ctc_liaison), []
    for field, value in WRONG:
        answer = post(app, client, "/proposals/new", **{**FORM, field: value})
        text = answer.get_data(as_text=True)
        kept = all(FORM[name] in text for name in ("reason", "title", "problem") if name != field)
        if answer.status_code != 422 or 'class="errsum"' not in text or not kept:
            faults.append((field, value[:20], answer.status_code))
    assert not faults
    assert count_of(app, AssistanceRequest) == 0


def test_the_answer_is_the_same_whatever_the_state_has(app: Flask, cast: Cast) -> None:
    """Whether a State has people or drafts here cannot be told by proposing something to it."""
    client, seen = signed_in(app, cast.ctc_liaison), []
    propose(app, cast.case_officer.actor)
    for state in (HOME, AWAY, "NRU"):
        answer = client.submit(client.get("/proposals/new"), {**FORM, "state": state})
        seen.append((answer.status_code, answer.location))
    assert len(set(seen)) == 1


def test_the_list_costs_the_same_for_few_and_many(app: Flask, cast: Cast, statements: Recorded) -> None:
    client, costs = quick_client(app, cast.case_officer), []
    for more in (2, 25):
        for number in range(more):
            propose(app, cast.case_officer.actor, title=f"Number {number}")
        get(app, client, "/proposals")
        with statements() as seen:
            page = get(app, client, "/proposals").get_data(as_text=True)
        seen.at_most(6)
        costs.append(len(seen))
    assert len(set(costs)) == 1, costs
    assert page.count("Waits for the State") == 25
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert get(app, client, older).get_data(as_text=True).count("Waits for the State") == 2


def test_an_untouched_proposal_is_purged_and_its_proposer_told(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    key = propose(app, cast.ctc_liaison.actor)
    for days in (151, 20, 10):
        clock.move(days=days)
        with app.app_context():
            remind(SYSTEM)
        deliver_everything(app)
    with app.app_context():
        purge_untouched_drafts(SYSTEM)
    assert row_of(app, key).state is State.DISCARDED
    assert codes_for(app, cast.ctc_liaison.id) == ["proposal.not_adopted"]
