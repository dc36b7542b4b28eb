"""Who sees which tabs of a case: rules for `composition`, which lists the tabs."""

from __future__ import annotations

from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import LIAISON_ROLES, Role, State

#: Where nobody was ever asked: no tab for what cannot be there.
BEFORE_CONSULTATION = STATE_ONLY | {State.SUBMITTED, State.SCREENING, State.RETURNED}
#: What comes before an assessment, or instead of one: there is no plan.
NOT_ASSESSED = (State.SUBMITTED, State.SCREENING, State.RETURNED, State.NOT_ELIGIBLE, State.MERGED)
#: What comes after the agreement to a plan.
AGREED = (State.SCHEDULED, State.IN_DELIVERY, State.DELIVERED, State.EVALUATION, State.CLOSED)
#: Where it may have come to rest, or to an early end.
ENDED_EARLY = (State.ON_HOLD, State.DISCONTINUED, State.WITHDRAWN)


def everybody(actor: Actor, core: CaseCore) -> bool:
    """Tell that whoever sees the case sees the tab."""
    del actor, core
    return True


def tpb(actor: Actor, core: CaseCore) -> bool:
    """Tell whether the reader is of the Branch, or an auditor, and the case reached it."""
    return (actor.is_tpb or actor.has(Role.AUDITOR)) and core.state not in STATE_ONLY


def planned(actor: Actor, core: CaseCore) -> bool:
    """Tell whether there can be a plan that the reader may read.

    The State reads what was put to it, which comes after the approval; bodies consulted read what was agreed.
    """
    if actor.is_state_side:
        return core.approved_at is not None and core.state not in NOT_ASSESSED
    if actor.roles & LIAISON_ROLES:
        return core.state in AGREED
    return funded(actor, core)


def funded(actor: Actor, core: CaseCore) -> bool:
    """Tell whether there can be money for the case, of which the Branch and auditors read."""
    return tpb(actor, core) and core.state not in NOT_ASSESSED


def delivered(actor: Actor, core: CaseCore) -> bool:
    """Tell whether there can be a delivery that the reader may read: the State, the Branch, an auditor."""
    reads = actor.is_state_side or actor.is_tpb or actor.has(Role.AUDITOR)
    ended_early = core.state in ENDED_EARLY and core.approved_at is not None
    return reads and (core.state in AGREED or ended_early)


def state_and_tpb(actor: Actor, core: CaseCore) -> bool:
    """Tell whether the reader is of the State, of the Branch, or an auditor."""
    del core
    return actor.is_state_side or actor.is_tpb or actor.has(Role.AUDITOR)


def once_consulted(actor: Actor, core: CaseCore) -> bool:
    """Tell whether somebody can have been consulted on the case."""
    del actor
    return core.state not in BEFORE_CONSULTATION
