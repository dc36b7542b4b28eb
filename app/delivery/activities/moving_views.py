"""Pages on which an agreed activity is moved, with the State's answer, or cancelled."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.casework.steps import StepForm
from app.delivery.activities import cancelling, moving
from app.delivery.activities.moving_commands import AnswerMove, CancelActivity, MoveActivity
from app.delivery.activities.moving_forms import ActivityChoice, AnswerMoveForm, CancelForm, MoveForm
from app.delivery.activities.moving_page import moving_shown
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.vocabulary import STATE_ROLES, Action, Role

bp = Blueprint("moves", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response


@bp.route("/cases/<key>/move-activity", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def move(key: str) -> Shown:
    """Propose other dates for an activity."""
    form = MoveForm()
    if request.method == "POST":
        command = form.command(MoveActivity, key=key)
        if command is not None and form.attempt(lambda: moving.move_activity(access.the_actor(), command)):
            return _done(key, _("The State is asked. Until it answers, the agreed dates stand."))
    return _page(key, form, Action.MOVE_ACTIVITY, "move")


@bp.route("/cases/<key>/answer-move", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def answer(key: str) -> Shown:
    """Accept other dates of an activity, or keep those that were agreed."""
    form = AnswerMoveForm()
    if request.method == "POST":
        command = form.command(AnswerMove, key=key)
        if command is not None and form.attempt(lambda: moving.answer_move(access.the_actor(), command)):
            words = _("The activity has the other dates.") if command.accepted else _("The agreed dates stand.")
            return _done(key, words)
    return _page(key, form, Action.ANSWER_MOVE, "answer")


@bp.route("/cases/<key>/cancel-activity", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def cancel(key: str) -> Shown:
    """Cancel an activity, with its reason and what that costs."""
    form = CancelForm()
    if request.method == "POST":
        command = form.command(CancelActivity, key=key)
        if command is not None and form.attempt(lambda: cancelling.cancel_activity(access.the_actor(), command)):
            return _done(key, _("The activity was cancelled. The State is told."))
    return _page(key, form, Action.RECORD_ACTIVITY, "cancel")


def _page(key: str, form: StepForm, action: Action, template: str) -> Shown:
    actor = access.the_actor()
    page = case_page(actor, key, str(request.endpoint))
    shown = moving_shown(read_session(), actor, page, action, form)
    if isinstance(form, ActivityChoice):
        form.offer(shown.ahead, request.args.get("activity"))
    elif isinstance(form, AnswerMoveForm) and not form.is_submitted() and shown.waiting:
        waits = shown.waiting[0].waits
        form.move.data = waits.key if waits else ""
    html = render_template(f"moves/{template}.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


def _done(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("plan.plan", key=key), 303)
