"""Draws the history of one case from the definition of the process: a random walk that ends in a given state.

Pure: no database, no clock. What a step is called, where it may begin, where it leads and who may take it comes from
`PROCESS`; only how likely it is and how long it is waited for stands in `odds`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.demo.filling.odds import DISTANCE, ENDINGS, MOST, MOST_ELSE, ODDS, WAITS
from app.workflow.definition import PROCESS
from app.workflow.model import Act, Step
from app.workflow.vocabulary import Action, Body, Condition, HoldReason, Mark, OutcomeKind, Role, State, Urgency

A, S = Action, State
#: Chance that a walk goes on where it could end, if it can come back.
GOES_ON = 0.1
#: Chance that the next step is one on the shortest way.
STRAIGHT = 0.55


@dataclass(frozen=True, slots=True)
class Traits:
    """What is settled about a case before its history begins.

    Attributes:
        begins: the act that begins it.
        alone: its focal point may submit without the mission.
        bodies: who is consulted on it by rule, CTC/CTED always.
        urgency: what the State says.
        activities: how many activities its plan has.
    """

    begins: Action = A.DRAFT_REQUEST
    alone: bool = False
    bodies: tuple[Body, ...] = (Body.CTC_CTED,)
    urgency: Urgency = Urgency.ROUTINE
    activities: int = 1


@dataclass(slots=True)
class Turn:
    """One entry of the history to be.

    Attributes:
        by: in which role it is done.
        source: state before; None for what begins a case, and for marks.
        target: state afterwards, the same for an act; None for marks.
        wait: days since the turn before.
        about: what it is about, in the words of the walk.
    """

    kind: Action | Mark
    by: Role
    source: State | None
    target: State | None
    wait: float
    about: dict[str, Any] = field(default_factory=dict)


class NoWay(LookupError):
    """The walk cannot reach the state: an error of its odds."""


@dataclass(slots=True)
class Walk:
    """A walk as far as it has come."""

    chance: Random
    traits: Traits
    goal: State
    state: State = S.DRAFT
    turns: list[Turn] = field(default_factory=list)
    taken: Counter[Action] = field(default_factory=Counter)
    approved: bool = False
    hold: HoldReason | None = None
    urgent: bool = False
    rounds: Counter[Body] = field(default_factory=Counter)
    waiting: list[Body] = field(default_factory=list)
    planned: int = 0
    open_plan: bool = False
    delivered: int = 0
    questions: int = 0

    def begin(self) -> None:
        """The act that begins the case."""
        line = PROCESS.by_cell[None, self.traits.begins]
        if not isinstance(line, Act) or line.creates is None:
            raise NoWay(self.traits.begins.value)
        self.state = line.creates
        self.turns.append(Turn(line.action, _role(line, None, self.traits), None, self.state, 0.0))

    def act(self, action: Action, by: Role | None = None, wait: float | None = None, **about: Any) -> None:
        """An act in the state where the case is; KeyError when the process has none."""
        line = PROCESS.by_cell[self.state, action]
        role = _role(line, by, self.traits)
        self.turns.append(Turn(action, role, self.state, self.state, self.waited(action, wait), about))

    def mark(self, mark: Mark, wait: float | None = None, **about: Any) -> None:
        """A mark that the system leaves."""
        self.turns.append(Turn(mark, Role.SYSTEM, None, None, self.waited(mark, wait), about))

    def go(self, step: Step, **about: Any) -> None:
        """Take a step."""
        by = about.pop("by", None)
        role = _role(step, by, self.traits)
        self.turns.append(Turn(step.action, role, self.state, step.target, self.waited(step.action), about))
        self.taken[step.action] += 1
        self.state = step.target
        if step.action is A.APPROVE:
            self.approved = True

    def waited(self, what: Action | Mark, wait: float | None = None) -> float:
        """Draw how many days pass before `what`."""
        usual = WAITS.get(what, 0.0) if wait is None else wait
        drawn = usual * (0.35 + 0.65 * min(self.chance.expovariate(1.0), 3.5))
        # what the process allows only after a limit is never earlier
        return max(drawn, usual * 0.9) if what in _AFTER_A_LIMIT else drawn

    def says(self, chance: float) -> bool:
        """Tell whether something happens that does so with this chance."""
        return self.chance.random() < chance

    def ways(self, *, often: bool = False) -> Iterator[tuple[Step, float]]:
        """The steps from here that lead to the goal, each with its odds.

        Args:
            often: also those that were taken as often as is plausible.
        """
        for step, odds in _FROM[self.state]:
            if not self._may(step):
                continue
            left = DISTANCE.get((step.target, self.goal))
            nearer = left is not None and left < DISTANCE[self.state, self.goal]
            worn = not often and self.taken[step.action] >= MOST.get(step.action, MOST_ELSE)
            if left is None or (worn and not nearer):
                continue
            aside = step.target in ENDINGS and step.target is not self.goal
            yield step, odds * (4.0 if nearer else 1.0) * (0.1 if aside else 1.0)

    def _may(self, step: Step) -> bool:
        """What guards would refuse, as far as the walk has to know it."""
        if step.action is A.RESUME_PLANNING:
            return self.approved
        if step.action is A.RESUME_REVIEW:
            return not self.approved
        if step.action is A.SUBMIT:
            return self.traits.alone or self.taken[A.RETURN_TO_DRAFT] > 0
        if step.action is A.WITHDRAW:
            return self.state not in {S.IN_DELIVERY, S.DELIVERED, S.EVALUATION}
        return True

    def next_step(self) -> Step:
        """Draw the next step.

        Raises:
            NoWay: there is none.
        """
        found = list(self.ways()) or list(self.ways(often=True))
        if not found:
            raise NoWay(f"{self.state} to {self.goal}")
        if self.says(STRAIGHT):
            least = min(DISTANCE[step.target, self.goal] for step, _odds in found)
            found = [(step, odds) for step, odds in found if DISTANCE[step.target, self.goal] == least]
        steps, odds = zip(*found, strict=True)
        drawn: Step = self.chance.choices(steps, odds)[0]
        return drawn


#: The steps from each state that a walk may take at all, with their odds.
_FROM = {
    state: [
        (step, odds) for step in PROCESS.steps if state in step.sources and (odds := ODDS.get(step.action, 1.0)) > 0
    ]
    for state in State
}
_AFTER_A_LIMIT = {A.PURGE, A.LAPSE_UNANSWERED, A.LAPSE_PLAN, A.DEEM_DELIVERY_CONFIRMED, A.PROCEED_WITHOUT}
_STATE_SIDE = (Role.FOCAL_POINT, Role.MISSION)


def _role(line: Step | Act, by: Role | None, traits: Traits) -> Role:
    """Return in which of the roles of the line it is done.

    Raises:
        NoWay: the line does not name the role.
    """
    people = [who for who in line.people if who.only is not Condition.MAY_SUBMIT or traits.alone]
    roles = [who.role for who in people]
    if by is None:
        alone = any(who.only is Condition.MAY_SUBMIT for who in people)
        return Role.FOCAL_POINT if alone or (Role.FOCAL_POINT in roles and line.action is not A.SUBMIT) else roles[0]
    if by not in roles:
        raise NoWay(f"{line.action} by {by}")
    return by


def money_or_else(chance: Random) -> HoldReason:
    """Draw why a case rests: mostly for money."""
    others = [one for one in HoldReason if one not in {HoldReason.MONEY, HoldReason.CONSENT_WITHDRAWN}]
    return HoldReason.MONEY if chance.random() < 0.6 else chance.choice(others)


OUTCOME_OF = {
    A.FIND_INELIGIBLE: OutcomeKind.INELIGIBLE,
    A.REFER: OutcomeKind.REFER,
    A.DISCONTINUE: OutcomeKind.DISCONTINUE,
}
