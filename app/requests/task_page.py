"""One page of a task of a draft: its form, what is stored, and what somebody else stored meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.routing import BuildError
from wtforms import Field

from app.casework.content import TASKS, types_of, without_empty
from app.casework.content.labels import TASK_LABELS, value_of
from app.casework.content.page_words import LEADS, page_title
from app.casework.content.pages import Page, pages_of
from app.casework.content.paths import raw_value
from app.casework.drafts import TEXTS
from app.casework.models import AssistanceRequest
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.reference.treaties import StatusCell, status_of
from app.requests.conflicts import choices, clashes_of, kept_names, marks_of
from app.requests.contact import contact_of_account
from app.requests.instruments_page import asks_nuclear, first_instruments, offer_instruments
from app.requests.progress import answers_of, page_url, saved_line, task_views
from app.requests.queries import SavedTask, draft_case, earlier_assistance, saved_tasks
from app.requests.task_forms import ADD, TaskForm, form_of
from app.workflow.actor import Actor

#: Endpoint of the page where texts are attached to a draft.
ATTACH_PAGE = "documents.documents"
NUCLEAR_WANTED = "instruments.nuclear_wanted"
#: Greatest length of a line of a table.
_LINE = 200
#: Pages whose layout is their own.
OWN_LAYOUT = frozenset({"instruments", "drafting", "rights"})


@dataclass(slots=True)
class TaskView:
    """What one page of a task needs."""

    actor: Actor
    case: AssistanceRequest
    page: Page
    saved: dict[str, SavedTask]
    form: TaskForm
    cells: Sequence[StatusCell] = ()

    def rendered(self, conflict: SavedTask | None = None) -> str:
        """Return the page.

        Args:
            conflict: what somebody else saved after the page was shown.
        """
        page, stored = self.page, self.saved.get(self.page.task)
        answers = answers_of(self.saved)
        if page.name == "instruments":
            self.cells = self.cells or status_of(read_session(), self.case.state_id)
            offer_instruments(read_session(), self.form, self.cells)
        return render_template(
            f"requests/task_{page.name}.html" if page.name in OWN_LAYOUT else "requests/task.html",
            case=self.case,
            page=page,
            title=page_title(page),
            task_title=TASK_LABELS[page.task],
            lead=LEADS.get(page.name),
            pages=pages_of(page.task, types_of(answers)),
            number=TASKS.index(page.task) + 1,
            total=len(TASKS),
            form=self.form,
            asks_nuclear=asks_nuclear(self.cells) or bool(raw_value(answers, NUCLEAR_WANTED)),
            texts=value_of(answers, TEXTS) if page.name == "drafting" else None,
            attach_url=_attach_url(self.case.key) if page.name == "drafting" else None,
            tasks=task_views(self.case.key, self.saved, page.task, channel=self.case.channel),
            note=saved_line(stored) if stored else None,
            autosave_url=page_url(self.case.key, page, endpoint="requests.autosave"),
            conflict=conflict,
            keep=self._keep(fresh=conflict is not None),
            page_failed=conflict is not None or bool(self.form.errors) or bool(self.form.form_errors),
        )

    def with_another_row(self) -> str:
        """Return the page with one more row; nothing is saved."""
        self.form.settle_rows(request.form.get(ADD))
        return self.rendered()

    def with_conflict(self) -> str:
        """Return the page with what was typed, and the question for each field that somebody else stored otherwise."""
        session = read_session()
        session.rollback()  # what is stored now, not what this request read before
        self.case = draft_case(session, self.actor, self.case.key)
        self.saved = saved_tasks(session, self.case.id)
        stored = self.saved.get(self.page.task)
        self.form.version.data = str(stored.version if stored else 0)
        return self.rendered(stored)

    def _keep(self, *, fresh: bool) -> list[Field]:
        """Return the questions which answer is to stay: of a conflict that is new, or as they were posted."""
        task, asked = self.page.task, kept_names(request.form)
        if task not in self.saved or not (fresh or asked):
            return []
        answers, entered = answers_of(self.saved), without_empty(self.form.answers())
        others = {name: answer for name, answer in answers[task].items() if name not in self.form.names}
        typed = {**answers, task: {**others, **entered}}
        clashes = clashes_of(self.page, answers, typed, self.form.base.data or "")
        if fresh:
            # from now on the page is shown with what is stored
            self.form.base.data = marks_of(self.page, answers)
        return choices(clashes, answers, typed, self.saved[task], only=() if fresh else asked)


def task_view(actor: Actor, key: str, task: str, name: str | None) -> TaskView:
    """Return a page of `task`: two statements, and one for what is to be filled in from elsewhere.

    Args:
        name: of the page; None for the first one of the task.

    Raises:
        NotFound: no such case for this actor, or requests of its types have no such page.
    """
    session = read_session()
    case = draft_case(session, actor, key)
    saved = saved_tasks(session, case.id)
    page, stored = _page(task, name, saved), saved.get(task)
    cells: Sequence[StatusCell] = ()
    if request.method == "POST":
        form = form_of(page)()
    else:
        if page.name == "instruments":
            cells = status_of(session, case.state_id)
        first = first_instruments(cells) if cells else _first_answers(actor, case, page, stored)
        data = {**first, **(stored.data if stored else {}), "version": stored.version if stored else 0}
        form = form_of(page)(data=data)
        form.base.data = marks_of(page, answers_of(saved))
    form.settle_rows()
    return TaskView(actor, case, page, saved, form, cells)


def _attach_url(key: str) -> str | None:
    """Return where texts are attached; None while that page does not exist."""
    try:
        return url_for(ATTACH_PAGE, key=key, field_path=TEXTS)
    except BuildError:
        return None


def _page(task: str, name: str | None, saved: Mapping[str, SavedTask]) -> Page:
    pages = pages_of(task, types_of(answers_of(saved)))
    found = next((page for page in pages if name in (None, page.name)), None)
    if found is None:
        raise NotFound
    return found


def _first_answers(actor: Actor, case: AssistanceRequest, page: Page, stored: SavedTask | None) -> dict[str, Any]:
    """Return what a page begins with that is known already: who asks, and what the State got from us before."""
    if page.task == "who":
        return {"contact": contact_of_account(actor)}
    if page.name != "expected" or (stored is not None and "previous_none" in stored.data):
        return {}
    provider = _("Terrorism Prevention Branch, UNODC")
    earlier = earlier_assistance(read_session(), actor, case.id)
    rows = [
        {"provider": provider, "year": one.submitted_at.year, "subject": f"{one.title} ({one.number})"[:_LINE]}
        for one in earlier
    ]
    return {"previous": rows} if rows else {}
