"""The State's home, and the pages of a draft."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import app.requests.answer_views
import app.requests.autosave_views
import app.requests.follow_up_views
import app.requests.one_page.views
import app.requests.proposal_views
import app.requests.step_views
import app.requests.texts  # noqa: F401 - their routes and sentences
from app.casework.content import TASKS, types_of
from app.foundation import access
from app.foundation.db import read_session
from app.reference.states import instruments
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import DraftRequest, SaveTask
from app.requests.drafting import TaskStale, draft_request, save_task
from app.requests.forms import StartForm
from app.requests.home import home_page
from app.requests.one_page.layout import subject_of
from app.requests.progress import answers_of, changed_pages, next_url, task_views
from app.requests.queries import draft_case, saved_tasks, to_change
from app.requests.task_forms import ADD
from app.requests.task_page import TaskView, task_view
from app.workflow.vocabulary import State

__all__ = ["bp"]

#: Where a page of a task leads back to when it was opened from there: the task list, or the one page instead of it.
BACK = {"check": "requests.check", "tasks": "requests.tasks"}


@bp.get("/home")
@access.roles(*STATE_SIDE)
def home() -> str:
    """Show what waits for the reader, then every request of the State."""
    return render_template("requests/home.html", home=home_page(access.the_actor(), request.args))


@bp.route("/requests/new", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def new() -> str | Response | tuple[str, int]:
    """Say what a request is for and what it needs, then begin a draft."""
    form = StartForm(data={"instrument": request.args.get("instrument", "")})
    about = next((one for one in instruments(read_session()) if one.code == form.instrument.data), None)
    if request.method == "GET":
        form.instrument.data = about.code if about else ""
        return render_template("requests/new.html", form=form, about=about)
    command = form.command(DraftRequest)
    drafted = form.submit(lambda: draft_request(access.the_actor(), command))[1] if command is not None else None
    if drafted is not None:
        return redirect(url_for("requests.tasks", key=drafted.key), 303)
    return render_template("requests/new.html", form=form, about=about), 422


@bp.get("/cases/<key>/tasks")
@access.roles(*STATE_SIDE)
def tasks(key: str) -> str | Response:
    """Show the tasks of a draft and how far each is; one that fits on one page opens there."""
    session = read_session()
    case = draft_case(session, access.the_actor(), key)
    if case.state is not State.DRAFT:
        return redirect(url_for("casefile.overview", key=key), 302)
    if case.to_adopt:
        return redirect(url_for("requests.adopt_draft", key=key), 302)
    saved = saved_tasks(session, case.id)
    if subject := subject_of(answers_of(saved)):
        return redirect(url_for("requests.one_page", key=key, subject=subject.value), 302)
    views = task_views(key, saved, channel=case.channel)
    return render_template("requests/tasks.html", case=case, tasks=views, to_change=to_change(session, case.id))


@bp.route("/cases/<key>/tasks/<task>", methods=["GET", "POST"])
@bp.route("/cases/<key>/tasks/<task>/<page>", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def task(key: str, task: str, page: str | None = None) -> str | Response | tuple[str, int]:
    """Show one page of a task of a draft, and save it."""
    if task not in TASKS:
        abort(404)
    view = task_view(access.the_actor(), key, task, page)
    if request.method == "GET":
        elsewhere = view.case.state is not State.DRAFT or view.case.to_adopt
        return redirect(url_for("casefile.overview", key=key), 302) if elsewhere else view.rendered()
    if ADD in request.form:
        return view.with_another_row()
    return _save(view)


def _save(view: TaskView) -> str | Response | tuple[str, int]:
    later, page = "later" in request.form, view.page
    command = view.form.command(SaveTask, key=view.case.key, task=page.task, page=page.name, finished=not later)
    try:
        if command is None or not view.form.submit(lambda: save_task(view.actor, command))[0]:
            return view.rendered(), 422
    except TaskStale:
        return view.with_conflict(), 409
    types = types_of({**answers_of(view.saved), page.task: command.answers})
    for words in changed_pages(types_of(answers_of(view.saved)), types):
        flash(words, "message")
    if later:
        flash(_("Saved. You can come back to it at any time."), "success")
        return redirect(url_for("requests.tasks", key=view.case.key), 303)
    back = BACK.get(request.args.get("back", ""))
    return redirect(url_for(back, key=view.case.key) if back else next_url(view.case.key, page, types), 303)
