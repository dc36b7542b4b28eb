"""Two requests for one need: the second is merged into the first, and taken out again when that was wrong.

The merged case keeps its number, its history and its letter; the other one counts from the earlier date of the two. All
of it stands in the two histories: the step in one, a mark in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.perform import Beside, Said, leave_marks, perform
from app.casework.visibility import found, visible_cases
from app.documents.letters import Sent, file_letter
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Stale
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.triage.commands import MergeCase, UnmergeCase
from app.triage.models import CaseMerge
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.guards.related import merge_refusal
from app.workflow.states import OPEN
from app.workflow.vocabulary import Action, Audience, Mark, State

Case = AssistanceRequest


@use_case
def merge(session: Session, actor: Actor, command: MergeCase, letter: Sent | None) -> None:
    """Merge a request into another open one of the same State (process, Steps).

    Args:
        letter: to the State; None where the same form was merged before.

    Raises:
        InvalidCommand: there is no such request, it is of another State, the same, or ended.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case, chosen = _lock_both(session, actor, command)
    if not policy.may(actor, Action.MERGE, core_of(session, case, actor)):
        raise Forbidden
    target = check_target(session, actor, case, chosen)
    session.add(CaseMerge(case_id=case.id, state_id=case.state_id, target_id=target.id, merged_by_id=actor.user_id))
    filed = file_letter(session, case, actor, letter) if letter is not None else {}
    said = Said(
        {"target_id": target.id, **filed},
        beside=[Beside(target, Mark.MERGED_IN, _merged_in(session, case))],
        also=_officer_of(target),
    )
    perform(session, case, Action.MERGE, actor, command, said)


def check_target(
    session: Session, actor: Actor, case: AssistanceRequest, target: AssistanceRequest | None
) -> AssistanceRequest:
    """Return `target`, into which `case` can be merged.

    Raises:
        InvalidCommand: there is none, or it is of another State, the same, or ended.
    """
    if target is None:
        raise InvalidCommand(FieldError("number", "merge_target_missing"))
    if refusal := merge_refusal(core_of(session, case, actor), core_of(session, target, actor), OPEN):
        raise InvalidCommand(FieldError("number", f"refusal.{refusal.code.value}"))
    return target


@use_case
def unmerge(session: Session, actor: Actor, command: UnmergeCase, letter: Sent | None) -> None:
    """Let a merged request stand for itself again; the other one has its own date back.

    Where the other one was merged further, the date of that one is set right as well.

    Raises:
        NotFound, Stale, Forbidden: see `perform`.
    """
    chain = _lock_chain(session, actor, command)
    case, target = chain[0], chain[1] if len(chain) > 1 else None
    payload: dict[str, Any] = {}
    beside: list[Beside] = []
    also: frozenset[int] = frozenset()
    if target is not None:
        payload["target_id"] = target.id
        beside.append(Beside(target, Mark.MERGE_UNDONE, {"subject": case.key, "case_id": case.id}))
        also = _officer_of(target)
    if letter is not None:
        payload |= file_letter(session, case, actor, letter)
    said = Said(payload, note=command.reason, audience=Audience.TPB_ONLY, beside=beside, also=also)
    perform(session, case, Action.UNMERGE, actor, command, said)
    for inner, outer in pairwise(chain[1:]):
        leave_marks(session, actor, [Beside(outer, Mark.MERGED_IN, _merged_in(session, inner))])


def received_at(session: Session, case: Any) -> datetime:
    """Return from when a submitted request counts: a merge's earlier date, the day of the paper, its submission.

    Args:
        case: a case, or a row with its `counts_from`, `received_on` and `submitted_at`.
    """
    if case.counts_from is None and case.received_on is not None:
        return work_calendar(session, DutyStation.VIENNA).start_of(case.received_on)
    at: datetime | None = case.counts_from or case.submitted_at
    if at is None:
        raise ValueError("a request that was not submitted counts from no day")
    return at


def day_of_receipt(session: Session, case: Any) -> date:
    """Return the day, where the Branch works, from which a submitted request counts; see `received_at`."""
    return work_calendar(session, DutyStation.VIENNA).local_day(received_at(session, case))


def latest_target(case_id: Any) -> Any:
    """Return the id of the case into which the case was merged last, as a subquery."""
    merge = aliased(CaseMerge)
    return select(merge.target_id).where(merge.case_id == case_id).order_by(merge.id.desc()).limit(1).scalar_subquery()


def merged_ids(case_id: int) -> Select[Any]:
    """Return the ids of all that was ever merged into the case, for a condition; see `is_merged_into`."""
    return select(CaseMerge.case_id).where(CaseMerge.target_id == case_id)


def is_merged_into(case_id: int) -> ColumnElement[bool]:
    """Return whether a case is merged into this one now, as a column."""
    return and_(Case.state == State.MERGED, latest_target(Case.id) == case_id)


def goes_on_as(session: Session, actor: Actor, case: AssistanceRequest) -> Sequence[Row[Any]]:
    """Return the requests under which a merged one goes on, the nearest first, the last still in its own right.

    As far as `actor` may see them: one statement.
    """
    chain = _chain(case.key)
    statement = visible_cases(actor, Case.key, Case.number, Case.title, Case.lang).join(chain, chain.c.id == Case.id)
    return session.execute(statement.where(Case.id != case.id).order_by(chain.c.depth)).all()


def _officer_of(case: AssistanceRequest) -> frozenset[int]:
    return frozenset() if case.officer_id is None else frozenset({case.officer_id})


def _merged_in(session: Session, case: AssistanceRequest) -> dict[str, Any]:
    at = received_at(session, case)
    return {"subject": case.key, "case_id": case.id, "counts_from": at.isoformat()}


def _lock_both(
    session: Session, actor: Actor, command: MergeCase
) -> tuple[AssistanceRequest, AssistanceRequest | None]:
    """Lock both rows in the order of their ids, whoever merges which into which."""
    wanted = or_(Case.key == command.key, Case.number == command.number)
    statement = visible_cases(actor).where(wanted).order_by(Case.id).with_for_update(of=Case)
    cases = session.scalars(statement.execution_options(populate_existing=True)).all()
    case = found(next((one for one in cases if one.key == command.key), None))
    if case.version != command.version:
        raise Stale(case_key=case.key, seen_version=command.version)
    return case, next((one for one in cases if one.number == command.number), None)


def _lock_chain(session: Session, actor: Actor, command: UnmergeCase) -> list[AssistanceRequest]:
    """Lock the case, the one it was merged into, and so on, in the order of their ids; returns them along the chain."""
    chain = _chain(command.key)
    statement = (
        visible_cases(actor, Case, chain.c.depth)
        .join(chain, chain.c.id == Case.id)
        .order_by(Case.id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    rows = sorted(session.execute(statement).all(), key=lambda row: row.depth)
    cases: list[AssistanceRequest] = [row[0] for row in rows]
    case = found(cases[0] if cases and cases[0].key == command.key else None)
    if case.version != command.version:
        raise Stale(case_key=case.key, seen_version=command.version)
    return cases


def _chain(key: str) -> Any:
    """Return the ids along the merges from the case `key` on, with their depth."""
    inner, later = aliased(Case), aliased(CaseMerge)
    chain = select(Case.id.label("id"), literal(0).label("depth")).where(Case.key == key).cte("chain", recursive=True)
    newest = select(func.max(later.id)).where(later.case_id == CaseMerge.case_id).scalar_subquery()
    following = (
        select(CaseMerge.target_id, chain.c.depth + 1)
        .join(chain, chain.c.id == CaseMerge.case_id)
        .join(inner, inner.id == CaseMerge.case_id)
        .where(inner.state == State.MERGED, CaseMerge.id == newest)
    )
    return chain.union_all(following)
