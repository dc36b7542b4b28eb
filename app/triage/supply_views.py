"""The page of the fast lane."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.casework.steps import check_now
from app.documents.letters import Sent
from app.foundation import access
from app.foundation.db import read_session
from app.triage import supply_letters, supplying
from app.triage.blueprint import bp
from app.triage.forms import SupplyForm
from app.triage.supply_letters import Subject
from app.triage.supply_page import item_choices, supply_shown
from app.triage.supplying import SupplyCase
from app.workflow.facts import ContentFacts
from app.workflow.vocabulary import Action, Role, Section

#: Name of the button that shows the letter and supplies nothing.
PREVIEW = "preview"


@bp.route("/cases/<key>/supply", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER)
def supply(key: str) -> str | tuple[str, int] | Response:
    """Say what the State gets, read the letter, and supply it."""
    actor, session, form = access.the_actor(), read_session(), SupplyForm()
    subject = supply_letters.subject_of(session, actor, key)
    form.offer(item_choices(session), subject.types)
    command = form.command(SupplyCase, key=key) if request.method == "POST" else None
    if command is not None and not form.attempt(partial(_check, subject, command)):
        command = None
    preview = PREVIEW in request.form
    if command is not None and not preview and form.attempt(lambda: _supply(subject, command)):
        flash(_("The request was supplied. The State gets the letter, CTC/CTED a notice."), "success")
        return redirect(url_for("casefile.overview", key=key), 303)
    page = case_page(actor, key, "triage.supply")
    shown = supply_shown(read_session(), actor, page, subject, form, command if preview else None)
    html = render_template("triage/supply.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" and not (preview and shown.letter) else html


def _supply(subject: Subject, command: SupplyCase) -> None:
    supplying.supply(access.the_actor(), command, subject.types, _letter(subject, command))


def _check(subject: Subject, command: SupplyCase) -> None:
    session = read_session()
    supplying.check(session, command, subject.types)
    supplying.chosen_items(session, command)


def _letter(subject: Subject, command: SupplyCase) -> Sent | None:
    """Render the letter outside the transaction, once nothing speaks against the step; None when it was sent before."""
    actor, session = access.the_actor(), read_session()
    known = {Section.CONTENT: ContentFacts(subject.types)}
    if not check_now(session, actor, subject.case, command, Action.SUPPLY, known=known):
        return None
    items = supplying.chosen_items(session, command)
    return supply_letters.supplied(subject, command, items, actor).sent()
