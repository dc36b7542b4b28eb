"""Saving the one page: a draft with its tasks, sent in the same transaction when the person says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.casework.content import check_task
from app.casework.content.paths import path_in, without_positions
from app.casework.content.words import MISSING_TEXTS, named
from app.casework.drafts import answers_of, store_first, store_tasks
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, perform
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.requests.commands import AskOnOnePage
from app.requests.drafting import Drafted, TaskStale, begun_draft, draft_to_edit
from app.requests.one_page.layout import INPUTS, TYPES, Subject, filled_in, inputs_at, subject_of
from app.workflow.actor import Actor


@use_case
def ask_on_one_page(session: Session, actor: Actor, command: AskOnOnePage) -> Drafted:
    """Save what the page holds as a draft, and take the step that the person chose.

    Raises:
        NotFound, Stale, Refused: see `draft_to_edit`.
        TaskStale: the draft was saved since the page was shown.
        Forbidden: the actor speaks for no State, or may not send the request so.
        InvalidCommand: an answer is wrong or, when the request is sent, missing; by the names of the inputs.
    """
    if command.key is None:
        case = begun_draft(session, actor)
        store_first(session, case, actor, _checked(case, command.known, command))
    else:
        case = _open_draft(session, actor, command)
        store_tasks(session, case, actor, _checked(case, answers_of(case), command))
    if command.send is not None:
        perform(session, case, command.send, actor, command, Said({"answers_checked": True}))
    return Drafted(key=case.key)


def _open_draft(session: Session, actor: Actor, command: AskOnOnePage) -> AssistanceRequest:
    case = draft_to_edit(session, actor, command.key or "")
    if case.version != command.version or subject_of(answers_of(case)) is not command.subject:
        raise TaskStale(case_key=case.key)
    return case


def _checked(
    case: AssistanceRequest, before: Mapping[str, Mapping[str, Any]], command: AskOnOnePage
) -> dict[str, dict[str, Any]]:
    """Return what is stored, by task, or refuse what is wrong and, of a request that is sent, what is missing."""
    types = frozenset({TYPES[command.subject]})
    answers = filled_in(before, command.subject, command.title, command.inputs)
    checked = {task: check_task(task, data, types, channel=case.channel) for task, data in answers.items()}
    errors = [
        (task, error)
        for task, one in checked.items()
        for error in (*one.wrong, *(one.unanswered if command.send is not None else ()))
    ]
    if errors:
        raise InvalidCommand(*beside_inputs(command.subject, command.inputs, errors))
    return {task: one.data or {} for task, one in checked.items()}


def beside_inputs(
    subject: Subject, inputs: Mapping[str, Any], errors: Iterable[tuple[str, FieldError]]
) -> Iterator[FieldError]:
    """Yield errors of tasks by the names of the inputs that mend them; what no input mends concerns the whole page.

    The title is made of an answer that stands in an input, and that input has its own error.

    Args:
        subject: of the page.
        inputs: what was entered, by name.
        errors: with the task of each.
    """
    for task, error in errors:
        path = path_in(task, error.path)
        names = inputs_at(path, subject)
        for name in names:
            place = without_positions(INPUTS[subject][name])
            below = place != without_positions(path) and place.startswith(f"{without_positions(path)}.")
            if not below:
                yield FieldError(name, named(task, error).code, error.params)
            elif inputs.get(name) in (None, "", []):
                yield FieldError(name, f"missing.{place}" if place in MISSING_TEXTS else "missing")
        if not names and path != "need.title":
            yield FieldError("", named(task, error).code, error.params)
