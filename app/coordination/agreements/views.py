"""Pages of agreements: what is on record, record one, give one, revoke one, the scanned letter."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.casework.texts import TYPE_TEXTS
from app.coordination.agreements import services
from app.coordination.agreements.commands import GiveStanding, RecordAgreement, RevokeAgreement, today
from app.coordination.agreements.forms import AgreementForm, RevokeForm, StandingForm
from app.coordination.agreements.queries import agreement_for, agreements_on_record
from app.coordination.agreements.texts import KINDS, STANDINGS
from app.documents.download import as_download
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.uploads import takes_files
from app.workflow.vocabulary import TPB_ROLES, AssistanceType, Role

bp = Blueprint("agreements", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
READERS = (*sorted(TPB_ROLES), Role.AUDITOR, Role.CTC_LIAISON)
ENDING = (Role.BRANCH_CHIEF, Role.CTC_LIAISON)


@bp.get("/agreements")
@access.roles(*READERS)
def agreements() -> str:
    """Show which agreements there are, and whether silence counts."""
    actor, session = access.the_actor(), read_session()
    return render_template(
        "agreements/agreements.html",
        rows=agreements_on_record(session),
        silence=services.silence_is_agreed(session),
        kinds=KINDS,
        standings=STANDINGS,
        type_words=lambda code: TYPE_TEXTS[AssistanceType(code)],
        may_record=actor.has(Role.BRANCH_CHIEF),
        may_give=actor.has(Role.CTC_LIAISON),
        may_revoke=actor.has(*ENDING),
    )


@bp.route("/agreements/new", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
@takes_files
def record() -> Shown:
    """Record what a letter of CTC/CTED agrees to."""
    form = AgreementForm()
    if request.method == "GET":
        if form.valid_from.raw_data is None:
            form.valid_from.process(None, today())
        return render_template("agreements/record.html", form=form)
    command = form.command(RecordAgreement)
    if command is not None and form.submit(lambda: services.record_agreement(access.the_actor(), command))[0]:
        return _done(_("The agreement is on record."))
    return render_template("agreements/record.html", form=form), 422


@bp.route("/agreements/give", methods=["GET", "POST"])
@access.roles(Role.CTC_LIAISON)
@require_fresh()
def give() -> Shown:
    """Give a standing no-objection for one's own body."""
    form = StandingForm()
    if request.method == "GET":
        if form.valid_from.raw_data is None:
            form.valid_from.process(None, today())
        return render_template("agreements/give.html", form=form)
    command = form.command(GiveStanding)
    if command is not None and form.submit(lambda: services.give_standing(access.the_actor(), command))[0]:
        return _done(_("The standing no-objection is given."))
    return render_template("agreements/give.html", form=form), 422


@bp.route("/agreements/<key>/revoke", methods=["GET", "POST"])
@access.roles(*ENDING)
@require_fresh()
def revoke(key: str) -> Shown:
    """Say what ends, and revoke an agreement at once."""
    form = RevokeForm()
    agreement = agreement_for(read_session(), key)
    if request.method == "POST":
        command = form.command(RevokeAgreement, key=key)
        if command is not None:
            services.revoke_agreement(access.the_actor(), command)
            return _done(_("The agreement is revoked. It has no effect from now on."))
    html = render_template("agreements/revoke.html", form=form, agreement=agreement, kinds=KINDS)
    return (html, 422) if request.method == "POST" else html


@bp.get("/agreements/<key>/original")
@access.roles(*READERS)
def original(key: str) -> Response:
    """Give the scanned letter."""
    return as_download(agreement_for(read_session(), key))


def _done(words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("agreements.agreements"), 303)
