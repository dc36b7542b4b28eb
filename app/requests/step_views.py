"""Pages of the steps that the State takes: check and send, confirm, return, discard, withdraw, revive."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.casework.steps import StepForm
from app.foundation import access
from app.foundation.db import read_session
from app.requests import ending, services
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.check_page import check_page
from app.requests.commands import (
    ConfirmRequest,
    DiscardDraft,
    ReturnToDraft,
    ReviveRequest,
    SendRequest,
    WithdrawRequest,
)
from app.requests.forms import ReturnForm, SendForm, WithdrawForm
from app.requests.queries import draft_case
from app.requests.step_page import StepPage, show_or_take
from app.workflow.vocabulary import Action, Role, State

Answer = str | Response | tuple[str, int]

SENDING = {Action.SEND_TO_MISSION.value: services.send_to_mission, Action.SUBMIT.value: services.submit}
CONFIRM = StepPage(
    Action.CONFIRM_REQUEST,
    "requests/confirm.html",
    StepForm,
    ConfirmRequest,
    services.confirm_request,
    done="requests.sent",
    whole_request=True,
)
RETURN = StepPage(
    Action.RETURN_TO_DRAFT,
    "requests/return.html",
    ReturnForm,
    ReturnToDraft,
    services.return_to_draft,
    done="requests.tasks",
    told=_l("The request is a draft again."),
)
DISCARD = StepPage(
    Action.DISCARD,
    "requests/discard.html",
    StepForm,
    DiscardDraft,
    ending.discard,
    done="requests.home",
    of_case=False,
    told=_l("The draft was discarded."),
)
WITHDRAW = StepPage(
    Action.WITHDRAW,
    "requests/withdraw.html",
    WithdrawForm,
    WithdrawRequest,
    ending.withdraw,
    told=_l("The request was withdrawn."),
)
REVIVE = StepPage(
    Action.REVIVE,
    "requests/revive.html",
    StepForm,
    ReviveRequest,
    ending.revive,
    told=_l("The request is taken up again."),
)


@bp.route("/cases/<key>/check", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def check(key: str) -> Answer:
    """Show every answer of a draft once more, then send it to the mission or submit it."""
    actor = access.the_actor()
    form = SendForm()
    if request.method == "POST":
        act = SENDING.get(request.form.get("step", ""))
        if act is None:
            abort(400)
        command = form.command(SendRequest, key=key)
        if command is not None and form.attempt(lambda: act(actor, command)):
            return redirect(url_for("requests.sent", key=key), 303)
    page = check_page(actor, key)
    if request.method == "POST":
        return render_template("requests/check.html", page=page, form=form), 422
    if page.case.state is not State.DRAFT:
        return redirect(url_for("casefile.overview", key=key), 302)
    form.version.data = str(page.case.version)
    return render_template("requests/check.html", page=page, form=form)


@bp.get("/cases/<key>/sent")
@access.roles(*STATE_SIDE)
def sent(key: str) -> str | Response:
    """Say that the request was sent, its number, what happens next and by when."""
    case = draft_case(read_session(), access.the_actor(), key)
    if case.state not in (State.AWAITING_MISSION, State.SUBMITTED):
        return redirect(url_for("casefile.overview", key=key), 302)
    return render_template("requests/sent.html", case=case)


@bp.route("/cases/<key>/confirm", methods=["GET", "POST"])
@access.roles(Role.MISSION)
def confirm(key: str) -> Answer:
    """Show the whole request to the mission, which confirms it."""
    return show_or_take(CONFIRM, key)


@bp.route("/cases/<key>/return_to_draft", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def return_to_draft(key: str) -> Answer:
    """Return a request to draft with what to change; the focal point may take it back so."""
    return show_or_take(RETURN, key)


@bp.route("/cases/<key>/discard", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def discard(key: str) -> Answer:
    """Ask once more, then discard a draft; a proposed one is declined on a page of its own."""
    return show_or_take(DISCARD, key)


@bp.route("/cases/<key>/withdraw", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def withdraw(key: str) -> Answer:
    """Say what withdrawing means, then withdraw a request."""
    return show_or_take(WITHDRAW, key)


@bp.route("/cases/<key>/revive", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def revive(key: str) -> Answer:
    """Say what reviving means, then take a lapsed request up again."""
    return show_or_take(REVIVE, key)
