"""The State's home, and the pages of a draft."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import app.requests.answer_views
import app.requests.step_views
import app.requests.texts  # noqa: F401 - their routes and sentences
from app.casework.content import TASKS
from app.foundation import access
from app.foundation.db import read_session
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import DraftRequest, SaveTask
from app.requests.drafting import TaskStale, draft_request, save_task
from app.requests.forms import StartForm
from app.requests.home import home_page
from app.requests.progress import next_url, task_views
from app.requests.queries import draft_case, saved_tasks, to_change
from app.requests.task_page import TaskPage, task_page
from app.workflow.vocabulary import State

__all__ = ["bp"]


@bp.get("/home")
@access.roles(*STATE_SIDE)
def home() -> str:
    """Show what waits for the reader, then every request of the State."""
    return render_template("requests/home.html", home=home_page(access.the_actor(), request.args))


@bp.route("/requests/new", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def new() -> str | Response | tuple[str, int]:
    """Say what a request is for and what it needs, then begin a draft."""
    form = StartForm()
    if request.method == "POST":
        command = form.command(DraftRequest)
        if command is not None:
            drafted = draft_request(access.the_actor(), command)
            return redirect(url_for("requests.tasks", key=drafted.key), 303)
        return render_template("requests/new.html", form=form), 422
    return render_template("requests/new.html", form=form)


@bp.get("/cases/<key>/tasks")
@access.roles(*STATE_SIDE)
def tasks(key: str) -> str | Response:
    """Show the tasks of a draft and how far each is."""
    session = read_session()
    case = draft_case(session, access.the_actor(), key)
    if case.state is not State.DRAFT:
        return redirect(url_for("casefile.overview", key=key), 302)
    views = task_views(key, saved_tasks(session, case.id))
    return render_template("requests/tasks.html", case=case, tasks=views, to_change=to_change(session, case.id))


@bp.route("/cases/<key>/tasks/<task>", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def task(key: str, task: str) -> str | Response | tuple[str, int]:
    """Show one task of a draft, and save it."""
    if task not in TASKS:
        abort(404)
    page = task_page(access.the_actor(), key, task)
    if request.method == "GET":
        elsewhere = page.case.state is not State.DRAFT
        return redirect(url_for("casefile.overview", key=key), 302) if elsewhere else page.rendered()
    if "add" in request.form:
        return page.with_another_row()
    return _save(page)


def _save(page: TaskPage) -> str | Response | tuple[str, int]:
    later = "later" in request.form
    command = page.form.command(SaveTask, key=page.case.key, task=page.task, finished=not later)
    try:
        if command is None or not page.form.submit(lambda: save_task(page.actor, command))[0]:
            return page.rendered(), 422
    except TaskStale:
        return page.with_conflict(), 409
    if later:
        flash(_("Saved. You can come back to it at any time."), "success")
        return redirect(url_for("requests.tasks", key=page.case.key), 303)
    return redirect(next_url(page.case.key, page.task), 303)
