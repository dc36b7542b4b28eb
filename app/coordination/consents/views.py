"""Pages of the consents of a case: the tab, and one page each before giving and before withdrawing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.casework.vocabulary import ConsentKind
from app.coordination.consents.commands import GiveConsent, WithdrawConsent
from app.coordination.consents.forms import GiveForm, WithdrawForm
from app.coordination.consents.page import ConsentView, consent_view, consents_shown
from app.coordination.consents.services import give_consent, withdraw_consent
from app.coordination.consents.texts import CONSEQUENCES
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("consents", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
TAB = "consents.consents"
READERS = (*sorted(STATE_ROLES | TPB_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>/consents")
@access.roles(*READERS)
def consents(key: str) -> str:
    """Show what the State consents to, since when, and who gave it."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return render_template("consents/consents.html", page=page, shown=consents_shown(read_session(), actor, page))


@bp.route("/cases/<key>/consents/give", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def give(key: str) -> Shown:
    """Say what a consent allows, then give it."""
    form = GiveForm()
    if request.method == "POST":
        command = form.command(GiveConsent, key=key)
        if command is not None and form.submit(lambda: give_consent(access.the_actor(), command))[0]:
            return _done(key, _("The consent is given."))
    kind, subject = request.args.get("kind", form.kind.data or ""), request.args.get("subject", form.subject.data or "")
    return _page(key, "consents/give.html", form, kind, subject)


@bp.route("/cases/<key>/consents/withdraw", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def withdraw(key: str) -> Shown:
    """Say what happens when a consent is withdrawn, then withdraw it."""
    form = WithdrawForm()
    if request.method == "POST":
        command = form.command(WithdrawConsent, key=key)
        if command is not None and form.submit(lambda: withdraw_consent(access.the_actor(), command))[0]:
            return _done(key, _("The consent is withdrawn."))
    kind, subject = request.args.get("kind", ConsentKind.CTC.value), request.args.get("subject", "")
    return _page(key, "consents/withdraw.html", form, kind, subject)


def _page(key: str, template: str, form: GiveForm | WithdrawForm, kind: str, subject: str) -> Shown:
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    shown = consents_shown(read_session(), actor, page)
    chosen: ConsentView | None = consent_view(shown, kind, subject)
    if chosen is None:
        raise NotFound
    if isinstance(form, GiveForm):
        form.kind.data, form.subject.data = chosen.kind.value, chosen.subject
    else:
        form.consent.data = chosen.record or ""
    html = render_template(
        template, page=page, form=form, shown=shown, chosen=chosen, consequences=CONSEQUENCES[chosen.kind]
    )
    return (html, 422) if request.method == "POST" else html


def _done(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for(TAB, key=key), 303)
