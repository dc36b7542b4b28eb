"""One task of a draft as a page: its form, what is stored, and what somebody else stored meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from app.accounts.actor import signed_in
from app.accounts.queries import contact_of
from app.casework.content import TASKS, types_of, without_empty
from app.casework.content.labels import TASK_LABELS, Row, rows_of
from app.casework.content.tasks import Language
from app.casework.models import AssistanceRequest
from app.foundation.db import read_session
from app.requests.progress import answers_of, saved_line, task_views
from app.requests.queries import SavedTask, draft_case, saved_tasks
from app.requests.task_forms import TaskForm, WhoForm, form_of
from app.workflow.actor import Actor


@dataclass(slots=True)
class TaskPage:
    """What the page of one task needs."""

    actor: Actor
    case: AssistanceRequest
    task: str
    saved: dict[str, SavedTask]
    form: TaskForm

    def rendered(self, differing: Sequence[Row] = (), conflict: SavedTask | None = None) -> str:
        """Return the page.

        Args:
            differing: what is stored and differs from what was typed.
            conflict: what somebody else saved after the page was shown.
        """
        stored = self.saved.get(self.task)
        return render_template(
            f"requests/task_{self.form_name}.html",
            case=self.case,
            task=self.task,
            title=TASK_LABELS[self.task],
            number=TASKS.index(self.task) + 1,
            total=len(TASKS),
            form=self.form,
            tasks=task_views(self.case.key, self.saved, self.task),
            note=saved_line(stored) if stored else None,
            differing=differing,
            conflict=conflict,
            page_failed=conflict is not None or bool(self.form.errors) or bool(self.form.form_errors),
        )

    @property
    def form_name(self) -> str:
        """The name of the template's part: the task, or `confirmation` for the short form of the task "rights"."""
        return "confirmation" if "confirmed" in self.form else self.task

    def with_another_row(self) -> str:
        """Return the page with one more row for an institution; nothing is saved."""
        if isinstance(self.form, WhoForm):
            self.form.settle_rows(add=True)
        return self.rendered()

    def with_conflict(self) -> str:
        """Return the page with what was typed, and beside it what somebody else saved: saving again replaces that."""
        session = read_session()
        session.rollback()  # what is stored now, not what this request read before
        typed = without_empty(self.form.answers())
        self.case = draft_case(session, self.actor, self.case.key)
        self.saved = saved_tasks(session, self.case.id)
        stored = self.saved.get(self.task)
        self.form.version.data = str(stored.version if stored else 0)
        return self.rendered(_differing(self.saved, self.task, typed), stored)


def task_page(actor: Actor, key: str, task: str) -> TaskPage:
    """Return the page of `task`: two statements, and one for a contact that is still to be filled in.

    Raises:
        NotFound: no such case for this actor.
    """
    session = read_session()
    case = draft_case(session, actor, key)
    saved = saved_tasks(session, case.id)
    kind = form_of(task, types_of(answers_of(saved)))
    if request.method == "POST":
        form = kind()
    else:
        stored = saved.get(task)
        answers = kind.stored(stored.data) if stored else _first_answers(actor, task)
        form = kind(data={**answers, "version": stored.version if stored else 0})
    if isinstance(form, WhoForm):
        form.settle_rows()
    return TaskPage(actor, case, task, saved, form)


def _first_answers(actor: Actor, task: str) -> dict[str, Any]:
    """Return what a task begins with: the contact comes from the account."""
    person = contact_of(read_session(), actor.user_id) if task == "who" and actor.user_id is not None else None
    if person is None:
        return {}
    contact = {
        "name": person.name,
        "function": person.title,
        "institution": person.office,
        "email": person.email,
        "telephone": person.telephone,
        "language": _language(),
    }
    return {"contact": contact}


def _language() -> str:
    account = signed_in()
    known = {language.value for language in Language}
    return account.locale if account is not None and account.locale in known else Language.EN.value


def _differing(saved: Mapping[str, SavedTask], task: str, typed: Mapping[str, Any]) -> list[Row]:
    answers = answers_of(saved)
    ((_title, stored),) = rows_of(answers, task)
    ((_title, mine),) = rows_of({**answers, task: typed}, task)
    shown = {row.path: row.value for row in mine}
    return [row for row in stored if row.value != shown.get(row.path)]
