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
from app.casework.content.needs import Types
from app.casework.content.page_words import page_title
from app.casework.content.pages import PAGES, Page, pages_of, tasks_of
from app.casework.content.paths import DETAILS
from app.foundation.formatting import bdi, moment_filter
from app.requests.queries import SavedTask
from app.workflow.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class TaskView:
    """One line of the task list; `counts` when it is one of the tasks that this request has."""

    task: str
    label: str
    url: str | None
    status: str
    done: bool
    current: bool = False
    hint: Markup | str | None = None
    counts: bool = True


def answers_of(saved: Mapping[str, SavedTask]) -> dict[str, dict[str, Any]]:
    """Return the answers by task."""
    return {name: task.data for name, task in saved.items()}


def is_complete(task: str, answers: Mapping[str, Mapping[str, Any]], channel: Channel = Channel.PORTAL) -> bool:
    """Tell whether nothing that submission needs is missing in `task`."""
    checked = check_task(task, answers.get(task, {}), types_of(answers), channel=channel)
    return not checked.wrong and not checked.unanswered


def task_views(
    key: str, saved: Mapping[str, SavedTask], current: str | None = None, *, channel: Channel = Channel.PORTAL
) -> list[TaskView]:
    """Return the tasks in their order, then "check your answers".

    Args:
        key: public key of the case.
        saved: what is stored of each task.
        current: the task whose page is shown, or `check`.
        channel: on which the request comes.
    """
    answers = answers_of(saved)
    complete = {task: is_complete(task, answers, channel) for task in TASKS}
    views = [_view(key, task, saved, complete[task], current) for task in TASKS]
    status = _("Ready") if all(complete.values()) else _("Not ready yet")
    check = TaskView("check", _("Check and send"), url_for("requests.check", key=key), status, False, counts=False)
    return [*views, check if current != "check" else _as_current(check)]


def _as_current(view: TaskView) -> TaskView:
    return TaskView(view.task, view.label, view.url, view.status, view.done, True, view.hint, view.counts)


def complete_words(answers: Mapping[str, Mapping[str, Any]]) -> str:
    """Return how many tasks of a draft are complete, in words.

    Args:
        answers: what is stored, by task.
    """
    tasks = tasks_of(types_of(answers))
    done = sum(bool(answers.get(task)) and is_complete(task, answers) for task in tasks)
    return str(_("%(done)s of %(total)s tasks complete", done=done, total=len(tasks)))


def page_url(key: str, page: Page, endpoint: str = "requests.task", **more: Any) -> str:
    """Return the address of a page of a task; the first page of a task has the address of the task."""
    name = None if page.name == page.task else page.name
    return url_for(endpoint, key=key, task=page.task, page=name, **more)


def next_url(key: str, page: Page, types: Types) -> str:
    """Return where "save and continue" leads after `page`: the next page that requests of these types have."""
    shown = [one for task in TASKS for one in pages_of(task, types)]
    place = shown.index(page) + 1 if page in shown else len(shown)
    return page_url(key, shown[place]) if place < len(shown) else url_for("requests.check", key=key)


def changed_pages(before: Types, after: Types) -> list[str]:
    """Say which pages another choice of types opened, and which it hid; nothing for a first choice."""
    if not before or before == after:
        return []
    held, wanted = ({page for task in TASKS for page in pages_of(task, types)} for types in (before, after))
    opened, hidden = (_titles(held, wanted), _titles(wanted, held))
    said = []
    if opened:
        said.append(str(_("The types that you chose now also ask for: %(pages)s.", pages=opened)))
    if hidden:
        said.append(str(_("No longer asked for: %(pages)s. What was typed there is kept in the draft.", pages=hidden)))
    return said


def _titles(without: set[Page], pages: set[Page]) -> str:
    """Return the titles of `pages` that are not in `without`, in the order of the tasks."""
    order = [page for task in TASKS for page in PAGES[task]]
    return " · ".join(page_title(page) for page in sorted(pages - without, key=order.index))


def _view(key: str, task: str, saved: Mapping[str, SavedTask], complete: bool, current: str | None) -> TaskView:
    types, stored = types_of(answers_of(saved)), saved.get(task)
    pages = pages_of(task, types)
    if not pages:
        why = _("Your types of assistance ask for no details.") if types else _("Begins with the types of assistance.")
        status = _("Not needed") if types else _("Cannot start yet")
        return TaskView(task, str(TASK_LABELS[task]), None, status, False, current == task, why, counts=not types)
    status = _status(complete, stored)
    hints = [_topics(pages) if task == DETAILS else None, saved_line(stored) if stored else None]
    hint = Markup("<br>").join(one for one in hints if one)
    url = page_url(key, pages[0])
    return TaskView(task, str(TASK_LABELS[task]), url, status, complete and stored is not None, current == task, hint)


def _status(complete: bool, stored: SavedTask | None) -> str:
    if stored is None:
        return str(_("Optional") if complete else _("Not started"))
    return str(_("Complete") if complete else _("In progress"))


def _topics(pages: tuple[Page, ...]) -> Markup:
    """Say which pages the chosen types opened."""
    return escape(_("Asks about: %(topics)s", topics=" · ".join(page_title(page) for page in pages)))


def saved_line(saved: SavedTask) -> Markup:
    """Return who saved a task last, and when."""
    words = escape(_("Last saved by %(name)s on %(moment)s", name="\0", moment="\1"))
    return words.replace("\0", bdi(saved.saved_by or "–")).replace("\1", moment_filter(saved.saved_at))
