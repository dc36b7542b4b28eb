"""A State's people at their drafts, through the pages that they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.casework.content.details import DocumentRef
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.notifications.models import OutboxMessage
from app.notifications.vocabulary import MessageState
from app.requests.commands import ConfirmRequest, DraftRequest, SendRequest
from app.requests.drafting import draft_request
from app.requests.services import confirm_request, send_to_mission
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType, Role
from tests.factories.answers import TEXT
from tests.support.accounts import Somebody, make_person
from tests.support.client import InspectedClient
from tests.support.screening import attach_texts, case_of, filled_in, invented_state

DRAFTING = (AssistanceType.LEGISLATIVE_DRAFTING,)
NEED = {
    "title": "Review of a draft law",
    "types": ["legislative_drafting"],
    "problem": "The draft law\r\n\r\ndoes not yet cover financing.",
    "urgency": "routine",
}
WHO = {
    "contact-name": "Ana Contact",
    "contact-function": "Counsel",
    "contact-institution": "Ministry of Justice",
    "contact-email": "ana@example.org",
    "working_language": "fr",
    "beneficiaries-0-name": "Ministry of Justice",
    "beneficiaries-0-kind": "justice",
}
RIGHTS = {f"q{number}-answer": "yes" for number in range(1, 7)}
CONSENTS = {"ctc": "yes"}
INSTRUMENTS = {"list": ["FINANCING_1999"], "nuclear_wanted": "later"}
#: What is typed on each page that a request for drafting must fill in, in order; the text itself is attached.
PAGES: dict[str, dict[str, Any]] = {
    "who": WHO,
    "need": NEED,
    "instruments": INSTRUMENTS,
    "details": {},
    "rights": RIGHTS,
    "consents": CONSENTS,
}


@dataclass
class Government:
    """The people of one State: a focal point who may not submit alone, and a mission."""

    app: Flask
    state: str
    focal: Somebody
    mission: Somebody


def make_government(app: Flask, alpha3: str = "XTA", name: str = "Aurelia") -> Government:
    """Make an invented State with its people."""
    state = invented_state(app, alpha3, name)
    focal = make_person(app, Role.FOCAL_POINT, name=f"Fay Point {name}", state=state)
    return Government(app, state, focal, make_person(app, Role.MISSION, name=f"Mia Mission {name}", state=state))


def new_draft(app: Flask, actor: Actor, title: str | None = None) -> str:
    """Begin a draft; with a title it is filled in completely. Returns the key."""
    with app.app_context():
        key = draft_request(actor, DraftRequest()).key
        if title:
            filled_in(actor, key, title, DRAFTING)
    return key


def with_mission(government: Government, title: str = "Review of a draft law") -> str:
    """A request that waits for the mission; returns its key."""
    key = new_draft(government.app, government.focal.actor, title)
    with government.app.app_context():
        version = case_of(government.app, key).version
        send_to_mission(government.focal.actor, SendRequest(key=key, version=version, answers_checked=True))
    return key


def sent(government: Government, title: str = "Review of a draft law") -> str:
    """A request that the mission confirmed; returns its key."""
    key = with_mission(government, title)
    with government.app.app_context():
        confirm_request(government.mission.actor, ConfirmRequest(key=key, version=case_of(government.app, key).version))
    return key


def fill_in(client: InspectedClient, actor: Actor, key: str, **other: dict[str, Any]) -> None:
    """Fill every task that is required in through its page."""
    with client.application.app_context():
        attach_texts(actor, key, [DocumentRef.model_validate(TEXT)])
    for task, values in (PAGES | other).items():
        answer = client.submit(client.get(f"/cases/{key}/tasks/{task}"), values)
        assert answer.status_code == 303, (task, errors(answer))


def soup(page: TestResponse) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def words(page: TestResponse) -> str:
    """What the page says, in one line."""
    return soup(page).select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]


def errors(page: TestResponse) -> dict[str, str]:
    """What the error summary says, by the input that each line leads to; every link leads somewhere."""
    found = {}
    parsed = soup(page)
    for line in parsed.select(".errsum li"):
        link = line.find("a")
        target = str(link["href"])[1:] if isinstance(link, Tag) else ""
        assert not target or parsed.find(id=target) is not None, f"{target} is not on the page"
        found[target] = line.get_text(" ", strip=True)
    return found


def deliver_everything(app: Flask) -> None:
    """Mark every queued mail as accepted by the relay, as the sender does."""
    with app.app_context(), write_transaction(None) as session:
        waiting = update(OutboxMessage).where(OutboxMessage.state == MessageState.PENDING)
        session.execute(waiting.values(state=MessageState.SENT, sent_at=now()))
