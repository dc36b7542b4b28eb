"""Pages of paper requests: register one, what to do then, and the receipt as a letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

import app.triage.paper.texts  # noqa: F401 - its sentences
from app.casework.notices import Circle, people_of
from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.i18n import current_locale
from app.papers.answers import as_attachment
from app.reference.states import state_by_code, state_choices
from app.triage.paper.commands import RegisterPaper
from app.triage.paper.forms import PaperForm
from app.triage.paper.letter import receipt_letter
from app.triage.paper.queries import same_number
from app.triage.paper.services import register_paper
from app.workflow.vocabulary import Channel, Role

bp = Blueprint("paper", __name__, template_folder="templates")


@bp.route("/paper/new", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER)
def register() -> str | Response | tuple[str, int]:
    """Register a request that came on paper."""
    actor, form = access.the_actor(), PaperForm()
    demo = current_app.extensions["settings"].demo_data
    form.offer(state_choices(read_session(), current_locale(), include_demo=demo))
    if request.method == "GET":
        return render_template("paper/register.html", form=form, known=())
    command = form.command(RegisterPaper)
    if command is not None:
        done, registered = form.submit(lambda: register_paper(actor, command))
        if done and registered is not None:
            return redirect(url_for("paper.registered", key=registered.key), 303)
    return render_template("paper/register.html", form=form, known=_known(form)), 422


@bp.get("/cases/<key>/registered")
@access.roles(Role.INTAKE_OFFICER)
def registered(key: str) -> str | Response:
    """Say the number of a request that was registered, and who was told it."""
    page = case_page(access.the_actor(), key, "paper.registered")
    if page.case.channel is Channel.PORTAL:
        return redirect(url_for("casefile.overview", key=key), 302)
    told = people_of(read_session(), page.case, {Circle.FOCAL_POINTS, Circle.MISSION})
    return render_template("paper/registered.html", page=page, told=len(set().union(*told.values())))


@bp.get("/cases/<key>/receipt-letter.pdf")
@access.roles(Role.INTAKE_OFFICER)
def receipt(key: str) -> Response:
    """Give the receipt as a letter to be printed and sent."""
    page = case_page(access.the_actor(), key, "paper.registered")
    return as_attachment(receipt_letter(read_session(), page), f"{page.case.number}-receipt-letter")


def _known(form: PaperForm) -> Sequence[Any]:
    """Return requests that came with the same number, once both State and number were given."""
    if not form.note_number.data:
        return ()
    try:
        state = state_by_code(read_session(), form.state.data or "")
    except NotFound:
        return ()
    return same_number(read_session(), access.the_actor(), state.id, form.note_number.data)
