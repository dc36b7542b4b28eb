"""Which cases an actor may see: the only source of case selects."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, select

from app.casework.models import AssistanceRequest, CaseBody
from app.foundation.errors import NotFound
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, TPB_ROLES, ActorKind, Role

T = TypeVar("T")


def visible_cases(actor: Actor, *columns: Any) -> Select[Any]:
    """Return a select over the cases that `actor` may see (process, People).

    A State sees its own. TPB, managers and auditors see every case from its submission: a draft is seen by its State
    only. A liaison sees cases on which their body is or was consulted. An administrator sees none.

    Args:
        actor: who looks.
        columns: what to select; the whole entity when left out.
    """
    return select(*(columns or (AssistanceRequest,))).where(may_see(actor))


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `cases` that `visible_cases` applies."""
    if actor.kind is ActorKind.SYSTEM:
        return AssistanceRequest.id.is_not(None)
    if actor.is_state_side:
        return AssistanceRequest.state_id == actor.state_id if actor.state_id is not None else false()
    sent = AssistanceRequest.submitted_at.is_not(None)
    if actor.roles & (TPB_ROLES | {Role.AUDITOR}):
        return sent
    if actor.roles & LIAISON_ROLES and actor.body is not None:
        consulted = select(CaseBody.case_id).where(CaseBody.body == actor.body)
        return sent & AssistanceRequest.id.in_(consulted)
    return false()


def sight_of(actor: Actor) -> str:
    """Return what tells one sight from another: who has the same sees the same cases by `may_see`, and no others do.

    Whatever is counted for one reader and shown to another is kept under it.
    """
    if actor.kind is ActorKind.SYSTEM:
        return "every"
    if actor.is_state_side:
        return f"state:{actor.state_id}" if actor.state_id is not None else "none"
    if actor.roles & (TPB_ROLES | {Role.AUDITOR}):
        return "submitted"
    if actor.roles & LIAISON_ROLES and actor.body is not None:
        return f"body:{actor.body.value}"
    return "none"


def found(case: T | None) -> T:
    """Return `case`, or answer as if it did not exist.

    Raises:
        NotFound: there is none that this actor may see.
    """
    if case is None:
        raise NotFound
    return case
