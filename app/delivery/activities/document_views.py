"""The documents of one activity, and the report of a delivery on paper."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.delivery.activities.page import found_in
from app.delivery.activities.report import delivery_report
from app.delivery.activities.views import READERS, TAB, bp
from app.delivery.stepping import Shown
from app.documents import actions
from app.documents.commands import AddDocument
from app.documents.forms import DocumentForm
from app.documents.page import attachable, offered_readers
from app.documents.vocabulary import DocumentStatus
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.uploads import takes_files
from app.papers.answers import as_attachment
from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES

__all__ = ["bp"]


@bp.route("/cases/<key>/activities/<activity>/documents/new", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES), *sorted(TPB_ROLES))
@takes_files
def attach(key: str, activity: str) -> Shown:
    """Take a document of an activity; a good file is kept while something else is mended."""
    actor, form = access.the_actor(), DocumentForm()
    attachable(read_session(), actor, key)
    page = case_page(actor, key, TAB)
    row = found_in(read_session(), page, activity)
    form.offer(actor, *offered_readers(actor), None)
    if request.method == "POST":
        command = form.command(AddDocument, key=key, field_path=row.documents_path)
        if command is not None and form.submit(lambda: actions.add(actor, command))[0]:
            if command.file.status is DocumentStatus.ACCEPTED:
                flash(_("The document was added."), "success")
            else:
                flash(_("The virus scanner found something in the file. Nobody can open it."), "error")
            return redirect(url_for("activities.activity", key=key, activity=activity), 303)
    html = render_template("activities/attach.html", page=page, form=form, row=row)
    return (html, 422) if request.method == "POST" else html


@bp.get("/cases/<key>/delivery/report.pdf")
@access.roles(*READERS)
def report_pdf(key: str) -> Response:
    """Give the report of the delivery as PDF."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    return as_attachment(delivery_report(read_session(), page), f"{page.case.number}-delivery")
