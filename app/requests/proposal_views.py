"""Pages of proposed drafts: propose one, see what became of it; adopt or decline one."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.casework.content.labels import rows_of
from app.casework.facts import draft_answers
from app.casework.page import case_page
from app.casework.steps import StepForm
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.i18n import current_locale
from app.reference.states import state_choices
from app.requests.blueprint import PROPOSERS, STATE_SIDE, bp
from app.requests.commands import AdoptDraft, DeclineProposal, ProposeRequest
from app.requests.forms import DeclineForm
from app.requests.proposal_forms import ProposeForm
from app.requests.proposal_page import proposals_page, proposed_of
from app.requests.proposing import adopt, decline_proposal, propose_request
from app.requests.step_page import StepPage, show_or_take
from app.workflow.vocabulary import Action

Answer = str | Response | tuple[str, int]

DECLINE = StepPage(
    Action.DISCARD,
    "requests/decline_proposal.html",
    DeclineForm,
    DeclineProposal,
    decline_proposal,
    done="requests.home",
    of_case=False,
    told=_l("The draft was declined. Who proposed it is told that your State did not adopt it."),
)


@bp.get("/proposals")
@access.roles(*PROPOSERS)
def proposals() -> str:
    """Show what the reader proposed to States, and what became of it."""
    page = proposals_page(read_session(), access.the_actor(), request.args.get("before"))
    return render_template("requests/proposals.html", page=page)


@bp.route("/proposals/new", methods=["GET", "POST"])
@access.roles(*PROPOSERS)
def propose() -> Answer:
    """Propose a draft to a State."""
    actor, form = access.the_actor(), ProposeForm()
    demo = current_app.extensions["settings"].demo_data
    form.offer(state_choices(read_session(), current_locale(), include_demo=demo))
    if request.method == "GET":
        return render_template("requests/propose.html", form=form)
    command = form.command(ProposeRequest)
    if command is None or not form.submit(lambda: propose_request(actor, command))[0]:
        return render_template("requests/propose.html", form=form), 422
    flash(_("The draft was proposed. You are told whether the State adopts it."), "success")
    return redirect(url_for("requests.proposals"), 303)


@bp.route("/cases/<key>/adopt", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def adopt_draft(key: str) -> Answer:
    """Show a proposed draft with who proposed it; make it the State's own."""
    actor, form = access.the_actor(), StepForm()
    if request.method == "POST":
        command = form.command(AdoptDraft, key=key)
        if command is not None and form.attempt(lambda: adopt(actor, command)):
            flash(_("The draft is your State’s own now. Complete it, then send it."), "success")
            return redirect(url_for("requests.tasks", key=key), 303)
    page = case_page(actor, key, "requests.adopt_draft")
    proposed = proposed_of(read_session(), page.case.id) if page.case.to_adopt else None
    if proposed is None:
        return redirect(url_for("casefile.overview", key=key), 302)
    form.version.data = str(page.case.version)
    sections = rows_of(draft_answers(read_session(), page.case.id), "need")
    html = render_template("requests/adopt.html", page=page, form=form, proposed=proposed, sections=sections)
    return (html, 422) if form.errors else html


@bp.route("/cases/<key>/decline-proposal", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def decline(key: str) -> Answer:
    """Decline a proposed draft with a reason."""
    return show_or_take(DECLINE, key)
