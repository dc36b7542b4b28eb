"""The list of notices, and for administrators the mails that did not leave and the scheduled jobs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.wiring import wiring
from app.notifications.actions import choose_mails, mark_read, retry_mail
from app.notifications.choices import choices_of, kinds_for
from app.notifications.commands import ChooseMails, MarkRead, RetryMail
from app.notifications.forms import RowButtonForm, choices_form
from app.notifications.queries import dead_mails, job_rows, notices_of
from app.notifications.words import FAILURE_WORDS
from app.workflow.vocabulary import Role

bp = Blueprint("notifications", __name__, template_folder="templates")


@bp.get("/notices")
@access.signed_in
def notices() -> str:
    """Show the person's own notices, newest first."""
    before = request.args.get("before")
    rows, next_key = notices_of(read_session(), the_actor().user_id or 0, before)
    return render_template(
        "notifications/notices.html", rows=rows, next_key=next_key, before=before, form=RowButtonForm()
    )


@bp.post("/notices")
@access.signed_in
def read_notices() -> Response:
    """Mark one notice, or all, as read."""
    command = RowButtonForm().command(MarkRead)
    if command is not None:
        mark_read(the_actor(), command)
        flash(_("Marked as read."), "success")
    return redirect(url_for(".notices"), 303)


@bp.route("/notices/settings", methods=["GET", "POST"])
@access.signed_in
def choices() -> str | tuple[str, int] | Response:
    """Show and keep how the person wants to be told of what."""
    actor = the_actor()
    kinds = kinds_for(actor)
    form = choices_form(kinds, choices_of(read_session(), actor.user_id or 0))
    command = form.command(ChooseMails) if form.is_submitted() else None
    if command is not None:
        choose_mails(actor, command)
        flash(_("Your choice is kept."), "success")
        return redirect(url_for(".choices"), 303)
    html = render_template("notifications/choices.html", form=form, kinds=kinds, acting_for=actor.on_behalf_of)
    return (html, 422) if form.is_submitted() else html


@bp.get("/admin/outbox")
@access.roles(Role.ADMINISTRATOR)
def outbox() -> str:
    """Show the mails that were given up, without their content."""
    before = request.args.get("before")
    rows, next_key = dead_mails(read_session(), before)
    return render_template(
        "notifications/outbox.html",
        rows=rows,
        next_key=next_key,
        before=before,
        form=RowButtonForm(),
        failures=FAILURE_WORDS,
    )


@bp.post("/admin/outbox")
@access.roles(Role.ADMINISTRATOR)
def retry_outbox() -> Response:
    """Send one mail that was given up, or all, again."""
    command = RowButtonForm().command(RetryMail)
    if command is not None:
        retry_mail(the_actor(), command)
        flash(_("The mail will be tried again."), "success")
    return redirect(url_for(".outbox"), 303)


@bp.get("/admin/jobs")
@access.roles(Role.ADMINISTRATOR)
def jobs() -> str:
    """Show what the worker does by itself: when each job ran, when it runs again, and which fail."""
    rows = job_rows(read_session(), [job.name for job in wiring().jobs])
    return render_template("notifications/jobs.html", rows=rows, at=now())
