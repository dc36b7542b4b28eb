"""Pages of a plan before the State: proposed, sent back, agreed, unanswered, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.casework.steps import StepForm
from app.delivery.plan import proposing
from app.delivery.plan.blueprint import TAB, bp
from app.delivery.plan.step_commands import AgreePlan, LapsePlan, ProposePlan, RequestChanges, Reschedule
from app.delivery.plan.step_forms import ChangesForm, RescheduleForm, VersionForm
from app.delivery.plan.step_page import step_shown
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.vocabulary import STATE_ROLES, Action, Role

Shown = str | tuple[str, int] | Response


@bp.route("/cases/<key>/plan/propose", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def propose(key: str) -> Shown:
    """Show what the State will read and what is lacking, and put the plan to it."""
    done = _("The plan lies with the State.")
    return _step(key, VersionForm(), ProposePlan, proposing.propose_plan, (Action.PROPOSE_PLAN, "propose"), done)


@bp.route("/cases/<key>/plan/changes", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def ask_changes(key: str) -> Shown:
    """Say what should change before the State agrees."""
    done = _("The case officer has what you wrote, and puts a new version to you.")
    shown = (Action.REQUEST_PLAN_CHANGES, "changes")
    return _step(key, ChangesForm(), RequestChanges, proposing.request_plan_changes, shown, done)


@bp.route("/cases/<key>/plan/agree", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def agree(key: str) -> Shown:
    """Read the whole plan once more, and agree to it."""
    done = _("Your State agreed to the plan. The case officer is told.")
    return _step(key, VersionForm(), AgreePlan, proposing.agree_plan, (Action.AGREE_PLAN, "agree"), done)


@bp.route("/cases/<key>/plan/lapse", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def lapse(key: str) -> Shown:
    """End a request whose plan was not answered."""
    done = _("The request lapsed. The State is told.")
    return _step(key, VersionForm(), LapsePlan, proposing.lapse_plan, (Action.LAPSE_PLAN, "lapse"), done)


@bp.route("/cases/<key>/plan/reschedule", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def reschedule(key: str) -> Shown:
    """Say what changes in substance, and begin the next version with what was agreed."""
    done = _("The request is being planned again. A draft begins with what was agreed.")
    return _step(key, RescheduleForm(), Reschedule, proposing.reschedule, (Action.RESCHEDULE, "reschedule"), done)


def _step(
    key: str, form: StepForm, model: type[Any], use_case: Callable[..., None], shown: tuple[Action, str], done: str
) -> Shown:
    """Show the form of a step or act, or do it."""
    actor, (action, template) = access.the_actor(), shown
    if request.method == "POST":
        command = form.command(model, key=key)
        if command is not None and form.attempt(lambda: use_case(actor, command)):
            flash(done, "success")
            return redirect(url_for(TAB, key=key), 303)
    page = case_page(actor, key, str(request.endpoint))
    beside = step_shown(read_session(), actor, page, action, form)
    html = render_template(f"plan/{template}.html", page=page, shown=beside, form=form)
    return (html, 422) if request.method == "POST" else html
