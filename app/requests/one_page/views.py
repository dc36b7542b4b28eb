"""The one page for a tool or a course: before there is a draft, and of a draft that fits on it."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.foundation import access
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.check_page import SENDING
from app.requests.commands import AskOnOnePage
from app.requests.drafting import TaskStale
from app.requests.one_page.layout import Subject
from app.requests.one_page.page import OnePage, draft_page, new_page
from app.requests.one_page.saving import ask_on_one_page
from app.workflow.vocabulary import State

Answer = str | Response | tuple[str, int]
#: Name of the button that was pressed, and the one that leads on to the task "who".
STEP, CHANGE = "step", "who"
_SENDS = {action.value for action in SENDING}


@bp.route("/requests/new/<subject>", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def one_page_new(subject: str) -> Answer:
    """Ask for a tool or a course on one page; sending it begins, saves and sends the request at once."""
    page = new_page(access.the_actor(), _known(subject))
    return page.rendered() if request.method == "GET" else _save(page)


@bp.route("/cases/<key>/one-page/<subject>", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def one_page(key: str, subject: str) -> Answer:
    """Show a draft that fits on one page on it, and save it."""
    page = draft_page(access.the_actor(), key, _known(subject))
    if request.method == "POST":
        return _save(page)
    if page.case is None or page.case.state is not State.DRAFT or not page.fits:
        return redirect(url_for("requests.tasks", key=key), 302)
    return page.rendered()


def _known(subject: str) -> Subject:
    if subject not in set(Subject):
        abort(404)
    return Subject(subject)


def _save(page: OnePage) -> Answer:
    step = request.form.get(STEP, "")
    command = page.form.command(AskOnOnePage, **page.given(), send=step if step in _SENDS else None)
    try:
        saved, drafted = page.form.submit(lambda: ask_on_one_page(page.actor, command)) if command else (False, None)
    except TaskStale:
        return page.with_conflict(), 409
    if not saved or drafted is None:
        return page.rendered(), 422
    if step in _SENDS:
        return redirect(url_for("requests.sent", key=drafted.key), 303)
    if step == CHANGE:
        return redirect(url_for("requests.task", key=drafted.key, task=CHANGE, back="tasks"), 303)
    flash(_("Saved. You can come back to it at any time."), "success")
    return redirect(url_for("requests.one_page", key=drafted.key, subject=page.subject.value), 303)
