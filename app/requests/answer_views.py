"""The page on which the State answers the questions of intake."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.content.labels import CORRECTABLE
from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Stale
from app.requests.answer_page import blank_form, rendered
from app.requests.answering import answer_questions, questions_of_last_round
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import AnswerQuestions
from app.requests.forms import AnswerForm
from app.workflow import policy
from app.workflow.vocabulary import Action


@bp.route("/cases/<key>/answer", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def answer(key: str) -> str | Response | tuple[str, int]:
    """Show the questions of the last round; save what is answered, or give the answers once all are there."""
    if request.method == "POST":
        return _posted(key)
    page = case_page(access.the_actor(), key, "requests.answer")
    if not policy.may(access.the_actor(), Action.ANSWER, page.core):
        return redirect(url_for("casefile.overview", key=key), 302)
    return rendered(page, blank_form(page))


def _posted(key: str) -> Response | tuple[str, int]:
    actor, form, later = access.the_actor(), AnswerForm(), "later" in request.form
    command = form.command(AnswerQuestions, key=key, finished=not later)
    if command is None or not form.attempt(lambda: answer_questions(actor, command)):
        page = case_page(actor, key, "requests.answer")
        if not form.fit(questions_of_last_round(read_session(), page.case.id), CORRECTABLE.__contains__):
            raise Stale(case_key=key, seen_version=page.case.version)
        return rendered(page, form), 422
    if later:
        flash(_("Saved. Your answers stay with your State until you send them."), "success")
        return redirect(url_for("requests.answer", key=key), 303)
    flash(_("Your answers were sent."), "success")
    return redirect(url_for("casefile.overview", key=key), 303)
