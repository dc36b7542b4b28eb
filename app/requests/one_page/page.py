"""The one page: what the system knows, the inputs, the ways to send it, and what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from app.casework.content.detail_words import TOPICS
from app.casework.content.details import TrainingTopic
from app.casework.content.display import joined, line, name
from app.casework.content.labels import FIELD_LABELS, Row, language_of, rows_of, value_of
from app.casework.models import AssistanceRequest
from app.casework.texts import action_text
from app.foundation.clock import now
from app.foundation.db import read_session
from app.requests.check_page import SENDING, Button
from app.requests.contact import own_language, whole_contact
from app.requests.one_page.forms import OnePageForm, form_of
from app.requests.one_page.layout import Subject, entered, filled_in, nothing, subject_of
from app.requests.progress import answers_of, saved_line
from app.requests.queries import SavedTask, ToChange, draft_case, saved_tasks, to_change
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import State

#: The longest title, in characters.
_TITLE = 160


@dataclass(slots=True)
class OnePage:
    """What the page needs.

    Attributes:
        case: the draft; None before there is one.
        answers: what is stored, else what a draft begins with, by task.
        saved: the tasks as they were saved, with who saved each.
        fits: whether the draft, if there is one, holds no more than the page shows.
    """

    actor: Actor
    subject: Subject
    form: OnePageForm
    answers: Mapping[str, Mapping[str, Any]]
    case: AssistanceRequest | None = None
    saved: Mapping[str, SavedTask] = field(default_factory=dict)
    to_change: ToChange | None = None
    fits: bool = True

    def given(self) -> dict[str, Any]:
        """Return what `AskOnOnePage` takes beside what was entered; a title that somebody wrote is kept."""
        before = entered(self.answers, self.subject)
        title = (self.answers.get("need") or {}).get("title")
        made = title_of(self.subject, before)
        return {
            "key": self.case.key if self.case else None,
            "subject": self.subject,
            "known": self.answers if self.case is None else {},
            "title": title if title and title != made else title_of(self.subject, self.form.inputs()),
        }

    def rendered(self, differing: Sequence[Row] = (), conflict: SavedTask | None = None) -> str:
        """Return the page.

        Args:
            differing: what is stored and differs from what was typed.
            conflict: what somebody else saved after the page was shown.
        """
        newest = max(self.saved.values(), key=lambda task: task.saved_at, default=None)
        return render_template(
            "requests/one_page.html",
            page=self,
            case=self.case,
            form=self.form,
            known=list(self._known()),
            buttons=self._buttons(),
            note=saved_line(newest) if newest else None,
            differing=differing,
            conflict=conflict,
            page_failed=conflict is not None or bool(self.form.errors) or bool(self.form.form_errors),
        )

    def with_conflict(self) -> str:
        """Return the page with what was typed, and beside it what somebody else saved: saving again replaces that."""
        if self.case is None:
            raise LookupError("only what is stored can be in conflict")
        session = read_session()
        session.rollback()  # what is stored now, not what this request read before
        self.case = draft_case(session, self.actor, self.case.key)
        self.saved = saved_tasks(session, self.case.id)
        self.answers, self.fits = _stored(self.saved, self.subject)
        self.form.version.data = str(self.case.version)
        mine = filled_in(self.answers, self.subject, self.given()["title"], self.form.inputs())
        newest = max(self.saved.values(), key=lambda task: task.saved_at)
        return self.rendered(list(_differing(self.answers, mine)), newest)

    def _known(self) -> Iterator[Row]:
        lang, contact = language_of(self.answers), self.answers["who"].get("contact") or {}
        own = (line(contact.get(part), lang) for part in ("function", "institution"))
        who = joined(name(contact.get("name"), None), *own, name(contact.get("email"), None))
        yield Row(str(FIELD_LABELS["who.contact"]), who or None, "who.contact")
        path = "who.working_language"
        yield Row(str(FIELD_LABELS[path]), value_of(self.answers, path), path)
        if self.case is not None and self.case.title:
            yield Row(str(FIELD_LABELS["need.title"]), line(self.case.title, lang), "need.title")

    def _buttons(self) -> list[Button]:
        """Return the ways in which this person may send such a draft, the more usual first."""
        core = CaseCore(
            case_id=0,
            key="",
            state=State.DRAFT,
            version=0,
            state_id=self.actor.state_id or 0,
            state_since=now(),
            drafted_by_id=self.actor.user_id,
        )
        allowed = (action for action in SENDING if policy.may(self.actor, action, core))
        return [Button(action.value, action_text(action), ()) for action in allowed]


def new_page(actor: Actor, subject: Subject) -> OnePage:
    """Return the page before there is a draft: one statement."""
    who = {"contact": whole_contact(actor), "working_language": own_language()}
    answers = filled_in({"who": who}, subject, "", {"language": who["working_language"]})
    return OnePage(actor, subject, _form(subject, answers, 0), answers)


def draft_page(actor: Actor, key: str, subject: Subject) -> OnePage:
    """Return the page of a draft: three statements.

    Raises:
        NotFound: no such case for this actor.
    """
    session = read_session()
    case = draft_case(session, actor, key)
    saved = saved_tasks(session, case.id)
    answers, fits = _stored(saved, subject)
    form, change = _form(subject, answers, case.version), to_change(session, case.id)
    return OnePage(actor, subject, form, answers, case, saved, change, fits)


def title_of(subject: Subject, inputs: Mapping[str, Any]) -> str:
    """Return the title that a request gets from what is asked for; empty while nothing is named.

    Args:
        inputs: what stands in the inputs, by name.
    """
    if subject is Subject.TOOL:
        tool = str(inputs.get("tool") or "").strip()
        return shorten(_("Published tool: %(tool)s", tool=tool), _TITLE, placeholder="…") if tool else ""
    chosen = [str(TOPICS[topic]) for topic in TrainingTopic if topic.value in (inputs.get("topics") or ())]
    words = _("Online course: %(topics)s", topics=" · ".join(chosen))
    return shorten(words, _TITLE, placeholder="…") if chosen else ""


def _stored(saved: Mapping[str, SavedTask], subject: Subject) -> tuple[dict[str, dict[str, Any]], bool]:
    """Return what is stored of every task of the page, and whether that is all."""
    answers = answers_of(saved)
    return {**nothing(), **answers}, subject_of(answers) is subject


def _form(subject: Subject, answers: Mapping[str, Mapping[str, Any]], version: int) -> OnePageForm:
    kind = form_of(subject)
    return kind() if request.method == "POST" else kind(data={**entered(answers, subject), "version": version})


def _differing(stored: Mapping[str, Any], mine: Mapping[str, Any]) -> Iterator[Row]:
    shown = {row.path: row.value for _title, rows in rows_of(mine) for row in rows}
    for _title, rows in rows_of(stored):
        yield from (row for row in rows if row.value != shown.get(row.path))
