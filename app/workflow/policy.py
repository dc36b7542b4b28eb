"""Who may do what now: one cell of role x tie x state x action, the buttons of a page, the check before acting.

What is not written is refused. `core` is None where there is no case yet (acts that begin one).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.facts import CaseCore, CaseFacts, ConsultationsFacts
from app.workflow.model import Act, NotPermitted, Process, RefusedByGuard, Step, Who
from app.workflow.refusals import Refusal
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import (
    BODY_OF_ROLE,
    LIAISON_ROLES,
    LONE_ROLES,
    STATE_ROLES,
    TPB_ROLES,
    Action,
    Ask,
    Condition,
    HoldReason,
    Role,
    Section,
    State,
    Tie,
)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One allowed cell of the permission table; `state` is None for acts that begin a case."""

    role: Role
    tie: Tie
    state: State | None
    action: Action
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something this actor may do now; with refusals the button is shown disabled with its reasons.

    Where it does not `concern` the case at all there is no button: nobody could do anything about the reasons.
    """

    action: Action
    refusals: tuple[Refusal, ...]
    line: Step | Act
    concerns: bool = True

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals

    @property
    def asks(self) -> frozenset[Ask]:
        """What the command must bring."""
        return self.line.asks


def cells(process: Process = PROCESS) -> Iterator[Cell]:
    """Every allowed cell of the permission table, in the order of the process."""
    for line in process.lines:
        states: list[State | None] = [state for state in State if state in line.sources]
        if isinstance(line, Act) and line.creates is not None:
            states.append(None)
        for who in line.people:
            for state in states:
                yield Cell(who.role, who.tie, state, line.action, who.only)


def may_hold(roles: frozenset[Role]) -> bool:
    """Whether one person may hold these roles together.

    An auditor holds no other role, an administrator no case role, and nobody stands on two sides: State, TPB, body
    (process page, People). A stand-in adds roles to nobody: they act with the absent person's roles instead.
    """
    sides = [side for side in (STATE_ROLES, TPB_ROLES, LIAISON_ROLES) if roles & side]
    if Role.SYSTEM in roles or (roles & LONE_ROLES and len(roles) > 1):
        return False
    return len(sides) <= 1 and not roles >= LIAISON_ROLES


def ties_of(actor: Actor, core: CaseCore | None) -> frozenset[Tie]:
    """The ties between `actor` and the case; without a case, `own` for the people of a State, and `any`.

    A stand-in has the absent person's `assigned` tie and is independent only where both are (process page, People).
    """
    ties = {Tie.ANY}
    if actor.is_state_side and actor.state_id is not None:
        if core is None or actor.state_id == core.state_id:
            ties.add(Tie.OWN)
        elif actor.state_id in core.participating_state_ids:
            ties.add(Tie.PARTICIPATING)
    if core is None:
        return frozenset(ties)
    if actor.is_tpb and actor.user_id is not None:
        tied = actor.on_behalf_of.user_id if actor.on_behalf_of else actor.user_id
        if core.officer_id == tied:
            ties.add(Tie.ASSIGNED)
        if core.not_independent_ids is not None and actor.person_ids.isdisjoint(core.not_independent_ids):
            ties.add(Tie.INDEPENDENT)
    if actor.body is not None and actor.body in core.consulted_bodies:
        ties.add(Tie.CONSULTED)
    return frozenset(ties)


def _fulfils(actor: Actor, condition: Condition | None, core: CaseCore | None) -> bool:
    if condition is None:
        return True
    if condition is Condition.MAY_SUBMIT:
        return actor.may_submit
    return core is not None and core.drafted_by_id is not None and core.drafted_by_id == actor.user_id


_CONFIRMING = frozenset({Action.CONFIRM_REQUEST, Action.SUBMIT})


def _confirms_own(actor: Actor, line: Step | Act, core: CaseCore | None) -> bool:
    """Whether a stand-in of the mission would confirm what they worked on themselves: that takes two persons."""
    if actor.on_behalf_of is None or core is None or line.action not in _CONFIRMING or not actor.has(Role.MISSION):
        return False
    return actor.user_id == core.drafted_by_id or actor.user_id in (core.not_independent_ids or ())


def _speaks_for(actor: Actor, role: Role) -> bool:
    """A liaison's role counts only together with the body for which the account was made."""
    return role in actor.roles and BODY_OF_ROLE.get(role, actor.body) == actor.body


def _matching(actor: Actor, line: Step | Act, core: CaseCore | None, ties: frozenset[Tie]) -> Iterator[Who]:
    if _confirms_own(actor, line, core):
        return
    for who in line.people:
        if who.tie in ties and _speaks_for(actor, who.role) and _fulfils(actor, who.only, core):
            yield who


def may(actor: Actor, action: Action, core: CaseCore | None = None) -> bool:
    """Whether a cell of the permission table allows `actor` to do `action` on the case in its state.

    Guards are not asked: see `check`.
    """
    line = PROCESS.line(action, core.state if core else None)
    return line is not None and any(_matching(actor, line, core, ties_of(actor, core)))


def may_elsewhere(actor: Actor, action: Action, core: CaseCore) -> bool:
    """Whether `action` is of this actor's role, but in other states than that of the case."""
    lines = [line for line in PROCESS.lines if line.action is action]
    theirs = [line for line in lines if any(_speaks_for(actor, who.role) for who in line.people)]
    return bool(theirs) and all(core.state not in line.sources for line in theirs)


def hold_reasons(actor: Actor, core: CaseCore) -> frozenset[HoldReason]:
    """For which reasons this actor may put the case on hold now: money is programme support's (Steps, hold)."""
    line = PROCESS.line(Action.HOLD, core.state)
    found = _matching(actor, line, core, ties_of(actor, core)) if line else iter(())
    return frozenset(reason for who in found for reason in who.holds_for)


def lines_open_to(actor: Actor, core: CaseCore | None) -> tuple[Step | Act, ...]:
    """The lines whose permission cell this actor has now, in the order of the process."""
    ties = ties_of(actor, core)
    state = core.state if core else None
    here = (line for line in PROCESS.lines if PROCESS.line(line.action, state) is line)
    return tuple(line for line in here if any(_matching(actor, line, core, ties)))


def sections_needed(actor: Actor, core: CaseCore, only: Collection[Action] | None = None) -> frozenset[Section]:
    """The sections that `actions_open_to` reads for this actor on this case."""
    lines = (line for line in lines_open_to(actor, core) if only is None or line.action in only)
    guards = (guard for line in lines for guard in line.guards if not guard.by_command)
    return frozenset().union(*(guard.needs for guard in guards))


def sections_for(action: Action, state: State) -> frozenset[Section]:
    """The sections that `check` reads for `action` in `state`; empty when the process has no such line."""
    line = PROCESS.line(action, state)
    return frozenset().union(*(guard.needs for guard in line.guards)) if line else frozenset()


def actions_open_to(actor: Actor, facts: CaseFacts, only: Collection[Action] | None = None) -> tuple[Offer, ...]:
    """What this actor may do now, each with the reasons that still stand in the way (the buttons of the page).

    `facts` must hold the sections of `sections_needed`, `only` limits both to actions that the page can lead to. Rules
    that the command itself fulfils are not asked here.
    """
    known = _of_own_body(actor, facts)
    return tuple(
        Offer(line.action, _refusals(line, known, with_command=False), line, _concerns(line, known))
        for line in lines_open_to(actor, facts.core)
        if only is None or line.action in only
    )


def _of_own_body(actor: Actor, facts: CaseFacts) -> CaseFacts:
    """The facts on which a liaison's acts are judged: what another body was asked or said is no matter of theirs."""
    if actor.body is None or facts.consultations is None:
        return facts
    return replace(facts, consultations=ConsultationsFacts(facts.consultations.of(actor.body)))


def _concerns(line: Step | Act, facts: CaseFacts) -> bool:
    return not any(guard.of_case and guard(facts) is not None for guard in line.guards)


def _refusals(line: Step | Act, facts: CaseFacts, *, with_command: bool) -> tuple[Refusal, ...]:
    asked = (guard(facts) for guard in line.guards if with_command or not guard.by_command)
    return tuple(refusal for refusal in asked if refusal is not None)


def check(actor: Actor, action: Action, facts: CaseFacts) -> None:
    """Stop unless `actor` may do `action` and every guard agrees; `facts` hold the sections of `sections_for`.

    Raises NotPermitted when no cell allows it, RefusedByGuard with every reason when the case is not ready.
    """
    line = PROCESS.line(action, facts.core.state)
    if line is None or not may(actor, action, facts.core):
        raise NotPermitted(action)
    if refusals := _refusals(line, _of_own_body(actor, facts), with_command=True):
        raise RefusedByGuard(action, refusals)


def sees(actor: Actor, core: CaseCore) -> bool:
    """Whether the case exists for this actor (process page, People): the same rule as every select of cases.

    The State's people see their State's cases, TPB and auditors all that were submitted, a liaison those on which the
    body is or was consulted. A participating State never sees the case, an administrator sees none.
    """
    if actor.is_state_side:
        return actor.state_id is not None and actor.state_id == core.state_id
    if actor.is_system:
        return True
    if core.state in STATE_ONLY:
        return False
    if actor.is_tpb or actor.has(Role.AUDITOR):
        return True
    return actor.has(*LIAISON_ROLES) and Tie.CONSULTED in ties_of(actor, core)
