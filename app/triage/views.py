"""Pages of intake: screening, and the steps that it takes; the queue stands in `queue_views`."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import app.triage.merge_views
import app.triage.queue_views
import app.triage.supply_views  # noqa: F401 - their routes
from app.casework.officers import OfficerForm
from app.casework.page import case_page
from app.casework.steps import StepForm
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand
from app.triage import asking, judging, screening_page, services, step_page
from app.triage.blueprint import ASSIGNERS, READERS, bp
from app.triage.commands import (
    AskState,
    ChooseOfficer,
    JudgeChecks,
    LapseUnanswered,
    ReadAnswers,
    ReturnForInformation,
    TakeUp,
)
from app.triage.forms import ADD, AskForm, QuestionsForm, ReadForm, ScreeningForm
from app.workflow.vocabulary import Action, Role

__all__ = ["bp"]

Shown = str | tuple[str, int] | Response


@bp.post("/cases/<key>/take-up")
@access.roles(Role.INTAKE_OFFICER)
def take_up(key: str) -> Shown:
    """Begin to screen a submitted request."""
    actor, form = access.the_actor(), StepForm()
    command = form.command(TakeUp, key=key)
    if command is None:
        raise InvalidCommand(FieldError("version", "missing"))
    services.take_up(actor, command)
    flash(_("You took up the request. Judge the eight checks."), "success")
    return redirect(url_for("triage.screening", key=key), 303)


@bp.get("/cases/<key>/screening")
@access.roles(*READERS)
def screening(key: str) -> Shown:
    """Show the request beside the eight checks."""
    return _screening(key, None)


@bp.post("/cases/<key>/screening")
@access.roles(Role.INTAKE_OFFICER)
def save_checks(key: str) -> Shown:
    """Save the checks as far as they were judged."""
    actor, form = access.the_actor(), ScreeningForm()
    command = form.command(JudgeChecks, key=key)
    if command is not None and form.submit(lambda: judging.judge_checks(actor, command))[0]:
        flash(_("The checks were saved."), "success")
        return redirect(url_for("triage.screening", key=key), 303)
    return _screening(key, form), 422


def _screening(key: str, form: ScreeningForm | None) -> str:
    actor, session = access.the_actor(), read_session()
    page = case_page(actor, key, "triage.screening")
    shown = screening_page.shown(session, actor, page, form)
    return render_template("triage/screening.html", page=page, shown=shown, form=shown.form)


@bp.route("/cases/<key>/return-for-information", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER)
def return_for_information(key: str) -> Shown:
    """Write the questions with which a request is returned."""
    form = QuestionsForm()
    if request.method == "POST" and ADD in request.form:
        form.add_row()
        return _form_page(key, form, Action.RETURN_FOR_INFORMATION, "triage/questions.html")
    if request.method == "POST":
        form.drop_empty()
    done = _("The request was returned with your questions.")
    template = "triage/questions.html"
    return _step(
        key, form, Action.RETURN_FOR_INFORMATION, ReturnForInformation, asking.return_for_information, template, done
    )


@bp.route("/cases/<key>/ask-state", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def ask_state(key: str) -> Shown:
    """Write questions that come up while the request is worked on."""
    form = AskForm()
    if request.method == "POST" and ADD in request.form:
        form.add_row()
        return _form_page(key, form, Action.ASK_STATE, "triage/ask.html")
    if request.method == "POST":
        form.drop_empty()
    done = _("The State has your questions.")
    return _step(key, form, Action.ASK_STATE, AskState, asking.ask_state, "triage/ask.html", done)


@bp.post("/cases/<key>/answers-read")
@access.roles(Role.INTAKE_OFFICER, Role.CASE_OFFICER)
def answers_read(key: str) -> Shown:
    """Note that the answers of the State were read."""
    actor, form = access.the_actor(), ReadForm()
    command = form.command(ReadAnswers, key=key)
    if command is None:
        raise InvalidCommand(FieldError("question", "missing"))
    asking.read_answers(actor, command)
    flash(_("The answers are marked as read."), "success")
    return redirect(url_for("casefile.overview", key=key), 303)


@bp.route("/cases/<key>/accept", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER)
def accept(key: str) -> Shown:
    """Choose the case officer and accept the request for review."""
    done = _("The request was accepted for review.")
    return _step(key, OfficerForm(), Action.ACCEPT, ChooseOfficer, services.accept, "triage/accept.html", done)


@bp.route("/cases/<key>/assign", methods=["GET", "POST"])
@access.roles(*ASSIGNERS)
def assign(key: str) -> Shown:
    """Choose the officer who owns the request."""
    done = _("The request has its case officer.")
    return _step(key, OfficerForm(), Action.ASSIGN, ChooseOfficer, services.assign, "triage/assign.html", done)


@bp.route("/cases/<key>/lapse-unanswered", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER)
def lapse(key: str) -> Shown:
    """Let a request lapse whose questions stayed unanswered."""
    done = _("The request lapsed. The State can revive it within 12 months.")
    return _step(
        key, StepForm(), Action.LAPSE_UNANSWERED, LapseUnanswered, services.lapse_unanswered, "triage/lapse.html", done
    )


def _step(
    key: str,
    form: StepForm,
    action: Action,
    model: type[Any],
    use_case: Callable[..., None],
    template: str,
    done: str,
) -> Shown:
    """Show the form of a step or act, or do it: then the case's page says so."""
    if request.method == "GET":
        return _form_page(key, form, action, template)
    actor = access.the_actor()
    command = form.command(model, key=key)
    if command is not None and form.submit(lambda: use_case(actor, command))[0]:
        flash(done, "success")
        return redirect(url_for("casefile.overview", key=key), 303)
    return _form_page(key, form, action, template), 422


def _form_page(key: str, form: StepForm, action: Action, template: str) -> str:
    """Show the form of `action`, with what stands in its way.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
        NotFound: there is no such case for this actor.
    """
    actor, session = access.the_actor(), read_session()
    page = case_page(actor, key, str(request.endpoint))
    shown = step_page.shown(session, actor, page, action, form)
    return render_template(template, page=page, shown=shown, form=form)
