"""What is done while a case is in a state, before the step that leads on: the acts of the process, and its marks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from app.demo.filling.odds import DISTANCE, ENDINGS
from app.demo.filling.walk import GOES_ON, OUTCOME_OF, Traits, Turn, Walk, money_or_else
from app.workflow.model import Step
from app.workflow.vocabulary import Action, Body, HoldReason, Mark, Position, Role, State, Urgency

A, S = Action, State
#: In which portions a draft is written.
PORTIONS: Final = (("who",), ("need", "instruments"), ("details", "results"), ("rights",), ("consents",))
_OPEN_ENDED: Final = {S.CLOSED, S.LAPSED, S.DECLINED, S.NOT_ELIGIBLE}


def walk_to(chance: Random, traits: Traits, goal: State) -> list[Turn]:
    """Return the history of one case that comes to rest in `goal`.

    Args:
        chance: where everything is drawn from.
        traits: what is settled about the case.
        goal: the state in which it stands at the end.

    Raises:
        NoWay: the process has no way there.
    """
    walk = Walk(chance, traits, goal)
    walk.begin()
    while not _rests(walk):
        step = walk.next_step()
        _stay(walk, step)
        walk.go(step, **_about(walk, step))
    _stay(walk, None)
    return walk.turns


def _rests(walk: Walk) -> bool:
    """Whether the walk ends here: mostly as soon as it can."""
    if walk.state is not walk.goal:
        return False
    returns = walk.state not in ENDINGS or walk.state in _OPEN_ENDED
    back = any((step.target, walk.goal) in DISTANCE and step.target not in ENDINGS for step, _odds in walk.ways())
    return not (returns and back and walk.says(GOES_ON))


def _about(walk: Walk, step: Step) -> dict[str, object]:
    """What the step is about, and who takes it where several may."""
    if step.action is A.HOLD:
        walk.hold = money_or_else(walk.chance)
        by = Role.PROGRAMME_SUPPORT if walk.hold is HoldReason.MONEY else Role.BRANCH_CHIEF
        return {"reason": walk.hold, "by": by}
    if step.action is A.CONSULT:
        asked = [body for body in walk.traits.bodies if walk.rounds[body] == 0 or body in walk.waiting]
        asked = asked or [Body.CTC_CTED]
        walk.rounds.update(asked)
        walk.waiting = list(asked)
        return {"rounds": {body: walk.rounds[body] for body in asked}}
    if step.action is A.MERGE and walk.state is S.IN_REVIEW:
        return {"by": Role.CASE_OFFICER}
    if step.action is A.RETURN_FOR_INFORMATION:
        walk.questions += 1
        return {"round": walk.questions}
    if step.action is A.ANSWER:
        return {"round": walk.questions, "revised": walk.says(0.4)}
    if step.action is A.CLOSE:
        return {"by": Role.CASE_OFFICER}
    return {}


def _stay(walk: Walk, step: Step | None) -> None:
    """Do what is done here before `step`; None when the case stays, and then only a part of it was done."""
    if (done := _IN.get(walk.state)) is not None:
        done(walk, step)
    if step is not None and step.action in OUTCOME_OF:
        by = Role.INTAKE_OFFICER if walk.state is S.SCREENING else Role.CASE_OFFICER
        walk.act(A.PROPOSE_OUTCOME, by, outcome=OUTCOME_OF[step.action])


def _draft(walk: Walk, step: Step | None) -> None:
    if walk.taken[A.RETURN_TO_DRAFT]:
        walk.act(A.EDIT_DRAFT, tasks=("need",))
        return
    some = (
        PORTIONS
        if step is not None and step.action not in {A.DISCARD, A.PURGE}
        else PORTIONS[: walk.chance.randint(1, 4)]
    )
    for tasks in some:
        walk.act(A.EDIT_DRAFT, tasks=tasks)


def _received(walk: Walk, step: Step | None) -> None:
    wanted = walk.traits.urgency is Urgency.URGENT and not walk.urgent and step is not None
    if wanted and step is not None and step.target not in ENDINGS and walk.says(0.6):
        walk.urgent = True
        walk.act(A.CONFIRM_URGENCY)


def _screening(walk: Walk, step: Step | None) -> None:
    if walk.says(0.25):
        walk.act(A.WRITE, Role.INTAKE_OFFICER, tpb=True)
    if step is not None and step.action is A.ACCEPT:
        walk.act(A.ASSIGN, Role.INTAKE_OFFICER, 2.0)


def _review(walk: Walk, step: Step | None) -> None:
    _received(walk, step)
    goes = step is not None
    if walk.says(0.3):
        walk.questions += 1
        number, blocking = walk.questions, walk.says(0.7)
        walk.act(A.ASK_STATE, round=number, blocking=blocking)
        if goes or walk.says(0.5):
            walk.act(A.ANSWER_QUESTION, round=number, revised=walk.says(0.3))
    if (goes and step is not None and step.action is A.CONSULT) or (not goes and walk.says(0.3)):
        walk.act(A.ASSESS)
    if walk.says(0.3):
        walk.act(A.WRITE, Role.CASE_OFFICER, tpb=walk.says(0.4))


def _coordination(walk: Walk, step: Step | None) -> None:
    for place, body in enumerate(list(walk.waiting)):
        if step is None and place == len(walk.waiting) - 1 and walk.says(0.15):
            break  # its notice is still on the way
        walk.mark(Mark.NOTICE_DELIVERED, None if place == 0 else 0.05, body=body, round=walk.rounds[body])
    wanted = step.action if step is not None else None
    if wanted is A.REVISE:
        _answered(walk, Body.CTC_CTED, walk.chance.choice((Position.OBJECTION, Position.COMMENT)))
        walk.waiting = [Body.CTC_CTED]
        return
    if wanted is A.PUT_FOR_DECISION:
        for body in list(walk.waiting):
            _cleared(walk, body)
        walk.waiting = []
    elif walk.says(0.4):
        _cleared(walk, walk.waiting[0])
        walk.waiting = walk.waiting[1:]
    if wanted is A.PUT_FOR_DECISION or (wanted is None and walk.says(0.3)):
        _drafted(walk)


def _cleared(walk: Walk, body: Body) -> None:
    """The body answers so that the request can go on."""
    number = walk.rounds[body]
    if body is Body.OLA and walk.says(0.1):
        walk.act(A.PROCEED_WITHOUT, body=body, round=number)
        return
    if body is Body.CTC_CTED and walk.says(0.12):
        walk.act(A.ASK_MORE_TIME, Role.CTC_LIAISON, body=body, round=number)
    if walk.says(0.08):
        _answered(walk, body, Position.OBJECTION)
        by = Role.CTC_LIAISON if body is Body.CTC_CTED else Role.OLA_LIAISON
        walk.act(A.WITHDRAW_OBJECTION, by, body=body, round=number)
        return
    said = walk.chance.choices((Position.NO_OBJECTION, Position.COMMENT, Position.ALSO_ACTING), (6, 2, 1))[0]
    _answered(walk, body, said)


def _answered(walk: Walk, body: Body, said: Position) -> None:
    about: dict[str, Any] = {"body": body, "round": walk.rounds[body], "position": said}
    if walk.says(0.12):
        walk.act(A.RECORD_POSITION, Role.CASE_OFFICER, **about)
    else:
        walk.act(A.GIVE_POSITION, Role.CTC_LIAISON if body is Body.CTC_CTED else Role.OLA_LIAISON, **about)


def _drafted(walk: Walk) -> None:
    walk.planned += 0 if walk.open_plan else 1
    walk.open_plan = True
    walk.act(A.DRAFT_PLAN, number=walk.planned)


def _planning(walk: Walk, step: Step | None) -> None:
    wanted = step.action if step is not None else None
    if wanted in {A.REASSESS, A.HOLD, A.DISCONTINUE} or (wanted is None and walk.says(0.35)):
        return
    if not walk.open_plan:
        _drafted(walk)
    walk.act(A.PROPOSE_PLAN, number=walk.planned)
    walk.open_plan = False
    if wanted in {A.AGREE_PLAN, None} and walk.says(0.25):
        walk.act(A.REQUEST_PLAN_CHANGES, Role.FOCAL_POINT, number=walk.planned)
        _drafted(walk)
        walk.act(A.PROPOSE_PLAN, number=walk.planned)
        walk.open_plan = False
    if wanted is A.AGREE_PLAN:
        _allocated(walk)


def _on_hold(walk: Walk, step: Step | None) -> None:
    goes_on = step is not None and step.action in {A.RESUME_PLANNING, A.RESUME_REVIEW}
    if goes_on and walk.hold is HoldReason.MONEY:
        _allocated(walk, wait=30.0)


def _allocated(walk: Walk, wait: float | None = None) -> None:
    """Money is allocated; what somebody allocates of a source that they recorded, a second person approves."""
    proposed = walk.says(0.2)
    walk.act(A.ALLOCATE, wait=wait, proposed=proposed)
    if proposed:
        walk.act(A.APPROVE_ALLOCATION, Role.BRANCH_CHIEF)


def _scheduled(walk: Walk, step: Step | None) -> None:
    if step is not None and step.action is A.START_DELIVERY:
        walk.act(A.RECORD_ACTIVITY, what="begun", place=walk.delivered)


def _delivery(walk: Walk, step: Step | None) -> None:
    done = walk.traits.activities
    if step is None or step.action is not A.REPORT_DELIVERED:
        done = walk.chance.randint(0, done - 1) if done > walk.delivered else walk.delivered
    while walk.delivered < done:
        if walk.delivered == walk.traits.activities - 1:
            walk.mark(Mark.ACTIVITY_ENDED, place=walk.delivered)
        walk.act(A.RECORD_ACTIVITY, wait=6.0, what="held", place=walk.delivered)
        walk.act(A.RECORD_ACTIVITY, wait=0.2, what="counted", place=walk.delivered)
        walk.delivered += 1
    if step is not None and step.action is A.REPORT_DELIVERED and not walk.taken[A.REPORT_DELIVERED]:
        for _ in range(walk.chance.randint(1, 2)):
            walk.act(A.RECOMMEND)
    if walk.says(0.3):
        walk.act(A.WRITE, Role.CASE_OFFICER, tpb=False)


def _evaluation(walk: Walk, step: Step | None) -> None:
    if step is not None or walk.says(0.3):
        walk.act(A.EVALUATE, declined=walk.says(0.1))


def _refused(walk: Walk, step: Step | None) -> None:
    if step is not None and step.action is A.RECONSIDER:
        walk.act(A.ASK_RECONSIDERATION)


_IN: Final[dict[State, Callable[[Walk, Step | None], None]]] = {
    S.DRAFT: _draft,
    S.SUBMITTED: _received,
    S.SCREENING: _screening,
    S.IN_REVIEW: _review,
    S.IN_COORDINATION: _coordination,
    S.PLANNING: _planning,
    S.ON_HOLD: _on_hold,
    S.SCHEDULED: _scheduled,
    S.IN_DELIVERY: _delivery,
    S.EVALUATION: _evaluation,
    S.NOT_ELIGIBLE: _refused,
    S.DECLINED: _refused,
}
