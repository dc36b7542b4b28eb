"""A page that is out of date, and a form that is sent twice."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest, DraftTask
from app.composition import WIRING
from app.foundation.db.idempotency import IdempotencyKey
from app.workflow.definition import PROCESS
from app.workflow.vocabulary import Action, Role, State
from tests.factories.acting import DOINGS, body_for, do, do_on
from tests.factories.cases import Made, at_home, make_case, make_cases
from tests.factories.clients import post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.client import form_values
from tests.support.clock import StoppedClock

TYPED = "What was typed must not be lost: <b>ä</b> & 你好"
OF_THE_LIBRARY = re.compile(r"/(login|logout|password/|account/(password|second-step|recovery-codes))")
#: Steps with their version, the state in which they are shown, and who takes them.
STEPS = [
    (Action.CONFIRM_REQUEST, State.AWAITING_MISSION, Role.MISSION),
    (Action.RETURN_TO_DRAFT, State.AWAITING_MISSION, Role.MISSION),
    (Action.SEND_TO_MISSION, State.DRAFT, Role.FOCAL_POINT),
    (Action.SUBMIT, State.DRAFT, Role.MISSION),
    (Action.DISCARD, State.DRAFT, Role.MISSION),
    (Action.WITHDRAW, State.SUBMITTED, Role.MISSION),
    (Action.REVIVE, State.LAPSED, Role.MISSION),
    (Action.ANSWER, State.RETURNED, Role.FOCAL_POINT),
    (Action.TAKE_UP, State.SUBMITTED, Role.INTAKE_OFFICER),
    (Action.RETURN_FOR_INFORMATION, State.SCREENING, Role.INTAKE_OFFICER),
    (Action.SUPPLY, State.SCREENING, Role.INTAKE_OFFICER),
    (Action.ACCEPT, State.SCREENING, Role.INTAKE_OFFICER),
    (Action.ASSIGN, State.SCREENING, Role.MANAGER),
    (Action.LAPSE_UNANSWERED, State.RETURNED, Role.INTAKE_OFFICER),
    (Action.ASK_STATE, State.PLANNING, Role.CASE_OFFICER),
    (Action.ANSWER_QUESTION, State.IN_REVIEW, Role.MISSION),
    (Action.PROPOSE_OUTCOME, State.IN_REVIEW, Role.CASE_OFFICER),
    (Action.RETURN_PROPOSAL, State.IN_REVIEW, Role.BRANCH_CHIEF),
    (Action.CONFIRM_URGENCY, State.IN_REVIEW, Role.BRANCH_CHIEF),
    (Action.FIND_INELIGIBLE, State.IN_REVIEW, Role.BRANCH_CHIEF),
    (Action.HOLD, State.PLANNING, Role.BRANCH_CHIEF),
    (Action.RESUME_PLANNING, State.ON_HOLD, Role.BRANCH_CHIEF),
    (Action.RESUME_REVIEW, State.ON_HOLD, Role.BRANCH_CHIEF),
    (Action.ALLOCATE, State.PLANNING, Role.PROGRAMME_SUPPORT),
    (Action.APPROVE_ALLOCATION, State.PLANNING, Role.BRANCH_CHIEF),
    (Action.REFER, State.IN_REVIEW, Role.BRANCH_CHIEF),
    (Action.PROPOSE_PLAN, State.PLANNING, Role.CASE_OFFICER),
    (Action.REQUEST_PLAN_CHANGES, State.PLANNING, Role.FOCAL_POINT),
    (Action.AGREE_PLAN, State.PLANNING, Role.MISSION),
    (Action.LAPSE_PLAN, State.PLANNING, Role.CASE_OFFICER),
    (Action.MOVE_ACTIVITY, State.SCHEDULED, Role.CASE_OFFICER),
    (Action.ANSWER_MOVE, State.IN_DELIVERY, Role.FOCAL_POINT),
    (Action.RESCHEDULE, State.SCHEDULED, Role.CASE_OFFICER),
    (Action.DISCONTINUE, State.PLANNING, Role.BRANCH_CHIEF),
    (Action.PUT_FOR_DECISION, State.IN_COORDINATION, Role.CASE_OFFICER),
    (Action.APPROVE, State.DECISION, Role.BRANCH_CHIEF),
    (Action.DECLINE, State.DECISION, Role.BRANCH_CHIEF),
    (Action.SEND_BACK, State.DECISION, Role.BRANCH_CHIEF),
    (Action.REASSESS, State.PLANNING, Role.BRANCH_CHIEF),
    (Action.ASK_RECONSIDERATION, State.DECLINED, Role.MISSION),
    (Action.RECONSIDER, State.DECLINED, Role.BRANCH_CHIEF),
    (Action.MERGE, State.SCREENING, Role.INTAKE_OFFICER),
    (Action.UNMERGE, State.MERGED, Role.BRANCH_CHIEF),
    (Action.CONSULT, State.IN_REVIEW, Role.CASE_OFFICER),
    (Action.REVISE, State.IN_COORDINATION, Role.CASE_OFFICER),
    (Action.GIVE_POSITION, State.IN_COORDINATION, Role.CTC_LIAISON),
    (Action.ASK_MORE_TIME, State.IN_COORDINATION, Role.CTC_LIAISON),
    (Action.WITHDRAW_OBJECTION, State.IN_COORDINATION, Role.CTC_LIAISON),
    (Action.RECORD_POSITION, State.IN_COORDINATION, Role.CASE_OFFICER),
    (Action.PROCEED_WITHOUT, State.IN_COORDINATION, Role.BRANCH_CHIEF),
    (Action.RECORD_ACTIVITY, State.SCHEDULED, Role.CASE_OFFICER),
    (Action.START_DELIVERY, State.SCHEDULED, Role.CASE_OFFICER),
    (Action.REPORT_DELIVERED, State.IN_DELIVERY, Role.CASE_OFFICER),
    (Action.CORRECT_COUNT, State.CLOSED, Role.CASE_OFFICER),
    (Action.RECOMMEND, State.IN_DELIVERY, Role.CASE_OFFICER),
    (Action.FOLLOW_RECOMMENDATION, State.CLOSED, Role.MISSION),
    (Action.CONFIRM_DELIVERY, State.DELIVERED, Role.MISSION),
    (Action.CONTEST_DELIVERY, State.DELIVERED, Role.MISSION),
    (Action.EVALUATE, State.EVALUATION, Role.FOCAL_POINT),
    (Action.CLOSE, State.EVALUATION, Role.CASE_OFFICER),
    (Action.ANSWER_LOOK_BACK, State.CLOSED, Role.FOCAL_POINT),
    (Action.REOPEN, State.CLOSED, Role.MISSION),
]
#: Acts whose forms carry the version of a row of their own instead.
OF_A_ROW = frozenset({Action.EDIT_DRAFT, Action.ASSESS, Action.DRAFT_PLAN})


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_every_step_with_a_page_is_here() -> None:
    assert {action for action, _state, _role in STEPS} == set(WIRING.action_pages) - OF_A_ROW
    for action, state, role in STEPS:
        line = PROCESS.line(action, state)
        assert line is not None
        assert role in {who.role for who in line.people}


@pytest.mark.parametrize("role", sorted({role for _action, _state, role in STEPS}))
def test_a_stale_version_is_refused_whatever_the_state(app: Flask, cast: Cast, role: Role) -> None:
    client, faults = quick_client(app, cast.of(role)), []
    for action, case in stale_cases(app, cast, role):
        before = standing(app, case.key)
        for version in (case.version - 1 or case.version + 1, case.version + 1):
            body = body_for(action, version=version, officer=cast.other_officer.key)
            # the answers of a round carry a mark of their own beside the version
            status = post(app, client, path_of(action, case), **body).status_code
            if status != 409:
                faults.append(f"{action} in {case.state} answered {status}")
        if standing(app, case.key) != before:
            faults.append(f"{action} in {case.state} was done")
    assert not faults, "\n".join(faults)
    assert count_of(app, IdempotencyKey) == 0


@pytest.mark.parametrize("role", sorted({role for _action, _state, role in STEPS}))
def test_a_stale_form_is_told_that_before_what_is_wrong_in_it(app: Flask, cast: Cast, role: Role) -> None:
    """Nobody corrects a form, sends it again, and reads only then that it was out of date."""
    client, faults = quick_client(app, cast.of(role)), []
    for action, case in stale_cases(app, cast, role):
        pressed = {"step": DOINGS[action].button} if DOINGS[action].path == "/check" else {}
        wrong = {"version": str(case.version + 1), "seen": str(case.version), "reason": "no such code", **pressed}
        if (status := post(app, client, path_of(action, case), **wrong).status_code) != 409:
            faults.append(f"{action} in {case.state} answered {status}")
    assert not faults, "\n".join(faults)


def stale_cases(app: Flask, cast: Cast, role: Role) -> list[tuple[Action, Made]]:
    """Each step that `role` takes, with a case in which it can be taken: one a state, because nothing is done."""
    steps = [(action, state) for action, state, who in STEPS if who is role]
    plan = at_home(cast, judged=True, asked=True)
    made = {case.state: case for case in make_cases(app, cast, [(state, plan) for state in {one for _, one in steps}])}
    return [(action, made[state]) for action, state in steps]


def path_of(action: Action, case: Made) -> str:
    return f"/cases/{case.key}{DOINGS[action].path or '/take-up'}"


def test_a_wrong_form_that_is_stale_keeps_what_was_typed(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    slow, quick = signed_in(app, cast.mission), signed_in(app, cast.focal_point)
    page = slow.get(f"/cases/{case.key}/return_to_draft")
    too_long = TYPED + " x" * 5000
    assert slow.submit(page, {"what_to_change": too_long}).status_code == 422, "the page is not out of date"
    assert do(quick, Action.RETURN_TO_DRAFT, case.key).status_code == 303
    answer = slow.submit(page, {"what_to_change": too_long})
    assert answer.status_code == 409
    assert TYPED in html.unescape(answer.get_data(as_text=True))


def test_the_text_is_kept_and_the_changes_are_named(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    slow, quick = signed_in(app, cast.mission), signed_in(app, cast.focal_point)
    page = slow.get(f"/cases/{case.key}/return_to_draft")
    assert do(quick, Action.RETURN_TO_DRAFT, case.key).status_code == 303
    answer = slow.submit(page, {"what_to_change": TYPED})
    assert answer.status_code == 409
    text = html.unescape(answer.get_data(as_text=True))
    assert TYPED in text
    assert "Returned to draft for changes" in text
    assert cast.focal_point.name in text
    assert "Draft started" not in text, "only what happened since"
    soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    assert soup.select_one(f"a[href='/cases/{case.key}']") is not None
    assert standing(app, case.key).history[-2:] == ("send_to_mission", "return_to_draft")


def test_a_stale_page_tells_intake_nothing_from_before_the_submission(app: Flask, cast: Cast) -> None:
    """Whatever version a page claims to have shown: what a State did before it submitted is its own affair."""
    case = make_case(app, cast, State.SUBMITTED, at_home(cast, drafter=cast.colleague))
    answer = post(app, quick_client(app, cast.intake_officer), f"/cases/{case.key}/take-up", version="1")
    assert answer.status_code == 409 or case.version == 1
    text = answer.get_data(as_text=True)
    assert "Draft" not in text
    assert cast.colleague.name not in text


def test_a_task_that_somebody_saved_meanwhile_keeps_both_texts(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DRAFT)
    slow, quick = signed_in(app, cast.focal_point), signed_in(app, cast.colleague)
    page = slow.get(f"/cases/{case.key}/tasks/need")
    saved = quick.submit(quick.get(f"/cases/{case.key}/tasks/need"), {"title": "Theirs"}, button="later")
    assert saved.status_code == 303
    answer = slow.submit(page, {"title": "Mine", "problem": TYPED}, button="later")
    assert answer.status_code == 409
    text = html.unescape(answer.get_data(as_text=True))
    assert TYPED in text
    assert "Mine" in text
    assert "Theirs" in text
    assert cast.colleague.name in text
    stored = rows(app, select(DraftTask.data).where(DraftTask.case_id == case.id, DraftTask.task == "need"))
    assert stored[0].data["title"] == "Theirs"
    again = slow.submit(answer, button="later")
    assert again.status_code == 303, "the page that shows both lets the reader save over it"


# --- idempotency keys ------------------------------------------------------------------------------------------------


def drafts(app: Flask) -> int:
    return count_of(app, AssistanceRequest)


def test_the_same_form_twice_acts_once_and_answers_the_same(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.focal_point)
    page = client.get("/requests/new")
    first, second = (client.submit(page) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert drafts(app) == 1
    assert count_of(app, IdempotencyKey) == 1
    assert client.submit(client.get("/requests/new")).location != first.location
    assert drafts(app) == 2


def test_a_step_sent_twice_is_taken_once(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/confirm")
    first, second = (do_on(client, page, Action.CONFIRM_REQUEST) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert standing(app, case.key).history.count("confirm_request") == 1


def sent(client: Any, page: Any, selector: str = "main form[method=post]") -> dict[str, Any]:
    form = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one(selector)
    assert form is not None
    return form_values(form)


def test_the_same_key_with_another_body_is_refused(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DRAFT)
    client = signed_in(app, cast.focal_point)
    path = f"/cases/{case.key}/tasks/need"
    body = {**sent(client, client.get(path)), "title": "First", "later": "1"}
    assert client.post(path, data=body).status_code == 303
    answer = client.post(path, data={**body, "title": "Second"})
    assert answer.status_code == 409
    assert "Second" in answer.get_data(as_text=True), "what was typed is kept"
    stored = rows(app, select(DraftTask.data).where(DraftTask.case_id == case.id, DraftTask.task == "need"))
    assert stored[0].data["title"] == "First"


def test_somebody_elses_key_is_refused(app: Flask, cast: Cast) -> None:
    made = make_cases(app, cast, [(State.DRAFT, at_home(cast)), (State.DRAFT, at_home(cast))])
    key = {"_key": "stolen-from-somebody-else"}
    mission, colleague = quick_client(app, cast.mission), quick_client(app, cast.colleague)
    for client, case, expected in ((mission, made[0], 303), (colleague, made[0], 409), (mission, made[1], 409)):
        path, body = f"/cases/{case.key}/discard", {"version": str(case.version)}
        assert post(app, client, path, **body, **key).status_code == expected
    assert standing(app, made[1].key).state is State.DRAFT


def test_what_is_refused_or_wrong_leaves_no_key(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/return_to_draft")
    assert client.submit(page, {"what_to_change": ""}).status_code == 422
    assert count_of(app, IdempotencyKey) == 0
    assert client.submit(page, {"what_to_change": "The title."}).status_code == 303, "the same key, mended"
    incomplete = make_case(app, cast, State.SCREENING)
    officer = signed_in(app, cast.intake_officer)
    refused = post(
        app,
        officer,
        f"/cases/{incomplete.key}/accept",
        version=str(incomplete.version),
        officer=cast.other_officer.key,
    )
    assert refused.status_code == 422
    assert standing(app, incomplete.key).officer_id is None, "a refused acceptance assigns nobody"
    assert count_of(app, IdempotencyKey) == 1


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
def test_every_form_of_every_page_has_a_new_key_and_a_token(app: Flask, cast: Cast, role: Role) -> None:
    states = sorted({state for _action, state, _who in STEPS})
    made = {case.state: case for case in make_cases(app, cast, [(one, at_home(cast, asked=True)) for one in states])}
    client, faults, forms = quick_client(app, cast.of(role)), [], 0
    base = app.config["ACCEDE_BASE_URL"]
    paths = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    for action, state, who in STEPS:
        if who is role:
            paths.append(f"/cases/{made[state].key}{DOINGS[action].path}")
    for path in paths:
        shown = [client.get(path, base_url=base) for _ in range(2)]
        if shown[0].status_code != 200 or shown[0].mimetype != "text/html":
            continue
        first, second = (BeautifulSoup(page.get_data(as_text=True), "lxml") for page in shown)
        for form, again in zip(first.select("form[method=post]"), second.select("form[method=post]"), strict=True):
            forms += 1
            keys = [one.select_one("input[name=_key]") for one in (form, again)]
            tokens = form.select("input[name=csrf_token][value]")
            # the pages of the sign-in library have keys of their own kind, or act without a use case
            library = OF_THE_LIBRARY.search(f"{form.get('action')} {path}")
            if len(tokens) != 1:
                faults.append(f"{path}: {len(tokens)} tokens in {form.get('action')}")
            if None in keys and not library:
                faults.append(f"{path}: no key in {form.get('action')}")
            elif None not in keys and keys[0]["value"] == keys[1]["value"]:  # type: ignore[index]
                faults.append(f"{path}: the key of {form.get('action')} is not new")
    assert forms
    assert not faults, "\n".join(faults)
