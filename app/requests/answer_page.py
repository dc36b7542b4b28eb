"""A round of questions as a page: question, field and answer beside each other, and the way to the other rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms import Field, FormField

from app.casework.content.labels import OTHER, Shown, label_of, value_of
from app.casework.drafts import TEXTS
from app.casework.models import AssistanceRequest, CaseQuestion
from app.casework.page import CasePage
from app.casework.projection import projection_of
from app.casework.questions import is_open
from app.foundation.db import read_session
from app.foundation.fields import field_kind
from app.foundation.formatting import date_text
from app.requests.answer_form import AnswerForm
from app.requests.answering import OpenRound
from app.workflow.vocabulary import LimitKey, State


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        label: the field that it is tied to.
        present: what stands there now; None when it is about the request as a whole, or given back to be changed.
        part: where the answer is typed.
        inputs: the field itself; None where nothing can be changed.
        of_documents: the field holds documents, which are added on their own page.
    """

    number: int
    text: str
    label: str
    present: Shown
    part: FormField[Any]
    inputs: Field | None
    of_documents: bool


@dataclass(frozen=True, slots=True)
class RoundLink:
    """One round that waits, as a view of the page."""

    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when the round is to be answered, and when the request may lapse without it."""

    due: date | None
    lapses_on: date | None
    blocking: bool


def rendered(page: CasePage, asked: OpenRound, form: AnswerForm) -> str:
    """Return the page of one round with `form`: two statements, one when nothing stands still."""
    session = read_session()
    return render_template(
        "requests/answer.html",
        page=page,
        form=form,
        asked=_asked(asked, form),
        rounds=_rounds(session, page.case, asked),
        deadline=_deadline(session, page.case, asked),
    )


def _asked(asked: OpenRound, form: AnswerForm) -> list[Asked]:
    found = []
    parts = zip(asked.questions, form.parts(), form.fields_shown(), strict=True)
    for number, (question, part, inputs) in enumerate(parts, start=1):
        path = question.field_path
        if inputs is not None and field_kind(inputs) == "textarea":
            inputs.render_kw = {"rows": 6}
        found.append(
            Asked(
                number=number,
                text=question.text,
                label=str(label_of(path)),
                present=None if path == OTHER or inputs is not None else value_of(asked.data, path),
                part=part,
                inputs=inputs,
                of_documents=path == TEXTS,
            )
        )
    return found


def _rounds(session: Session, case: AssistanceRequest, asked: OpenRound) -> Sequence[RoundLink]:
    """Return every round that waits; none when there is only the one that is shown, and for a returned request."""
    if case.state is State.RETURNED:
        return []
    waiting = (
        select(CaseQuestion.round, func.min(CaseQuestion.asked_at).label("asked_at"), func.count().label("waiting"))
        .where(CaseQuestion.case_id == case.id, is_open())
        .group_by(CaseQuestion.round)
        .order_by(CaseQuestion.round)
    )
    rows = session.execute(waiting).all()
    shown = asked.questions[0].round
    return [
        RoundLink(
            _("Asked on %(date)s", date=date_text(row.asked_at.date())),
            url_for("requests.answer", key=case.key, round=row.round),
            row.round == shown,
            row.waiting,
        )
        for row in rows
        if len(rows) > 1
    ]


def _deadline(session: Session, case: AssistanceRequest, asked: OpenRound) -> Deadline:
    first = asked.questions[0]
    if not first.blocking:
        return Deadline(first.due_on, None, blocking=False)
    subject = "" if case.state is State.RETURNED else asked.subject
    running = [one for one in projection_of(session, case).open_due if one.subject == subject]
    ends = {one.key: one.due_on for one in running}
    lapses_on = ends.get(LimitKey.LAPSE) if case.state is State.RETURNED else None
    return Deadline(ends.get(LimitKey.ANSWER), lapses_on, blocking=True)
