"""A draft that saves itself while somebody types: what the page's script asks, answered in a line that it shows."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import gettext as _

from app.casework.content import TASKS
from app.foundation import access
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.db.idempotency import offer_claim
from app.foundation.errors import Refused, Stale
from app.foundation.fields import error_links
from app.foundation.formatting import moment_text
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import SaveTask
from app.requests.conflicts import marks_of
from app.requests.drafting import TaskStale, save_task
from app.requests.queries import SavedTask, saved_tasks
from app.requests.task_page import TaskView, task_view

#: What the script is told: `said` is shown, `fields` are the hidden fields that the next save needs.
Told = tuple[dict[str, Any], int]


@bp.post("/cases/<key>/tasks/<task>/autosave")
@bp.post("/cases/<key>/tasks/<task>/<page>/autosave")
@access.roles(*STATE_SIDE)
def autosave(key: str, task: str, page: str | None = None) -> Told:
    """Save one page of a draft with the version that it carries; a conflict stores nothing and says who saved when.

    No idempotency key is claimed: the same text saved twice is the same text (security.md, One transaction).
    """
    if task not in TASKS:
        abort(404)
    offer_claim(None, "")
    view = task_view(access.the_actor(), key, task, page)
    command = view.form.command(SaveTask, key=key, task=view.page.task, page=view.page.name, finished=False)
    try:
        if command is None or not view.form.submit(lambda: save_task(view.actor, command))[0]:
            return {"said": _("Not saved yet. %(problem)s", problem=_first_problem(view))}, 422
    except TaskStale:
        return {"said": _conflict(view)}, 409
    except (Stale, Refused):
        return {"said": _("Not saved: this is no draft any more. Open the request to see what happened.")}, 409
    stored = _stored(view)
    return {
        "said": _("Saved on %(moment)s", moment=moment_text(now())),
        "fields": _fields(view, stored),
    }, 200


def _fields(view: TaskView, stored: SavedTask | None) -> dict[str, str]:
    """Return the hidden fields that the next save needs: the version, and marks of what is stored now."""
    if stored is None:
        return {"version": "0"}
    return {"version": str(stored.version), "base": marks_of(view.page, {view.page.task: stored.data})}


def _first_problem(view: TaskView) -> str:
    return next((message for _id, message in error_links(view.form)), "")


def _conflict(view: TaskView) -> str:
    stored = _stored(view)
    if stored is None:
        return str(_("Not saved: this page was changed meanwhile. Press “Save and continue” to compare."))
    said = _(
        "Not saved: %(name)s saved this page on %(moment)s. Press “Save and continue” to compare.",
        name=stored.saved_by or "–",
        moment=moment_text(stored.saved_at),
    )
    return str(said)


def _stored(view: TaskView) -> SavedTask | None:
    """Return the task as it is stored now, not as this request read it before."""
    session = read_session()
    session.rollback()
    return saved_tasks(session, view.case.id).get(view.page.task)
