"""Pages of the plan: the tab, what it says as a whole, its activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import CasePage, case_page
from app.delivery.plan import drafting, step_views
from app.delivery.plan.blueprint import TAB, bp
from app.delivery.plan.commands import RemoveActivity, SaveActivity, SaveDraft
from app.delivery.plan.differences import differences_of
from app.delivery.plan.forms import ADD, ActivityForm, DraftForm, PlanForm, RemoveForm, draft_data
from app.delivery.plan.page import activity_data, data_of_request, draftable, plan_shown, planned_as
from app.delivery.plan.queries import StoredPlan
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

__all__ = ["bp", "step_views"]

Shown = str | tuple[str, int] | Response
#: No plan has more versions; a greater number in an address was written by hand.
MOST_VERSIONS = 10_000
#: Everybody who sees cases; which versions is `versions.versions_of`.
READERS = (*sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>/plan")
@access.roles(*READERS)
def plan(key: str) -> str:
    """Show a version of the plan, the newest unless one is named, with what a draft still lacks."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return render_template(
        "plan/plan.html", page=page, shown=plan_shown(read_session(), actor, page, _number("version"))
    )


@bp.get("/cases/<key>/plan/differences")
@access.roles(*READERS)
def differences(key: str) -> str:
    """Show what differs between two versions: those that the address names, else the newest and the one before."""
    actor = access.the_actor()
    page = case_page(actor, key, "plan.differences")
    shown = differences_of(read_session(), actor, page, _number("old"), _number("new"))
    return render_template("plan/differences.html", page=page, shown=shown)


@bp.route("/cases/<key>/plan/draft", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def draft(key: str) -> Shown:
    """Write what the plan says as a whole, and what it costs."""
    form = DraftForm()
    if request.method == "POST" and _took(form, SaveDraft, drafting.save_draft, key=key):
        return _saved(key, _("The plan was saved."))
    page, stored = _open(key)
    if request.method == "GET":
        form = DraftForm(data=draft_data(stored, page.case.lang))
    return _form("plan/draft.html", page, form, stored.plan.version if stored else 0, stored=stored)


@bp.route("/cases/<key>/plan/activities/new", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def add_activity(key: str) -> Shown:
    """Add an activity, beginning with what the request says of it."""
    form = ActivityForm()
    if request.method == "POST" and _took(form, SaveActivity, drafting.save_activity, key=key):
        return _saved(key, _("The activity was added."))
    page, stored = _open(key)
    if stored is None:
        return redirect(url_for("plan.draft", key=key), 303)
    if request.method == "GET":
        form = ActivityForm(data=data_of_request(read_session(), page.case.id))
    return _form("plan/activity.html", page, form, 0, stored=stored)


@bp.route("/cases/<key>/plan/activities/<activity>", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def change_activity(key: str, activity: str) -> Shown:
    """Change an activity."""
    form = ActivityForm()
    if request.method == "POST" and _took(form, SaveActivity, drafting.save_activity, key=key, activity=activity):
        return _saved(key, _("The activity was saved."))
    page, stored = _open(key)
    planned = planned_as(stored, activity)
    if request.method == "GET":
        form = ActivityForm(data=activity_data(read_session(), planned))
    return _form("plan/activity.html", page, form, planned.activity.version, stored=stored, planned=planned)


@bp.route("/cases/<key>/plan/activities/<activity>/remove", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def remove_activity(key: str, activity: str) -> Shown:
    """Ask once more, then take an activity out of the draft."""
    form = RemoveForm()
    if request.method == "POST" and _took(form, RemoveActivity, drafting.remove_activity, key=key, activity=activity):
        return _saved(key, _("The activity was taken out of the plan."))
    page, stored = _open(key)
    planned = planned_as(stored, activity)
    return _form("plan/remove.html", page, form, planned.activity.version, stored=stored, planned=planned)


def _number(name: str) -> int | None:
    """Return a number of a version as the address names it; None when it names none."""
    given = request.args.get(name, type=int)
    return given if given is None else min(given, MOST_VERSIONS)


def _took(form: PlanForm, model: type[Any], use_case: Callable[..., None], **given: str) -> bool:
    """Run the use case; False when something is wrong, or when the button only asked for another row."""
    add = request.form.get(ADD)
    form.settle_rows(add)
    command = None if add else form.command(model, **given)
    return command is not None and form.submit(lambda: use_case(access.the_actor(), command))[0]


def _open(key: str) -> tuple[CasePage, StoredPlan | None]:
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return page, draftable(read_session(), actor, page)


def _form(template: str, page: CasePage, form: PlanForm, seen: int, **shown: Any) -> Shown:
    form.carry(page.case.version, seen)
    html = render_template(template, page=page, form=form, **shown)
    return (html, 422) if request.method == "POST" and ADD not in request.form else html


def _saved(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for(TAB, key=key), 303)
