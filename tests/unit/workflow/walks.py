"""Random walks of all actors through the process: who acts, what the case is like, what history says afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from app.workflow import policy
from app.workflow.actor import SYSTEM, Actor
from app.workflow.calendar import Event
from app.workflow.definition import PROCESS
from app.workflow.facts import (
    AssessmentFacts,
    CaseCore,
    CaseFacts,
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
from app.workflow.model import NotPermitted, RefusedByGuard, Step
from app.workflow.vocabulary import (
    Action,
    ActorKind,
    AssistanceType,
    Body,
    EligibilityCheck,
    EvaluationAnswer,
    HoldReason,
    LimitKey,
    OutcomeKind,
    Position,
    Role,
    State,
    Window,
)

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
LONG = timedelta(days=4000)


def person(user_id: int, *roles: Role, state_id: int | None = None, body: Body | None = None) -> Actor:
    return Actor(user_id, ActorKind.USER, "A person", frozenset(roles), state_id=state_id, body=body)


ACTORS = (
    person(20, Role.FOCAL_POINT, state_id=7),
    person(21, Role.MISSION, state_id=7),
    person(22, Role.MISSION, state_id=8),
    person(30, Role.CASE_OFFICER),
    person(31, Role.INTAKE_OFFICER),
    person(40, Role.BRANCH_CHIEF),
    person(41, Role.BRANCH_CHIEF),
    person(50, Role.PROGRAMME_SUPPORT),
    person(51, Role.MANAGER),
    person(52, Role.AUDITOR),
    person(53, Role.ADMINISTRATOR),
    person(60, Role.CTC_LIAISON, body=Body.CTC_CTED),
    person(61, Role.OLA_LIAISON, body=Body.OLA),
    SYSTEM,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that somebody did, and where the case stood before."""

    actor: Actor
    action: Action
    before: State


@st.composite
def whole_facts(draw: st.DrawFn, core: CaseCore, now: datetime) -> CaseFacts:
    """What the rules know of a case: each section either in good order, or with something missing."""
    good = draw(st.lists(st.sampled_from((True, True, True, False)), min_size=11, max_size=11))
    reviewed = ConsultationFacts(
        key="aaaaaaaaaaaa",
        body=Body.CTC_CTED,
        delivered_at=now - timedelta(days=30),
        due_at=now - timedelta(days=1),
        silence_agreed=draw(st.booleans()),
        position=draw(st.sampled_from((None, *Position))),
        closed_at=draw(st.sampled_from((None, now))),
    )
    evaluated = EvaluationAnswer.GIVEN if good[8] else None
    limits = tuple(LimitFacts(key, now - timedelta(days=1), 2, True) for key in LimitKey)
    return CaseFacts(
        core,
        now,
        content=ContentFacts(frozenset({AssistanceType.TOOLS}), () if good[0] else ("need.title",)),
        consents=ConsentFacts(ctc=good[1]),
        questions=QuestionFacts(() if good[2] else ("q",), 0),
        screening=ScreeningFacts(dict.fromkeys(EligibilityCheck, good[3]), good[3], frozenset({AssistanceType.TOOLS})),
        assessment=AssessmentFacts(()) if good[4] else AssessmentFacts(),
        consultations=ConsultationsFacts((reviewed,)),
        plan=PlanFacts(1, (), proposed_at=now) if good[5] else PlanFacts(),
        funding=FundingFacts(covers_plan=good[6], shortfall_minor=100, currency="USD"),
        delivery=DeliveryFacts(1, recommendations_listed=good[7], evaluation=evaluated),
        outcome=OutcomeFacts(
            proposed=draw(st.sampled_from((None, *OutcomeKind))),
            reason_given=True,
            remedy_given=True,
            provider_named=True,
            state_agreed=True,
            account_recorded=good[9],
            reconsideration_asked_at=now,
            officer_at_decision_id=32,
        ),
        clock=ClockFacts(limits, dict.fromkeys(Window, now + LONG)) if good[10] else ClockFacts(),
    )


@st.composite
def walks(draw: st.DrawFn) -> tuple[tuple[Event, ...], tuple[Taken, ...], CaseCore]:
    """Everybody tries things for a while; what was allowed happened. Returns history, acts and the case."""
    now = BEGINNING + draw(st.timedeltas(timedelta(), timedelta(days=365)))
    core = CaseCore(
        1,
        "key",
        State.DRAFT,
        1,
        state_id=7,
        state_since=now,
        drafted_by_id=20,
        officer_id=30,
        not_independent_ids=frozenset({40}),
        consulted_bodies=frozenset({Body.CTC_CTED, Body.OLA}),
        participating_state_ids=frozenset({8}),
    )
    events = [Event(now, Action.DRAFT_REQUEST, State.DRAFT)]
    taken: list[Taken] = []
    for _ in range(draw(st.integers(1, 30))):
        now += draw(st.timedeltas(timedelta(minutes=1), timedelta(days=20)))
        facts = draw(whole_facts(core, now))
        tries = [(actor, line.action) for actor in ACTORS for line in PROCESS.lines if core.state in line.sources]
        actor, action = draw(st.sampled_from([one for one in tries if policy.may(*one, core)] or tries))
        try:
            policy.check(actor, action, facts)
        except (NotPermitted, RefusedByGuard):
            continue
        line = PROCESS.by_cell[(core.state, action)]
        before = core.state
        reason = draw(st.sampled_from(HoldReason)) if action is Action.HOLD else None
        target = line.target if isinstance(line, Step) else None
        taken.append(Taken(actor, action, before))
        subject = f"{action.value}{len(events)}"
        events.append(Event(now, action, target, subject=subject, blocking=draw(st.booleans()), hold_reason=reason))
        if target is not None:
            core = replace(core, state=target, state_since=now, hold_reason=reason, version=core.version + 1)
            core = replace(core, approved_at=now if action is Action.APPROVE else core.approved_at)
    return tuple(events), tuple(taken), core
