"""A follow-up: a draft that takes an earlier request of the same State further; only the State asks for it (3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.casework.content import check_task
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseType, DraftTask
from app.casework.perform import Said, begin, lock_case
from app.casework.queries import latest_revision
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden, Refused
from app.requests.commands import RequestFollowUp
from app.requests.drafting import Drafted
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.guards.related import follow_up_refusal
from app.workflow.vocabulary import Action, AssistanceType, State


@use_case
def request_follow_up(session: Session, actor: Actor, command: RequestFollowUp) -> Drafted:
    """Begin a follow-up with what is known from the earlier request: who asks, for whom, and its title.

    Raises:
        NotFound: there is no such request for this actor.
        Forbidden: the actor speaks for no State.
        Refused: the earlier request is neither delivered, evaluated, closed nor lapsed.
        InvalidCommand: a recommendation is not an open one of the earlier request.
    """
    parent = lock_case(session, actor, command.key)
    if not policy.may(actor, Action.REQUEST_FOLLOW_UP):
        raise Forbidden
    if refusal := follow_up_refusal(core_of(session, parent, actor)):
        raise Refused([(f"refusal.{refusal.code.value}", refusal.params)])
    case = AssistanceRequest(
        state_id=parent.state_id,
        parent_id=parent.id,
        drafted_by_id=actor.user_id,
        state=State.DRAFT,
        version=1,
        title=parent.title,
        lang=parent.lang,
    )
    begin(session, case, Action.REQUEST_FOLLOW_UP, actor, Said({"parent_id": parent.id}), command)
    revision = latest_revision(session, parent.id)
    of_case = {"case_id": case.id, "state_id": case.state_id}
    saved = {**of_case, "version": 1, "saved_by_id": actor.user_id, "saved_at": now()}
    carried = carried_over(revision.data if revision else {}, parent.number)
    session.execute(insert(DraftTask).values([{**saved, "task": task, "data": data} for task, data in carried.items()]))
    session.execute(insert(CaseType).values(**of_case, type=AssistanceType.FOLLOW_UP))
    return Drafted(key=case.key)


def carried_over(before: Mapping[str, Any], number: str | None) -> dict[str, dict[str, Any]]:
    """Return what a follow-up begins with.

    Args:
        before: the earlier request as it was last submitted or answered, by task.
        number: of the earlier request.
    """
    types = frozenset({AssistanceType.FOLLOW_UP})
    kept = {
        "who": before.get("who", {}),
        "need": {
            "title": before.get("need", {}).get("title"),
            "types": [AssistanceType.FOLLOW_UP.value],
            "parent": number,
        },
    }
    checked = {task: check_task(task, answers, types).data for task, answers in kept.items()}
    return {task: data for task, data in checked.items() if data}
