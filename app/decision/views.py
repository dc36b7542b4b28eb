"""Pages of proposals, of what the chief decides, and where a decision stands."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.casework.page import CasePage, case_page
from app.casework.steps import StepForm
from app.decision import proposing
from app.decision.blueprint import READERS, bp
from app.decision.commands import ProposeOutcome, ReturnProposal
from app.decision.decisions import (
    APPROVE,
    ASK_RECONSIDERATION,
    DECLINE,
    DISCONTINUE,
    FIND_INELIGIBLE,
    PUT_FOR_DECISION,
    REASSESS,
    RECONSIDER,
    REFER,
    SEND_BACK,
)
from app.decision.forms import ProposalForm, ReturnProposalForm
from app.decision.page import DecisionShown, shown
from app.decision.standing import standing_of
from app.decision.stepping import Shown, show_or_take
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import STATE_ROLES, Action, Role

__all__ = ["bp"]

PROPOSERS = (Role.INTAKE_OFFICER, Role.CASE_OFFICER)


@bp.get("/cases/<key>/decision")
@access.roles(*READERS)
def standing(key: str) -> str:
    """Show what was proposed to the chief, what was decided, and who can decide."""
    actor = access.the_actor()
    page = case_page(actor, key, "decision.standing")
    if page.case.state in STATE_ONLY:
        raise NotFound
    return render_template("decision/standing.html", page=page, shown=standing_of(read_session(), actor, page))


@bp.route("/cases/<key>/propose-outcome", methods=["GET", "POST"])
@access.roles(*PROPOSERS)
def propose_outcome(key: str) -> Shown:
    """Propose to the chief how the request should end."""
    actor, form = access.the_actor(), ProposalForm()
    if request.method == "POST":
        command = form.command(ProposeOutcome, key=key)
        if command is not None and form.submit(lambda: proposing.propose_outcome(actor, command))[0]:
            return _done(key, _("The proposal waits for the chief."))
    page = case_page(actor, key, "decision.propose_outcome")
    form.offer(page.case.state)
    beside = shown(read_session(), actor, page, Action.PROPOSE_OUTCOME, form)
    return _page("decision/propose.html", page, beside, form)


@bp.route("/cases/<key>/return-proposal", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def return_proposal(key: str) -> Shown:
    """Send a proposal back to the officers."""
    actor, form = access.the_actor(), ReturnProposalForm()
    if request.method == "POST":
        command = form.command(ReturnProposal, key=key)
        if command is not None and form.submit(lambda: proposing.return_proposal(actor, command))[0]:
            return _done(key, _("The proposal was sent back."))
    page = case_page(actor, key, "decision.return_proposal")
    beside = shown(read_session(), actor, page, Action.RETURN_PROPOSAL, form)
    return _page("decision/return_proposal.html", page, beside, form)


@bp.route("/cases/<key>/find-ineligible", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def find_ineligible(key: str) -> Shown:
    """Show the proposal and the letter, and find the request not eligible."""
    return show_or_take(FIND_INELIGIBLE, key)


@bp.route("/cases/<key>/refer", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def refer(key: str) -> Shown:
    """Show the proposal and the letter, and refer the request."""
    return show_or_take(REFER, key)


@bp.route("/cases/<key>/discontinue", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def discontinue(key: str) -> Shown:
    """Show the proposal and the letter, and end the assistance early."""
    return show_or_take(DISCONTINUE, key)


@bp.route("/cases/<key>/put-for-decision", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def put_for_decision(key: str) -> Shown:
    """Show what the decision will rest on, and give the request to the chief."""
    return show_or_take(PUT_FOR_DECISION, key)


@bp.route("/cases/<key>/approve", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def approve(key: str) -> Shown:
    """Decide on each type of assistance, read the letter, and approve."""
    return show_or_take(APPROVE, key)


@bp.route("/cases/<key>/decline", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def decline(key: str) -> Shown:
    """Say why, read the letter, and decline the whole request."""
    return show_or_take(DECLINE, key)


@bp.route("/cases/<key>/send-back", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def send_back(key: str) -> Shown:
    """Comment, say which answers of bodies stay valid, and send the request back to its officer."""
    return show_or_take(SEND_BACK, key)


@bp.route("/cases/<key>/reassess", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def reassess(key: str) -> Shown:
    """Say which facts changed, and have the request assessed anew."""
    return show_or_take(REASSESS, key)


@bp.route("/cases/<key>/ask-reconsideration", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def ask_reconsideration(key: str) -> Shown:
    """Name a new fact, and ask for a second look."""
    return show_or_take(ASK_RECONSIDERATION, key)


@bp.route("/cases/<key>/reconsider", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def reconsider(key: str) -> Shown:
    """Read the new fact and the letter, choose another officer, and take the request up again."""
    return show_or_take(RECONSIDER, key)


def _page(template: str, page: CasePage, beside: DecisionShown, form: StepForm) -> Shown:
    html = render_template(template, page=page, shown=beside, form=form)
    return (html, 422) if request.method == "POST" else html


def _done(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("casefile.overview", key=key), 303)
