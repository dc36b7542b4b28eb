"""The requests of one State, those that the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseType
from app.casework.visibility import visible_cases
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType

PAGE = 10
C = AssistanceRequest


@dataclass(frozen=True, slots=True)
class StateCases:
    """One page, the newest first; `older` is the key to go on after, None at the end.

    `types` are the types of assistance of each request, by its id.
    """

    rows: Sequence[Row[Any]]
    types: Mapping[int, Sequence[AssistanceType]]
    older: str | None


def cases_of(session: Session, actor: Actor, state_id: int, after: str | None) -> StateCases:
    """Return one page of the requests of a State: two statements, one when there are none.

    Args:
        session: reading.
        actor: who looks.
        state_id: whose requests.
        after: key of the last request of the page before; one that the reader cannot see is as none.
    """
    columns = (C.id, C.key, C.number, C.title, C.lang, C.state, C.approved_at, C.due_key, C.due_on, C.paused)
    wanted = visible_cases(actor, *columns).where(C.state_id == state_id).order_by(C.id.desc()).limit(PAGE + 1)
    if after:
        mark = visible_cases(actor, C.id).where(C.key == after, C.state_id == state_id).correlate(None)
        marked = mark.scalar_subquery()
        wanted = wanted.where((C.id < marked) | marked.is_(None))
    found = session.execute(wanted).all()
    rows = found[:PAGE]
    return StateCases(rows, _types(session, actor, rows), rows[-1].key if len(found) > PAGE else None)


def _types(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> Mapping[int, Sequence[AssistanceType]]:
    if not rows:
        return {}
    types = visible_cases(actor, CaseType.case_id, CaseType.type).where(CaseType.case_id == C.id)
    found: dict[int, list[AssistanceType]] = defaultdict(list)
    for case_id, type_ in session.execute(types.where(C.id.in_([row.id for row in rows])).order_by(CaseType.type)):
        found[case_id].append(type_)
    return found
