"""A random walk through the real steps and acts: after each, what is kept of a case is what its history says."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.perform import Beside, Said, leave_marks, lock_case, perform, record
from app.casework.projection import compare
from app.casework.verify import verify_all
from app.composition import WIRING
from app.foundation.clock import now
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.foundation.errors import Forbidden, Refused
from app.workflow.actor import SYSTEM, Actor
from app.workflow.definition import PROCESS
from app.workflow.facts import (
    AssessmentFacts,
    ClockFacts,
    ConsentFacts,
    ConsultationFacts,
    ConsultationsFacts,
    ContentFacts,
    DeliveryFacts,
    FundingFacts,
    LimitFacts,
    OutcomeFacts,
    PlanFacts,
    QuestionFacts,
    ScreeningFacts,
)
from app.workflow.model import Step
from app.workflow.states import ENDED
from app.workflow.vocabulary import (
    Action,
    Body,
    EligibilityCheck,
    LimitKey,
    Mark,
    OutcomeKind,
    Position,
    Section,
    State,
)
from tests.factories.cases import at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock

#: Steps that write tables of their own, or that the database allows only with what other slices have written.
ELSEWHERE = {
    *WIRING.effects,
    *(Action.WITHDRAW, Action.HOLD, Action.APPROVE, Action.MERGE, Action.UNMERGE, Action.CONSULT, Action.REVISE),
}
CLOCKED = (Action.ASK_STATE, Action.ANSWER_QUESTION, Action.ASSESS, Action.ASSIGN, Action.CONFIRM_URGENCY)
STEPS = 45


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def in_good_order() -> dict[Section, Any]:
    """Facts with which no rule stands in the way; that rules do is tested elsewhere."""
    past = now() - timedelta(days=1)
    asked = ConsultationFacts(
        "a" * 12, Body.CTC_CTED, delivered_at=past, due_at=now() + timedelta(days=9), position=Position.COMMENT
    )
    return {
        Section.CONTENT: ContentFacts(),
        Section.CONSENTS: ConsentFacts(ctc=True),
        Section.QUESTIONS: QuestionFacts(),
        Section.SCREENING: ScreeningFacts(dict.fromkeys(EligibilityCheck, True)),
        Section.ASSESSMENT: AssessmentFacts(()),
        Section.CONSULTATIONS: ConsultationsFacts((asked,)),
        Section.PLAN: PlanFacts(1, proposed_at=past),
        Section.FUNDING: FundingFacts(covers_plan=True),
        Section.DELIVERY: DeliveryFacts(1, recommendations_listed=True),
        Section.OUTCOME: OutcomeFacts(proposed=OutcomeKind.INELIGIBLE, reason_given=True, remedy_given=True),
        Section.CLOCK: ClockFacts(tuple(LimitFacts(key, past, 2, True) for key in LimitKey)),
    }


def tries(case: AssistanceRequest, people: list[Actor], chance: random.Random) -> list[tuple[Actor, Action]]:
    """Everything that somebody might do here, in a random order."""
    lines = [line for line in PROCESS.lines if case.state in line.sources and line.action not in ELSEWHERE]
    wanted = [line.action for line in lines if isinstance(line, Step) or line.action in CLOCKED]
    found = [(actor, action) for actor in people for action in wanted]
    chance.shuffle(found)
    return found


def act(session: Session, case: AssistanceRequest, actor: Actor, action: Action, payload: Mapping[str, Any]) -> bool:
    """Do it if the process lets; tells whether it did."""
    known = in_good_order()
    try:
        if isinstance(PROCESS.by_cell[(case.state, action)], Step):
            perform(session, case, action, actor, None, Said(payload), known=known)
        else:
            record(session, case, action, actor, Said(payload), bump=True, known=known)
    except (Forbidden, Refused):
        return False
    return True


def mark(session: Session, case: AssistanceRequest, chance: random.Random) -> None:
    """Something on which a clock hangs."""
    body = chance.choice(list(Body))
    payload = {"subject": body.value, "body": body.value, "round": chance.randint(1, 2)}
    leave_marks(session, SYSTEM, [Beside(case, Mark.NOTICE_DELIVERED, payload)])


@pytest.mark.parametrize("seed", [1, 2])
def test_after_each_step_the_projections_are_what_history_says(
    app: Flask, cast: Cast, clock: StoppedClock, seed: int
) -> None:
    chance = random.Random(seed)
    people = [one.actor for one in (cast.focal_point, cast.mission, cast.intake_officer, cast.case_officer)]
    people += [cast.branch_chief.actor, cast.manager.actor, cast.ctc_liaison.actor, SYSTEM]
    starts = (State.SUBMITTED, State.IN_REVIEW, State.IN_COORDINATION, State.PLANNING)
    done: list[str] = []
    key = ""
    for number in range(STEPS):
        if not key:
            plan = at_home(cast, assigned=True, judged=True, bodies=(Body.CTC_CTED,))
            key = make_case(app, cast, starts[number % len(starts)], plan).key
        clock.move(hours=chance.randint(1, 200))
        with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
            case = lock_case(session, SYSTEM, key)
            payload = {"subject": f"q{chance.randint(1, 2)}", "blocking": chance.random() < 0.7}
            if chance.random() < 0.3:
                mark(session, case, chance)
                done.append("mark")
            else:
                options = tries(case, people, chance)
                acted = (action for actor, action in options if act(session, case, actor, action, payload))
                done.append(str(next(acted, "nothing")))
            assert compare(session, case) == [], done
            key = "" if case.state in ENDED or done[-1] == "nothing" else key
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        assert verify_all(session).sound
    assert len(set(done) - {"mark", "nothing"}) >= 5, done
