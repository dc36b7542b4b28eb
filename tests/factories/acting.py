"""Does every action that has a page, as a person does it: opens the page, fills the form, presses the button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.test import TestResponse

from app.workflow.vocabulary import Action
from tests.factories.answers import TYPE
from tests.factories.decisions import DECLINED_TEXT, HOLD_TEXT, NEW_FACT
from tests.factories.money import SOURCE
from tests.support.client import InspectedClient

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doing:
    """How one action is done.

    Attributes:
        path: where its form stands, below `/cases/<key>`.
        values: what is typed; "{officer}" and "{target}" (the number of a second case) are filled in.
        instead: what is typed where the page has other fields.
        posts: where the form leads, where that is another path.
        preview: the letter is read before it is sent.
        button: name or value of the button; None for the first.
        form: CSS selector of the form.
    """

    path: str
    values: Values
    button: str | None = None
    form: str = "main form[method=post]"
    instead: Values | None = None
    posts: str | None = None
    preview: bool = False


_QUESTION: Final = {"questions-0-field_path": "need.problem", "questions-0-text": "Which authority answers?"}

#: What an officer writes of a request that asks for what the Branch does not give, and of assistance that has begun.
_INELIGIBLE: Final = {"kind": "ineligible", "reason": "equipment", "text": "It asks for vans.", "remedy": "Training."}
_BEGAN: Final = {"began_on-day": "4", "began_on-month": "2", "began_on-year": "2026"}
_GRADES: Final = dict.fromkeys(("relevance", "quality", "timeliness", "use", "cooperation"), "4")
_HELD: Final = {"reason": "security", "text": HOLD_TEXT}
_SHORT: Final = {"reason": "money", "text": HOLD_TEXT}
_MONEY: Final = {"money-minor": "12000.00", "money-currency": "USD"}
_APPROVED: Final = {"decisions-0-type": TYPE.value, "decisions-0-approved": "true"}
#: For the Branch alone.
SENT_BACK: Final = "The second round of comments is not reflected."
#: Other dates of an activity, far ahead.
MOVED: Final = {
    "starts_on-day": "3",
    "starts_on-month": "5",
    "starts_on-year": "2027",
    "ends_on-day": "5",
    "ends_on-month": "5",
    "ends_on-year": "2027",
    "reason": "The hall is taken in March.",
}
#: For the State and the Branch.
CHANGES: Final = "The course should follow the elections."
_DISCONTINUE: Final = {"reason": "security", "text": "Nobody may travel.", "account": "One course of two."}

#: A position by telephone, without a paper.
_CALL: Final = {
    "came": "telephone",
    "in_name_of": "Vera Nix, Senior Legal Officer",
    "position": "no_objection",
    "ground": "",
    "text": "",
    "lang": "en",
    "note": "She called at ten and sees no reason to object.",
}

DOINGS: Final[dict[Action, Doing]] = {
    Action.EDIT_DRAFT: Doing("/tasks/need", {"title": "Another title"}, "later"),
    Action.SEND_TO_MISSION: Doing("/check", {"answers_checked": "y"}, "send_to_mission"),
    Action.SUBMIT: Doing("/check", {"answers_checked": "y"}, "submit"),
    Action.CONFIRM_REQUEST: Doing("/confirm", {}),
    Action.RETURN_TO_DRAFT: Doing("/return_to_draft", {"what_to_change": "The title."}),
    Action.ANSWER: Doing("/answer", {"answers-0-answer": "The Ministry of Justice."}, "finished"),
    Action.REVIVE: Doing("/revive", {}),
    Action.WITHDRAW: Doing("/withdraw", {"committed_costs": "none", "reason": ""}),
    Action.DISCARD: Doing("/discard", {}),
    Action.TAKE_UP: Doing("", {}, form="form[action$='/take-up']"),
    Action.ACCEPT: Doing("/accept", {"officer": "{officer}"}),
    Action.ASSIGN: Doing("/assign", {"officer": "{officer}"}),
    Action.RETURN_FOR_INFORMATION: Doing("/return-for-information", _QUESTION, "send"),
    Action.PROPOSE_OUTCOME: Doing("/propose-outcome", _INELIGIBLE, instead=_DISCONTINUE),
    Action.ASSESS: Doing("/assessment", {}, form="form[action$='/assessment/sign']", posts="/assessment/sign"),
    Action.CONFIRM_URGENCY: Doing("/confirm-urgency", {}),
    Action.RETURN_PROPOSAL: Doing("/return-proposal", {"comment": "The annex was not read."}),
    Action.FIND_INELIGIBLE: Doing("/find-ineligible", {}),
    Action.REFER: Doing("/refer", {}),
    Action.DISCONTINUE: Doing("/discontinue", {}),
    Action.PUT_FOR_DECISION: Doing("/put-for-decision", {}),
    Action.APPROVE: Doing("/approve", _APPROVED, preview=True),
    Action.DECLINE: Doing("/decline", {"reason": "conditions_missing", "text": DECLINED_TEXT}, preview=True),
    Action.SEND_BACK: Doing("/send-back", {"comment": SENT_BACK}),
    Action.REASSESS: Doing("/reassess", {"reason": SENT_BACK}),
    Action.ASK_RECONSIDERATION: Doing("/ask-reconsideration", {"new_fact": NEW_FACT}),
    Action.RECONSIDER: Doing("/reconsider", {"officer": "{officer}"}),
    Action.HOLD: Doing("/hold", {**_SHORT, **_MONEY}, instead=_HELD),
    Action.RESUME_PLANNING: Doing("/resume-planning", {"text": "The way is safe again."}),
    Action.RESUME_REVIEW: Doing("/resume-review", {"text": "The way is safe again."}),
    Action.ALLOCATE: Doing("/allocate", {"source": SOURCE, "minor": "12000.00"}),
    Action.APPROVE_ALLOCATION: Doing("/approve-allocation", {"approved": "true"}),
    Action.MERGE: Doing("/merge?number={target}", {"number": "{target}"}),
    Action.UNMERGE: Doing("/unmerge", {"reason": "Two needs after all."}),
    Action.SUPPLY: Doing("/supply", {"course": "A course in May.", "words": "", "cost_minor": "0"}),
    Action.DRAFT_PLAN: Doing("/plan/draft", {"summary": "Two courses.", "lang": "en", "currency": "USD"}),
    Action.RECORD_ACTIVITY: Doing("/record-activity", _BEGAN),
    Action.START_DELIVERY: Doing("/start-delivery", {}),
    Action.REPORT_DELIVERED: Doing("/report-delivered", {"remark": "All of it."}),
    Action.CORRECT_COUNT: Doing("/correct-participants", {"rows-0-number": "13", "reason": "One more came."}),
    Action.RECOMMEND: Doing("/recommendations/new", {"text": "Name a central authority.", "owner": "Justice"}),
    Action.FOLLOW_RECOMMENDATION: Doing("/recommendations", {"status": "done", "note": "It was named in May."}),
    Action.CONFIRM_DELIVERY: Doing("/confirm-delivery", {}),
    Action.CONTEST_DELIVERY: Doing("/contest-delivery", {"missing": "The second course did not take place."}),
    Action.EVALUATE: Doing("/evaluate", _GRADES),
    Action.CLOSE: Doing("/close", {}),
    Action.REOPEN: Doing("/reopen", {"reason": "One handbook never arrived."}),
    Action.PROPOSE_PLAN: Doing("/plan/propose", {}),
    Action.REQUEST_PLAN_CHANGES: Doing("/plan/changes", {"comment": CHANGES}),
    Action.AGREE_PLAN: Doing("/plan/agree", {}),
    Action.LAPSE_PLAN: Doing("/plan/lapse", {}),
    Action.MOVE_ACTIVITY: Doing("/move-activity", MOVED),
    Action.ANSWER_MOVE: Doing("/answer-move", {"accepted": "true"}),
    Action.RESCHEDULE: Doing("/plan/reschedule", {"what_changed": "A second course is added."}),
    Action.ANSWER_LOOK_BACK: Doing("/look-back", {"measures-0-type": TYPE.value, "measures-0-answer": "partly"}),
    Action.LAPSE_UNANSWERED: Doing("/lapse-unanswered", {}),
    Action.CONSULT: Doing("/consult", {}),
    Action.REVISE: Doing("/revise", {"what_changed": "The visit comes first."}),
    Action.GIVE_POSITION: Doing("/position", {"position": "no_objection", "ground": "", "text": "", "lang": "en"}),
    Action.ASK_MORE_TIME: Doing("/more-time", {}),
    Action.WITHDRAW_OBJECTION: Doing("/withdraw-objection", {}),
    Action.RECORD_POSITION: Doing("/record-position", _CALL),
    Action.PROCEED_WITHOUT: Doing("/proceed-without", {"reason": "Nobody answered in twenty days."}),
    Action.ASK_STATE: Doing("/ask-state", {**_QUESTION, "blocking": "true"}, "send"),
    Action.ANSWER_QUESTION: Doing("/answer", {"answers-0-answer": "The Ministry of Justice."}, "finished"),
}


def do(client: InspectedClient, action: Action, key: str, *, officer: str = "", target: str = "") -> TestResponse:
    """Do `action` on the case through its page; returns the answer to the POST."""
    page = client.get(path_of(action, key, target=target))
    assert page.status_code == 200, f"the page of {action} answered {page.status_code}"
    return do_on(client, page, action, officer=officer, target=target)


def path_of(action: Action, key: str, *, target: str = "") -> str:
    """Where the page of `action` stands."""
    return f"/cases/{key}{DOINGS[action].path.format(target=target)}"


def do_on(
    client: InspectedClient, page: TestResponse, action: Action, *, officer: str = "", target: str = ""
) -> TestResponse:
    """Do `action` on a page that was opened before."""
    doing = DOINGS[action]
    typed = doing.values
    if doing.instead is not None and any(f'name="{name}"' not in page.get_data(as_text=True) for name in typed):
        typed = doing.instead
    values = {name: value.format(officer=officer, target=target) for name, value in typed.items()}
    if doing.preview:
        return client.submit(read_letter(client, page, action), form=doing.form, button="send")
    return client.submit(page, values, form=doing.form, button=_button(page, doing))


def read_letter(client: InspectedClient, page: TestResponse, action: Action) -> TestResponse:
    """The page with the letter that was typed, where it is read before it is sent; else the same page."""
    doing = DOINGS[action]
    if not doing.preview or 'name="send"' in page.get_data(as_text=True):
        return page
    return client.submit(page, dict(doing.values), form=doing.form, button="preview")


def _button(page: TestResponse, doing: Doing) -> str | None:
    """The named button when the page has it: the names are the templates' own."""
    if doing.button is None:
        return None
    text = page.get_data(as_text=True)
    return doing.button if f'"{doing.button}"' in text else None


def body_for(action: Action, *, version: int, officer: str = "", target: str = "TPB-2026-9999") -> dict[str, Any]:
    """A body that is complete, for a POST without its page."""
    values = {name: value.format(officer=officer, target=target) for name, value in DOINGS[action].values.items()}
    extra = {"step": DOINGS[action].button} if DOINGS[action].path == "/check" else {}
    return {"version": str(version), **values, **extra}
