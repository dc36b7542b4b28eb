"""Pages of recommendations: list one, say what became of one, offer the State to take them up again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import CasePage, case_page
from app.casework.steps import reasons_against, shows
from app.delivery import offering, recommending
from app.delivery.activities import forms
from app.delivery.activities.views import TAB, bp
from app.delivery.offering import OfferFollowUp
from app.delivery.page import recommended
from app.delivery.stepping import Shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.forms import CommandForm
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Action, Role

__all__ = ["bp"]

FOLLOWERS = (*sorted(STATE_ROLES), Role.CASE_OFFICER, Role.BRANCH_CHIEF)
#: Of a recommendation, in a list to choose from.
_SHORT = 90


@bp.route("/cases/<key>/recommendations/new", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def recommend(key: str) -> Shown:
    """List a recommendation, or say that there is none."""
    form = forms.RecommendForm()
    if request.method == "POST":
        command = form.command(recommending.Recommend, key=key)
        if command is not None and form.attempt(lambda: recommending.recommend(access.the_actor(), command)):
            flash(_("It was said that nothing is recommended.") if command.none else _("It was listed."), "success")
            return redirect(url_for(TAB, key=key), 303)
    page, reasons = _open(key, Action.RECOMMEND)
    shows(form, page)
    beside = recommended(read_session(), page.case.id)
    html = render_template("activities/recommend.html", page=page, form=form, recommended=beside, reasons=reasons)
    return (html, 422) if request.method == "POST" else html


@bp.route("/cases/<key>/recommendations", methods=["GET", "POST"])
@access.roles(*FOLLOWERS)
def follow(key: str) -> Shown:
    """Say what became of a recommendation, who has it, and until when."""
    form, actor = forms.FollowForm(), access.the_actor()
    if request.method == "POST":
        command = form.command(recommending.FollowRecommendation, key=key)
        if command is not None and form.attempt(lambda: recommending.follow_recommendation(actor, command)):
            flash(_("What you said of the recommendation was kept."), "success")
            return redirect(url_for(TAB, key=key), 303)
    page, reasons = _open(key, Action.FOLLOW_RECOMMENDATION)
    beside = recommended(read_session(), page.case.id)
    form.offer([(one.key, _short(one.text)) for one in beside.rows], request.args.get("recommendation"))
    shows(form, page)
    html = render_template("activities/follow.html", page=page, form=form, recommended=beside, reasons=reasons)
    return (html, 422) if request.method == "POST" else html


@bp.post("/cases/<key>/offer-follow-up")
@access.roles(*sorted(TPB_ROLES))
def offer_follow_up(key: str) -> Response:
    """Tell the State that it can ask for a follow-up."""
    if (command := CommandForm().command(OfferFollowUp, key=key)) is not None:
        offering.offer_follow_up(access.the_actor(), command)
        flash(_("The State is told, with a link to the page on which it can ask for a follow-up."), "success")
    return redirect(url_for(TAB, key=key), 303)


def _open(key: str, action: Action) -> tuple[CasePage, list[str]]:
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return page, list(reasons_against(read_session(), actor, page, action))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rstrip()}…"
