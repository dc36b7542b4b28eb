"""Pages of the consultations of one case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import app.coordination.inbox_views  # noqa: F401 - their routes
from app.casework.page import case_page
from app.coordination import action_page, positions, receipts, recording, rounds
from app.coordination.blueprint import COORDINATORS, LIAISONS, READERS, bp
from app.coordination.commands import (
    Acknowledge,
    AskMoreTime,
    Consult,
    CorrectPosition,
    GivePosition,
    ProceedWithout,
    RecordPosition,
    Revise,
    WithdrawObjection,
)
from app.coordination.forms import ConsultForm, OwnForm, PositionForm, ProceedForm, RecordForm, ReviseForm
from app.coordination.page import consultation_views, may_read_positions
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.uploads import takes_files
from app.papers.answers import as_attachment
from app.workflow.vocabulary import Action, Role

__all__ = ["bp"]

Shown = str | tuple[str, int] | Response
TAB = "coordination.consultations"


@bp.get("/cases/<key>/consultations")
@access.roles(*READERS)
def consultations(key: str) -> str:
    """Show which bodies were asked and, to those who may read it, what they said."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    views = consultation_views(read_session(), actor, page)
    unproved = next((one.to_receive for one in views if one.to_receive is not None), None)
    inside = actor.is_tpb or actor.has(Role.AUDITOR)
    return render_template(
        "coordination/consultations.html",
        page=page,
        views=views,
        in_full=may_read_positions(actor),
        receipt=OwnForm.about(page, unproved) if unproved is not None else None,
        notices_url=url_for("links.notices", key=key) if inside else None,
    )


@bp.route("/cases/<key>/consult", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def consult(key: str) -> Shown:
    """Show whom the request goes to, why, and what they read; ask them."""
    form = ConsultForm()
    done = _try(key, form, Consult, rounds.consult, _("The bodies were asked."))
    return done or _form(key, form, action_page.shown_consult, "coordination/consult.html")


@bp.route("/cases/<key>/revise", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def revise(key: str) -> Shown:
    """Take the request back into review."""
    form = ReviseForm()
    done = _try(key, form, Revise, rounds.revise, _("The request is in review again."))
    return done or _form(key, form, action_page.shown_revise, "coordination/revise.html")


@bp.route("/cases/<key>/record-position", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
@takes_files
def record_position(key: str) -> Shown:
    """Record what a body said by mail or telephone."""
    form = RecordForm()
    done = _try(key, form, RecordPosition, recording.record_position, _("The position was recorded."))
    return done or _form(key, form, action_page.shown_record, "coordination/record.html")


@bp.route("/cases/<key>/proceed-without", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def proceed_without(key: str) -> Shown:
    """Go on without the answer of a body that is past its last limit."""
    form = ProceedForm()
    done = _try(key, form, ProceedWithout, recording.proceed_without, _("The request goes on without this answer."))
    return done or _form(key, form, action_page.shown_proceed, "coordination/proceed.html")


@bp.route("/cases/<key>/position", methods=["GET", "POST"])
@access.roles(*LIAISONS)
def give_position(key: str) -> Shown:
    """Show the brief, and take the position of the reader's body."""
    return _own(key, Action.GIVE_POSITION, PositionForm(), GivePosition, positions.give_position)


@bp.post("/cases/<key>/received")
@access.roles(*LIAISONS)
def acknowledge(key: str) -> Shown:
    """Record that the reader's body has received the notice."""
    form = OwnForm()
    command = form.command(Acknowledge, key=key)
    if command is not None:
        positions.acknowledge(access.the_actor(), command)
        flash(_("It is recorded that your body has received the notice. The limit runs from now on."), "success")
    return redirect(url_for("coordination.give_position", key=key), 303)


@bp.route("/cases/<key>/correct-position", methods=["GET", "POST"])
@access.roles(*LIAISONS)
def correct_position(key: str) -> Shown:
    """Show what an officer recorded, and take what the body says instead."""
    form = PositionForm()
    done = _receipt(key, form, CorrectPosition, positions.correct)
    return done or _form(key, form, action_page.shown_correct, "coordination/correct.html")


@bp.route("/cases/<key>/more-time", methods=["GET", "POST"])
@access.roles(*LIAISONS)
def ask_more_time(key: str) -> Shown:
    """Ask for more time, once."""
    return _own(key, Action.ASK_MORE_TIME, OwnForm(), AskMoreTime, positions.ask_more_time)


@bp.route("/cases/<key>/withdraw-objection", methods=["GET", "POST"])
@access.roles(*LIAISONS)
def withdraw_objection(key: str) -> Shown:
    """Take back the objection of the reader's body."""
    return _own(key, Action.WITHDRAW_OBJECTION, OwnForm(), WithdrawObjection, positions.withdraw_objection)


@bp.get("/cases/<key>/positions/<position>")
@access.roles(*COORDINATORS)
def receipt(key: str, position: str) -> str:
    """Show that a position is on record: whose, when, what."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    shown = receipts.receipt_of(read_session(), actor, page, position)
    return render_template("coordination/receipt.html", page=page, shown=shown)


@bp.get("/cases/<key>/positions/<position>.pdf")
@access.roles(*COORDINATORS)
def receipt_pdf(key: str, position: str) -> Response:
    """Give the receipt of a position as PDF."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    shown = receipts.receipt_of(read_session(), actor, page, position)
    return as_attachment(receipts.paper(page, shown), f"{page.case.number}-position")


_DONE = {
    Action.ASK_MORE_TIME: "coordination/more_time.html",
    Action.WITHDRAW_OBJECTION: "coordination/withdraw_objection.html",
}


def _own(key: str, action: Action, form: OwnForm, model: type[Any], use_case: Callable[..., Any]) -> Shown:
    """Show the form of an act about the reader's own consultation, or do it."""
    if action is Action.GIVE_POSITION:
        done = _receipt(key, form, model, use_case)
    else:
        told = {
            Action.ASK_MORE_TIME: _("More time was asked. The page says by when your position is due now."),
            Action.WITHDRAW_OBJECTION: _("The objection was withdrawn."),
        }
        done = _try(key, form, model, use_case, told[action])

    def shown(session: Any, actor: Any, page: Any, form: Any) -> action_page.ActionShown:
        return action_page.shown_own(session, actor, page, action, form)

    return done or _form(key, form, shown, _DONE.get(action, "coordination/position.html"))


def _receipt(key: str, form: OwnForm, model: type[Any], use_case: Callable[..., Any]) -> Response | None:
    """Take a position and lead to its receipt; None when the form must be shown (again)."""
    if request.method == "GET" or (command := form.command(model, key=key)) is None:
        return None
    given: list[positions.PositionGiven] = []
    if not form.attempt(lambda: given.append(use_case(access.the_actor(), command))):
        return None
    flash(_("Your position is on record."), "success")
    return redirect(url_for("coordination.receipt", key=key, position=given[0].key), 303)


def _try(key: str, form: Any, model: type[Any], use_case: Callable[..., Any], done: str) -> Response | None:
    """Do what was posted and lead to the consultations; None when the form must be shown (again)."""
    if request.method == "GET" or (command := form.command(model, key=key)) is None:
        return None
    if not form.attempt(lambda: use_case(access.the_actor(), command)):
        return None
    flash(done, "success")
    return redirect(url_for(TAB, key=key), 303)


def _form(key: str, form: Any, shows: Callable[..., action_page.ActionShown], template: str) -> Shown:
    actor = access.the_actor()
    page = case_page(actor, key, str(request.endpoint))
    shown = shows(read_session(), actor, page, form)
    html = render_template(template, page=page, form=form, shown=shown)
    return (html, 422) if request.method == "POST" else html
