"""Pages of invitations: those of a case, for the host and the Branch, and the one that an invited State reads."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.delivery.participation import services
from app.delivery.participation.answering import answer_invitation
from app.delivery.participation.commands import AnswerInvitation, Disclose, GoWithout, OfCase
from app.delivery.participation.forms import ADD, AnswerForm, DiscloseForm
from app.delivery.participation.own_page import own_invitation, past_of
from app.delivery.participation.page import invitations_shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Refused
from app.foundation.forms import CommandForm
from app.foundation.texts import text
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("participation", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
TAB = "participation.invitations"
READERS = (*sorted(STATE_ROLES | TPB_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>/invitations")
@access.roles(*READERS)
def invitations(key: str) -> str:
    """Show which other States are to take part, what each was told and what it answered."""
    return _page(key, DiscloseForm(formdata=None))


@bp.post("/cases/<key>/invitations/disclosure")
@access.roles(*sorted(STATE_ROLES))
def disclose(key: str) -> Shown:
    """Agree that the chosen States are told, or say that they are not."""
    form = DiscloseForm()
    command = form.command(Disclose, key=key, agree=request.form.get("agree", ""))
    if command is None or not form.submit(lambda: services.disclose(access.the_actor(), command))[0]:
        return _page(key, form), 422
    words = _("The States are told and asked now.") if command.agree else _("These States are not told.")
    return _back(key, words)


@bp.post("/cases/<key>/invitations/put")
@access.roles(Role.CASE_OFFICER)
def put(key: str) -> Response:
    """Ask the host to agree that the States in the plan are told."""
    if (command := CommandForm().command(OfCase, key=key)) is not None:
        services.put_invitations(access.the_actor(), command)
        flash(_("The State is asked which States may be told."), "success")
    return redirect(url_for(TAB, key=key), 303)


@bp.post("/cases/<key>/invitations/<participation>/without")
@access.roles(Role.CASE_OFFICER)
def go_without(key: str, participation: str) -> Response:
    """Let the plan go on without a State."""
    command = CommandForm().command(GoWithout, key=key, participation=participation)
    if command is not None:
        services.go_without(access.the_actor(), command)
        flash(_("The State is out of the plan. Put this version to the State that asked."), "success")
    return redirect(url_for("plan.plan", key=key), 303)


@bp.get("/participations")
@access.roles(*sorted(STATE_ROLES))
def past() -> str:
    """List the invitations of the reader's State that do not hold any more, or whose activity is over."""
    shown = past_of(read_session(), access.the_actor(), request.args.get("after"))
    return render_template("participation/past.html", shown=shown)


@bp.route("/participations/<key>", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def invitation(key: str) -> Shown:
    """Show an invitation to an activity of another State, and take the answer."""
    form, adds = AnswerForm(), request.form.get(ADD)
    if request.method == "POST":
        form.settle_rows(adds)
        if adds is None and _answered(form, key):
            flash(_("Your answer is on record. The host and the Terrorism Prevention Branch are told."), "success")
            return redirect(url_for("participation.invitation", key=key), 303)
    shown = own_invitation(read_session(), access.the_actor(), key)
    if request.method == "GET":
        form = AnswerForm(data=shown.data)
        form.seen.data = str(shown.seen)
    html = render_template("participation/invitation.html", shown=shown, form=form)
    return (html, 422) if request.method == "POST" and adds is None else html


def _answered(form: AnswerForm, key: str) -> bool:
    command = form.command(AnswerInvitation, key=key)
    if command is None:
        return False
    try:
        return form.submit(lambda: answer_invitation(access.the_actor(), command))[0]
    except Refused as refused:
        form.form_errors = [*form.form_errors, *(text(code, params) for code, params in refused.reasons)]
        return False


def _page(key: str, form: DiscloseForm) -> str:
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    shown = invitations_shown(read_session(), actor, page)
    form.participations.choices = list(shown.choices)
    return render_template("participation/invitations.html", page=page, shown=shown, form=form)


def _back(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for(TAB, key=key), 303)
