"""Questions that come up while a request is worked on, asked and answered through their pages."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision
from tests.factories.reading import rows
from tests.support.client import InspectedClient

ASK = "main .narrow form"


def ask(
    client: InspectedClient, key: str, *asked: tuple[str, str], blocking: bool = False, path: str = "ask-state"
) -> TestResponse:
    """Ask (field, text) each, through the officer's page; without any, an empty form is sent."""
    page = client.get(f"/cases/{key}/{path}")
    for _more in asked[1:]:
        page = client.submit(page, form=ASK, button="add")
    values = {} if path != "ask-state" else {"blocking": "true" if blocking else "false"}
    for place, (field, text) in enumerate(asked):
        values |= {f"questions-{place}-field_path": field, f"questions-{place}-text": text}
    return client.submit(page, values, form=ASK)


def answer(client: InspectedClient, key: str, values: dict[str, Any], button: str | None = None) -> TestResponse:
    """Answer the round that matters most, through the State's page."""
    return client.submit(client.get(f"/cases/{key}/answer"), values, button=button)


def case_row(app: Flask, key: str) -> Any:
    """Where the case stands, who has it and by when."""
    case = AssistanceRequest
    columns = (case.id, case.state, case.version, case.holder, case.paused, case.due_key, case.due_on, case.lang)
    return rows(app, select(*columns, case.title, case.urgency).where(case.key == key))[0]


def questions_of(app: Flask, key: str) -> list[CaseQuestion]:
    """The questions, the first one asked first."""
    case_id = case_row(app, key).id
    asked = select(CaseQuestion).where(CaseQuestion.case_id == case_id).order_by(CaseQuestion.id)
    return [row[0] for row in rows(app, asked)]


def revisions_of(app: Flask, key: str) -> list[dict[str, Any]]:
    """What the request held, revision by revision."""
    case_id = case_row(app, key).id
    written = select(CaseRevision.data).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision)
    return [row[0] for row in rows(app, written)]


def shown(page: TestResponse) -> list[dict[str, str]]:
    """The questions of an officer's page: heading, status, sides and answer, each as words."""
    parsed = BeautifulSoup(page.get_data(as_text=True), "lxml")
    return [_article(one) for one in parsed.select("article.asked")]


def _article(one: Tag) -> dict[str, str]:
    found = {"heading": _words(one, "h3"), "status": _words(one, ".badge"), "answer": _words(one, ".answer")}
    for part in one.select(".sides > div"):
        found[_words(part, "dt")] = _words(part, "dd")
    return found


def _words(tag: Tag, selector: str) -> str:
    inner = tag.select_one(selector)
    return inner.get_text(" ", strip=True) if inner else ""
