"""Rules about a second case that the command names; they are asked by the use case, which has both rows."""

from __future__ import annotations

from app.workflow.facts import CaseCore
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import State

# Where a follow-up may begin: parent delivered, in evaluation, closed or lapsed (3; Acts, request_follow_up).
FOLLOW_UP_PARENTS = frozenset({State.DELIVERED, State.EVALUATION, State.CLOSED, State.LAPSED})


def merge_refusal(core: CaseCore, target: CaseCore, open_states: frozenset[State]) -> Refusal | None:
    """Why `core` may not be merged into `target`: another State, the same case, or an ended target (Steps, merge)."""
    if target.state_id != core.state_id:
        return Refusal(RefusalCode.MERGE_OTHER_STATE)
    if target.case_id == core.case_id:
        return Refusal(RefusalCode.MERGE_SAME_CASE)
    return None if target.state in open_states else Refusal(RefusalCode.MERGE_TARGET_ENDED)


def follow_up_refusal(parent: CaseCore) -> Refusal | None:
    """Why no follow-up of `parent` may begin now, or None (3)."""
    if parent.state in FOLLOW_UP_PARENTS:
        return None
    return Refusal(RefusalCode.PARENT_STATE, {"state": parent.state.value})
