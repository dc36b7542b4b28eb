"""Answers that change the request: any field beside its question, by the rules of its task, kept as a revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.casework.content import SCHEMA_NUMBER, check_task, is_asked, types_of, without_empty
from app.casework.content.labels import OTHER, raw_value
from app.casework.content.pages import NOT_TYPED
from app.casework.content.paths import corrected, inner_path, task_of
from app.casework.drafts import mirror, mirror_consents
from app.casework.models import AssistanceRequest, CaseRevision
from app.foundation.clock import now
from app.foundation.errors import FieldError
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType

#: Consents that nobody asks about in order to go on; they are given and withdrawn for themselves.
FREE_CONSENTS = frozenset({"consents.partners", "consents.public_summary"})
#: Asked beside the lists of the depositaries, on its own page only.
SAID = frozenset({"instruments.said"})


def correctable(path: str, types: frozenset[AssistanceType] | None = None) -> bool:
    """Tell whether the field at `path` can be changed beside a question about it.

    Args:
        path: of a field, or "other".
        types: of the request, where they are known: it holds only what requests of these types are asked for.
    """
    if path == OTHER or path in FREE_CONSENTS | NOT_TYPED | SAID:
        return False
    return types is None or is_asked(path, types)


def differs(data: Mapping[str, Any], path: str, value: Any) -> bool:
    """Tell whether `value` says something else than the request does at `path`; empty and absent are the same."""
    return bool(without_empty({"is": value}) != without_empty({"is": raw_value(data, path)}))


def refused(data: Mapping[str, Any], changed: Mapping[str, Any], *, finished: bool) -> Iterator[tuple[str, FieldError]]:
    """Yield what the rules of the tasks do not take, with the path of the change that it comes from.

    What was wrong or missing before the change is no fault of it.

    Args:
        data: the request as it is.
        changed: new values by path.
        finished: also what is then missing; else only what cannot be kept.
    """
    after = corrected(data, changed)
    for task in dict.fromkeys(task_of(path) for path in changed):
        paths = [path for path in changed if task_of(path) == task]
        before = _errors(data, task, finished=True)
        for error in _errors(after, task, finished=finished):
            own = next((path for path in paths if lies_in(error.path, inner_path(path))), None)
            if own is not None or error not in before:
                yield own or paths[0], error


def _errors(data: Mapping[str, Any], task: str, *, finished: bool) -> tuple[FieldError, ...]:
    checked = check_task(task, data.get(task) or {}, types_of(data))
    return (*checked.wrong, *(checked.unanswered if finished else ()))


def lies_in(path: str, field: str) -> bool:
    """Tell whether `path` names `field` or a part of it; both are paths inside one task."""
    return f"{path}.".startswith(f"{field}.")


def write_revision(
    session: Session, case: AssistanceRequest, actor: Actor, before: CaseRevision, changed: Mapping[str, Any]
) -> int:
    """Write the next revision and carry over what is queried; the revision before stays as it was.

    Args:
        changed: new values by path; the rules of their tasks take them, see `refused`.

    Returns:
        The number of the new revision.
    """
    data, held = corrected(before.data, changed), types_of(before.data)
    for task in {task_of(path) for path in changed}:
        data[task] = check_task(task, data[task], types_of(data)).data or data[task]
        mirror(session, case, task, data, held)
        if task == "consents":
            mirror_consents(session, case, actor, data[task])
    session.add(
        CaseRevision(
            case_id=case.id,
            state_id=case.state_id,
            revision=before.revision + 1,
            schema_number=SCHEMA_NUMBER,
            lang=before.lang,
            data=data,
            written_by_id=actor.user_id,
            written_at=now(),
        )
    )
    return before.revision + 1
