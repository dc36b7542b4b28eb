"""The page on which the chief confirms the dated event of an urgent request."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessment import urgency
from app.assessment.blueprint import bp
from app.assessment.commands import ConfirmUrgency
from app.assessment.forms import VersionForm
from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.vocabulary import Role


@bp.route("/cases/<key>/confirm-urgency", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
def confirm_urgency(key: str) -> str | tuple[str, int] | Response:
    """Show the dated event that the State names, and confirm it."""
    actor, form = access.the_actor(), VersionForm()
    if request.method == "POST":
        command = form.command(ConfirmUrgency, key=key)
        if command is not None and form.submit(lambda: urgency.confirm_urgency(actor, command))[0]:
            flash(_("The request is urgent. Shorter limits hold for what begins now."), "success")
            return redirect(url_for("casefile.overview", key=key), 303)
    page = case_page(actor, key, "assessment.confirm_urgency")
    shown = urgency.urgency_shown(read_session(), actor, page)
    if not form.is_submitted():
        form.version.data = str(page.case.version)
    html = render_template("assessment/confirm_urgency.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html
