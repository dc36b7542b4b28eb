"""Pages of a delivery: the tab, one activity and what is recorded of it, the start and the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.casework.page import CasePage, case_page
from app.casework.steps import StepForm, shows
from app.delivery.activities import commands, counting_page, forms, recording
from app.delivery.activities.page import activity_shown, delivery_shown, found_in, lacks_beside
from app.delivery.stepping import Shown, StepPage, show_or_take
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Forbidden
from app.workflow import policy
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Action, Role, State

bp = Blueprint("activities", __name__, template_folder="templates")

READERS = (*sorted(STATE_ROLES), *sorted(TPB_ROLES), Role.AUDITOR)
TAB = "activities.overview"
START = StepPage(
    Action.START_DELIVERY,
    "activities/start.html",
    StepForm,
    commands.StartDelivery,
    recording.start_delivery,
    _l("The delivery has started. The State is told."),
    leads_to=TAB,
)
REPORT = StepPage(
    Action.REPORT_DELIVERED,
    "activities/report.html",
    forms.ReportForm,
    commands.ReportDelivered,
    recording.report_delivered,
    _l("The assistance was reported as delivered. The State is asked to confirm it."),
    leads_to=TAB,
    beside=lacks_beside,
)


@bp.get("/cases/<key>/delivery")
@access.roles(*READERS)
def overview(key: str) -> str:
    """Show what is planned and was held, what is recommended, and what the State said of it."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return render_template("activities/overview.html", page=page, shown=delivery_shown(read_session(), actor, page))


@bp.get("/cases/<key>/activities/<activity>")
@access.roles(*READERS)
def activity(key: str, activity: str) -> str:
    """Show one activity with its people, its log, and what came of it."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    shown = activity_shown(read_session(), actor, page, activity)
    return render_template("activities/activity.html", page=page, shown=shown)


@bp.route("/cases/<key>/record-activity", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def begin(key: str) -> Shown:
    """Record which activity began, and when; show all of which something can be recorded."""
    form = forms.BeginForm()
    if request.method == "POST":
        command = form.command(commands.BeginActivity, key=key)
        if command is not None and form.attempt(lambda: recording.begin_activity(access.the_actor(), command)):
            return _begun(key, command.activity)
    page = recordable(key)
    lines = delivery_shown(read_session(), access.the_actor(), page).activities
    waiting = [(one.row.key, one.row.title) for one in lines if one.waits]
    form.offer(waiting, request.args.get("activity"))
    shows(form, page)
    html = render_template("activities/begin.html", page=page, form=form, lines=lines, waiting=waiting)
    return (html, 422) if request.method == "POST" else html


@bp.route("/cases/<key>/activities/<activity>/hold", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def hold(key: str, activity: str) -> Shown:
    """Record that an activity was held, or correct what was recorded."""
    done = _("It was recorded that the activity was held.")
    what = (commands.HoldActivity, recording.hold_activity, "activities/hold.html", done)
    return _record(key, activity, forms.HoldForm, what, counting_page.hold_data)


@bp.route("/cases/<key>/activities/<activity>/log", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def note(key: str, activity: str) -> Shown:
    """Write a line into the log of an activity."""
    what = (commands.NoteActivity, recording.note_activity, "activities/note.html", _("The line was added to the log."))
    return _record(key, activity, forms.NoteForm, what, lambda row: {})


@bp.route("/cases/<key>/activities/<activity>/participants", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def participants(key: str, activity: str) -> Shown:
    """Count the people who came, by State, profession and gender."""
    form, add = forms.CountForm(), request.form.get(forms.ADD)
    if request.method == "POST":
        form.settle(add)
        command = None if add else form.command(commands.CountParticipants, key=key, activity=activity)
        if command is not None and form.attempt(lambda: recording.count_participants(access.the_actor(), command)):
            return recorded(key, activity, _("The participants were counted."))
    page = recordable(key)
    row = found_in(read_session(), page, activity)
    if request.method == "GET":
        form = forms.CountForm(data=counting_page.count_data(read_session(), row))
    form.offer(counting_page.states_of(read_session(), row))
    shows(form, page)
    html = render_template("activities/participants.html", page=page, form=form, row=row)
    return (html, 422) if request.method == "POST" and not add else html


@bp.route("/cases/<key>/start-delivery", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def start(key: str) -> Shown:
    """Start the delivery, once the first activity has begun."""
    return show_or_take(START, key)


@bp.route("/cases/<key>/report-delivered", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def report(key: str) -> Shown:
    """Show what is lacking, and report the assistance as delivered."""
    return show_or_take(REPORT, key)


def recordable(key: str) -> CasePage:
    """Return the page of a case of whose activities the reader may record something.

    Raises:
        NotFound, Forbidden: they may not, or there is no such case.
    """
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    if not policy.may(actor, Action.RECORD_ACTIVITY, page.core):
        raise Forbidden
    return page


def _record(
    key: str,
    activity: str,
    form_of: type[StepForm],
    what: tuple[type[Any], Callable[..., None], str, str],
    data: Callable[[Any], Mapping[str, Any]],
) -> Shown:
    """Show the form of something that is recorded of one activity, or record it."""
    (model, use_case, template, done), form = what, form_of()
    if request.method == "POST":
        command = form.command(model, key=key, activity=activity)
        if command is not None and form.attempt(lambda: use_case(access.the_actor(), command)):
            return recorded(key, activity, done)
    page = recordable(key)
    row = found_in(read_session(), page, activity)
    if request.method == "GET":
        form = form_of(data=data(row))
    shows(form, page)
    html = render_template(template, page=page, form=form, row=row)
    return (html, 422) if request.method == "POST" else html


def recorded(key: str, activity: str, words: str) -> Response:
    """Say what was recorded on the page of the activity."""
    flash(words, "success")
    return redirect(url_for("activities.activity", key=key, activity=activity), 303)


def _begun(key: str, activity: str) -> Response:
    """Lead on to the start of the delivery where it has not started."""
    page = case_page(access.the_actor(), key, TAB)
    if page.case.state is State.SCHEDULED:
        flash(_("It was recorded that the activity began. The delivery can start."), "success")
        return redirect(url_for("activities.start", key=key), 303)
    return recorded(key, activity, _("It was recorded that the activity began."))
