"""The questions of the last round as a page: field, present value and what was answered so far beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from wtforms import FormField

from app.casework.content.labels import CORRECTABLE, OTHER, Shown, label_of, raw_value, value_of
from app.casework.models import CaseQuestion
from app.casework.page import CasePage
from app.casework.projection import projection_of
from app.casework.queries import latest_revision
from app.foundation.db import read_session
from app.requests.answering import mark_of, questions_of_last_round
from app.requests.forms import AnswerForm
from app.workflow.vocabulary import LimitKey


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        label: the field that it is tied to.
        present: what stands there now; None when the field is given back to be corrected, or has no single value.
        part: where the answer is typed.
    """

    number: int
    text: str
    label: str
    present: Shown
    part: FormField[Any]


def blank_form(page: CasePage) -> AnswerForm:
    """Return the form with what was saved so far."""
    questions = questions_of_last_round(read_session(), page.case.id)
    data = _data(page)
    rows = [
        {
            "question": one.key,
            "answer": one.answer,
            "cannot_answer": one.cannot_answer,
            "correction": raw_value(data, one.field_path) if one.correction is None else one.correction,
        }
        for one in questions
    ]
    form = AnswerForm(data={"version": page.case.version, "seen": mark_of(questions), "answers": rows})
    form.fit(questions, CORRECTABLE.__contains__)
    return form


def rendered(page: CasePage, form: AnswerForm) -> str:
    """Return the page with `form`, whose rows are the questions of the last round."""
    questions = questions_of_last_round(read_session(), page.case.id)
    for part, question in zip(form.answers, questions, strict=True):
        if "correction" in part.form:
            part.form.correction.render_kw = {"rows": 5 if CORRECTABLE[question.field_path] else 1}
    asked = _asked(questions, _data(page), form)
    return render_template("requests/answer.html", page=page, form=form, asked=asked, lapses_on=_lapses_on(page))


def _asked(questions: Sequence[CaseQuestion], data: Mapping[str, Any], form: AnswerForm) -> list[Asked]:
    return [
        Asked(
            number,
            question.text,
            str(label_of(question.field_path)),
            None if question.field_path == OTHER or "correction" in part.form else value_of(data, question.field_path),
            part,
        )
        for number, (question, part) in enumerate(zip(questions, form.answers, strict=True), start=1)
    ]


def _data(page: CasePage) -> Mapping[str, Any]:
    revision = latest_revision(read_session(), page.case.id)
    return revision.data if revision else {}


def _lapses_on(page: CasePage) -> date | None:
    """Return the last day before the request may lapse without answers."""
    running = projection_of(read_session(), page.case).open_due
    return next((one.due_on for one in running if one.key is LimitKey.LAPSE), None)
