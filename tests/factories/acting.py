"""Does every action that has a page, as a person does it: opens the page, fills the form, presses the button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from werkzeug.test import TestResponse

from app.workflow.vocabulary import Action
from tests.support.client import InspectedClient

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doing:
    """How one action is done.

    Attributes:
        path: where its form stands, below `/cases/<key>`.
        values: what is typed; "{officer}" is filled in.
        button: name or value of the button; None for the first.
        form: CSS selector of the form.
    """

    path: str
    values: Values
    button: str | None = None
    form: str = "main form[method=post]"


_QUESTION: Final = {"questions-0-field_path": "need.problem", "questions-0-text": "Which authority answers?"}

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
    Action.LAPSE_UNANSWERED: Doing("/lapse-unanswered", {}),
}


def do(client: InspectedClient, action: Action, key: str, *, officer: str = "") -> TestResponse:
    """Do `action` on the case through its page; returns the answer to the POST."""
    page = client.get(f"/cases/{key}{DOINGS[action].path}")
    assert page.status_code == 200, f"the page of {action} answered {page.status_code}"
    return do_on(client, page, action, officer=officer)


def do_on(client: InspectedClient, page: TestResponse, action: Action, *, officer: str = "") -> TestResponse:
    """Do `action` on a page that was opened before."""
    doing = DOINGS[action]
    values = {name: value.format(officer=officer) for name, value in doing.values.items()}
    return client.submit(page, values, form=doing.form, button=_button(page, doing))


def _button(page: TestResponse, doing: Doing) -> str | None:
    """The named button when the page has it: the names are the templates' own."""
    if doing.button is None:
        return None
    text = page.get_data(as_text=True)
    return doing.button if f'"{doing.button}"' in text else None


def body_for(action: Action, *, version: int, officer: str = "") -> dict[str, Any]:
    """A body that is complete, for a POST without its page."""
    values = {name: value.format(officer=officer) for name, value in DOINGS[action].values.items()}
    extra = {"step": DOINGS[action].button} if DOINGS[action].path == "/check" else {}
    return {"version": str(version), **values, **extra}
