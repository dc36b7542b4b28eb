"""Every answer of a draft once more, with what is missing and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from app.casework.content import missing_fields
from app.casework.content.labels import TASK_LABELS, Row, label_of, rows_of
from app.casework.content.pages import page_of
from app.casework.content.paths import task_of
from app.casework.facts import core_of, load_facts
from app.casework.forms.fields import input_id
from app.casework.models import AssistanceRequest
from app.casework.texts import action_text, refusal_texts
from app.foundation.db import read_session
from app.requests.progress import TaskView, answers_of, page_url, task_views
from app.requests.queries import draft_case, saved_tasks
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action

#: What this page can do, the more usual first.
SENDING = (Action.SEND_TO_MISSION, Action.SUBMIT)


@dataclass(frozen=True, slots=True)
class Button:
    """One way to send the draft; with reasons it is shown disabled."""

    step: str
    label: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """One answer that is missing, and where to give it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What the page shows."""

    case: AssistanceRequest
    sections: Sequence[tuple[str, Sequence[Row]]]
    missing: Sequence[Missing]
    buttons: Sequence[Button]
    tasks: Sequence[TaskView]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of any button."""
        return bool(self.buttons) and not any(button.reasons for button in self.buttons)


def check_page(actor: Actor, key: str) -> CheckPage:
    """Return the page: three statements.

    Raises:
        NotFound: no such case for this actor.
    """
    session = read_session()
    case = draft_case(session, actor, key)
    saved = saved_tasks(session, case.id)
    answers = answers_of(saved)
    core = core_of(session, case, actor)
    facts = load_facts(session, core, policy.sections_needed(actor, core, SENDING))
    offers = policy.actions_open_to(actor, facts, SENDING)
    return CheckPage(
        case=case,
        sections=_with_links(key, rows_of(answers)),
        missing=_missing(case, answers),
        buttons=[Button(one.action.value, action_text(one.action), refusal_texts(one.refusals)) for one in offers],
        tasks=task_views(key, saved, "check", channel=case.channel),
    )


def field_url(key: str, path: str) -> str:
    """Return where the field at `path` is filled in: its page, at its input; from there it goes back to the check."""
    return page_url(key, page_of(path), back="check", _anchor=input_id(path))


def _with_links(key: str, sections: Sequence[tuple[str, Sequence[Row]]]) -> list[tuple[str, list[Row]]]:
    return [(title, [replace(row, change_url=field_url(key, row.path)) for row in rows]) for title, rows in sections]


def _missing(case: AssistanceRequest, answers: Mapping[str, Mapping[str, Any]]) -> list[Missing]:
    return [
        Missing(
            _("%(task)s: %(field)s", task=TASK_LABELS[task_of(path)], field=label_of(path)),
            field_url(case.key, path),
        )
        for path in missing_fields(answers, channel=case.channel)
    ]
