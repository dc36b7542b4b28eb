"""The page on which the State answers questions about its request."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Stale
from app.requests.answer_form import AnswerForm, answer_form, posted_form
from app.requests.answer_page import rendered
from app.requests.answering import answer_questions, open_round
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import MOST_ROUNDS, AnswerQuestions
from app.requests.task_forms import ADD
from app.workflow import policy
from app.workflow.vocabulary import Action


@bp.route("/cases/<key>/answer", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def answer(key: str) -> str | Response | tuple[str, int]:
    """Show one round of questions; save what is answered, or give the answers once all are there."""
    if request.method == "POST":
        return _posted(key)
    actor = access.the_actor()
    page = case_page(actor, key, "requests.answer")
    asked = open_round(read_session(), page.case.id, _round())
    may = any(policy.may(actor, action, page.core) for action in (Action.ANSWER, Action.ANSWER_QUESTION))
    if not may or not asked.questions:
        return redirect(url_for("casefile.overview", key=key), 302)
    return rendered(page, asked, answer_form(asked, page.case.version))


def _posted(key: str) -> str | Response | tuple[str, int]:
    actor, later = access.the_actor(), "later" in request.form
    form = posted_form(request.form)
    if ADD in request.form:
        form.settle_rows(add=request.form[ADD])
        return _again(key, form)
    command = form.command(AnswerQuestions, key=key, finished=not later)
    if command is None or not form.attempt(lambda: answer_questions(actor, command)):
        return _again(key, form), 422
    if later:
        flash(_("Saved. Your answers stay with your State until you send them."), "success")
        return redirect(url_for("requests.answer", key=key, round=command.round), 303)
    flash(_("Your answers were sent."), "success")
    return redirect(url_for("casefile.overview", key=key), 303)


def _again(key: str, form: AnswerForm) -> str:
    """Return the page with what was typed.

    Raises:
        Stale: these are not the questions that the page showed; nobody may answer one that they did not read.
    """
    page = case_page(access.the_actor(), key, "requests.answer")
    asked = open_round(read_session(), page.case.id, request.form.get("round", type=_number))
    shown = [(part.form.question.data, part.form.path.data) for part in form.parts()]
    if not shown or shown != [(one.key, one.field_path) for one in asked.questions]:
        raise Stale(case_key=key, seen_version=page.case.version)
    return rendered(page, asked, form)


def _round() -> int | None:
    return request.args.get("round", type=_number)


def _number(typed: str) -> int:
    return min(max(int(typed), 0), MOST_ROUNDS)
