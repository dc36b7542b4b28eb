"""Pages of holds and money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.commands import CaseCommand
from app.casework.page import case_page
from app.casework.steps import StepForm
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand
from app.funding import allocating, approving, holding
from app.funding.blueprint import bp
from app.funding.commands import Allocate, DecideAllocation, KeepRequest, PutOnHold, Resume
from app.funding.forms import AllocationForm, DecideForm, HoldForm, KeepForm, ResumeForm
from app.funding.page import funding_of, money_of, proposed_of
from app.funding.queries import cost_lines_of
from app.funding.sources.queries import currency_of, open_sources
from app.workflow import policy
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Action, Role

__all__ = ["bp"]

Shown = str | tuple[str, int] | Response
HOLDERS = (Role.PROGRAMME_SUPPORT, Role.BRANCH_CHIEF)
READERS = (*sorted(TPB_ROLES), Role.AUDITOR)


@bp.route("/cases/<key>/hold", methods=["GET", "POST"])
@access.roles(*HOLDERS)
def hold(key: str) -> Shown:
    """Say why the request rests, and what the State reads of it."""
    form = HoldForm()
    if request.method == "POST":
        command = form.command(PutOnHold, key=key)
        if command is not None and form.attempt(lambda: holding.hold(access.the_actor(), command)):
            return _done(key, _("The request rests. The State is told."))
    actor = access.the_actor()
    page = case_page(actor, key, "funding.hold")
    form.offer(policy.hold_reasons(actor, page.core))
    return _page(page, form, Action.HOLD, "funding/hold.html")


@bp.route("/cases/<key>/resume-planning", methods=["GET", "POST"])
@access.roles(*HOLDERS)
def resume_planning(key: str) -> Shown:
    """Say how the cause has gone, and go on with planning."""
    done = _("Planning goes on. The State is told.")
    return _step(key, ResumeForm(), Resume, holding.resume_planning, (Action.RESUME_PLANNING, "resume"), done)


@bp.route("/cases/<key>/resume-review", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def resume_review(key: str) -> Shown:
    """Say how the cause has gone, and go on with the review."""
    done = _("The review goes on. The State is told.")
    return _step(key, ResumeForm(), Resume, holding.resume_review, (Action.RESUME_REVIEW, "resume"), done)


@bp.get("/cases/<key>/money")
@access.roles(*READERS)
def money(key: str) -> str:
    """Show what was allocated to the request, what became of it, and what is missing."""
    actor = access.the_actor()
    page = case_page(actor, key, "funding.money")
    return render_template("funding/money.html", page=page, shown=money_of(read_session(), actor, page))


@bp.route("/cases/<key>/allocate", methods=["GET", "POST"])
@access.roles(Role.PROGRAMME_SUPPORT)
def allocate(key: str) -> Shown:
    """Allocate to the request from a source."""
    actor, session, form = access.the_actor(), read_session(), AllocationForm()
    if request.method == "POST":
        form.currency = currency_of(session, form.source.data)
        command = form.command(Allocate, key=key)
        if command is not None and form.attempt(lambda: allocating.allocate(actor, command)):
            return _done(key, _("The allocation was recorded."), "funding.money")
    page = case_page(actor, key, "funding.allocate")
    form.offer(open_sources(session), cost_lines_of(session, page.case.id))
    return _page(page, form, Action.ALLOCATE, "funding/allocate.html")


@bp.route("/cases/<key>/approve-allocation", methods=["GET", "POST"])
@access.roles(*HOLDERS)
def approve_allocation(key: str) -> Shown:
    """Approve or refuse, as a second person, what somebody proposed to allocate."""
    actor, form = access.the_actor(), DecideForm()
    if request.method == "POST":
        command = form.command(DecideAllocation, key=key)
        if command is not None and form.attempt(lambda: approving.decide_allocation(actor, command)):
            return _done(key, _("The answer was recorded."), "funding.money")
    page = case_page(actor, key, "funding.approve_allocation")
    shown = funding_of(read_session(), actor, page, Action.APPROVE_ALLOCATION, form)
    form.offer(proposed_of(actor, shown))
    html = render_template("funding/approve.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


@bp.post("/cases/<key>/keep")
@access.roles(*sorted(STATE_ROLES))
def keep(key: str) -> Shown:
    """Say that the State keeps a request that has been resting for long."""
    command = KeepForm().command(KeepRequest, key=key)
    if command is None:
        raise InvalidCommand(FieldError("version", "missing"))
    holding.keep(access.the_actor(), command)
    return _done(key, _("Your State keeps the request."))


def _step(
    key: str,
    form: StepForm,
    model: type[CaseCommand],
    use_case: Callable[..., None],
    shown: tuple[Action, str],
    done: str,
) -> Shown:
    """Show the form of a step or act, or do it."""
    if request.method == "POST":
        command = form.command(model, key=key)
        if command is not None and form.attempt(lambda: use_case(access.the_actor(), command)):
            return _done(key, done)
    action, template = shown
    page = case_page(access.the_actor(), key, str(request.endpoint))
    return _page(page, form, action, f"funding/{template}.html")


def _page(page: Any, form: StepForm, action: Action, template: str) -> Shown:
    actor, session = access.the_actor(), read_session()
    shown = funding_of(session, actor, page, action, form)
    html = render_template(template, page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


def _done(key: str, words: str, endpoint: str = "casefile.overview") -> Response:
    flash(words, "success")
    return redirect(url_for(endpoint, key=key), 303)
