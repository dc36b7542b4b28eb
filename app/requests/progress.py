"""How far each task of a draft is, as the task list and the side column show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.casework.content import TASKS, check_task, types_of
from app.casework.content.labels import TASK_LABELS
from app.foundation.formatting import bdi, moment_filter
from app.requests.queries import SavedTask


@dataclass(frozen=True, slots=True)
class TaskView:
    """One line of the task list."""

    task: str
    label: str
    url: str | None
    status: str
    done: bool
    current: bool = False
    hint: Markup | str | None = None


def answers_of(saved: Mapping[str, SavedTask]) -> dict[str, dict[str, Any]]:
    """Return the answers by task."""
    return {name: task.data for name, task in saved.items()}


def is_complete(task: str, answers: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether nothing that submission needs is missing in `task`."""
    checked = check_task(task, answers.get(task, {}), types_of(answers))
    return not checked.wrong and not checked.unanswered


def task_views(key: str, saved: Mapping[str, SavedTask], current: str | None = None) -> list[TaskView]:
    """Return the tasks in their order, then "check your answers".

    Args:
        key: public key of the case.
        saved: what is stored of each task.
        current: the task whose page is shown, or `check`.
    """
    answers = answers_of(saved)
    views = [_view(key, task, saved.get(task), is_complete(task, answers), current) for task in TASKS]
    ready = all(view.done for view in views)
    status = _("Ready") if ready else _("Not ready yet")
    url = url_for("requests.check", key=key)
    return [*views, TaskView("check", _("Check and send"), url, status, False, current == "check")]


def complete_words(answers: Mapping[str, Mapping[str, Any]]) -> str:
    """Return how many tasks of a draft are complete, in words.

    Args:
        answers: what is stored, by task.
    """
    done = sum(is_complete(task, answers) for task in TASKS)
    return str(_("%(done)s of %(total)s tasks complete", done=done, total=len(TASKS)))


def next_url(key: str, task: str) -> str:
    """Return where "save and continue" leads after `task`."""
    place = TASKS.index(task) + 1
    if place < len(TASKS):
        return url_for("requests.task", key=key, task=TASKS[place])
    return url_for("requests.check", key=key)


def _view(key: str, task: str, saved: SavedTask | None, complete: bool, current: str | None) -> TaskView:
    status = _("Complete") if complete else _("In progress") if saved else _("Not started")
    url = url_for("requests.task", key=key, task=task)
    hint = saved_line(saved) if saved else None
    return TaskView(task, str(TASK_LABELS[task]), url, status, complete, current == task, hint)


def saved_line(saved: SavedTask) -> Markup:
    """Return who saved a task last, and when."""
    words = escape(_("Last saved by %(name)s on %(moment)s", name="\0", moment="\1"))
    return words.replace("\0", bdi(saved.saved_by or "–")).replace("\1", moment_filter(saved.saved_at))
