"""Ties, stand-ins, offers and the check before acting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.workflow import policy
from app.workflow.actor import SYSTEM, Actor, OnBehalf
from app.workflow.facts import (
    CaseCore,
    CaseFacts,
    ConsentFacts,
    ConsultationFacts,
    ConsultationsFacts,
    ContentFacts,
    OutcomeFacts,
    QuestionFacts,
    ScreeningFacts,
    SectionMissingError,
)
from app.workflow.model import NotPermitted, RefusedByGuard
from app.workflow.refusals import RefusalCode
from app.workflow.vocabulary import (
    Action,
    ActorKind,
    Ask,
    AssistanceType,
    Body,
    HoldReason,
    Position,
    Role,
    Section,
    State,
    Tie,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CORE = CaseCore(1, "key", State.DRAFT, 1, state_id=7, state_since=NOW, drafted_by_id=20, officer_id=30)


def person(user_id: int, *roles: Role, **more: object) -> Actor:
    return replace(Actor(user_id, ActorKind.USER, "A person", frozenset(roles)), **more)


FOCAL_POINT = person(20, Role.FOCAL_POINT, state_id=7)
MISSION = person(21, Role.MISSION, state_id=7)
OFFICER = person(30, Role.CASE_OFFICER)
CHIEF = person(40, Role.BRANCH_CHIEF)


def in_state(state: State, **more: object) -> CaseCore:
    return replace(CORE, state=state, **more)


def test_ties_of_the_own_state() -> None:
    assert policy.ties_of(FOCAL_POINT, CORE) == {Tie.OWN, Tie.ANY}


def test_a_foreign_state_has_no_tie_until_it_participates() -> None:
    other = person(22, Role.MISSION, state_id=8)
    assert policy.ties_of(other, CORE) == {Tie.ANY}
    assert policy.ties_of(other, replace(CORE, participating_state_ids=frozenset({8}))) == {Tie.PARTICIPATING, Tie.ANY}


def test_a_person_without_state_owns_nothing() -> None:
    nobody = person(23, Role.FOCAL_POINT)
    assert policy.ties_of(nobody, CORE) == {Tie.ANY}
    assert not policy.may(nobody, Action.DRAFT_REQUEST)
    assert not policy.sees(nobody, CORE)


def test_assigned_follows_the_person_not_the_role() -> None:
    core = in_state(State.IN_REVIEW)
    assert policy.may(OFFICER, Action.ASSESS, core)
    assert not policy.may(person(31, Role.CASE_OFFICER), Action.ASSESS, core)
    assert not policy.may(person(30, Role.MANAGER), Action.ASSESS, core)


def test_a_stand_in_has_the_absent_persons_tie_instead_of_the_own() -> None:
    core = in_state(State.IN_REVIEW)
    stand_in = person(31, Role.CASE_OFFICER, on_behalf_of=OnBehalf(30, "Absent"))
    assert policy.may(stand_in, Action.ASSESS, core)
    assert not policy.may(replace(OFFICER, on_behalf_of=OnBehalf(31, "Absent")), Action.ASSESS, core)


@pytest.mark.parametrize("not_independent", [{40}, {41}, {40, 41}])
def test_a_stand_in_decides_only_where_both_are_independent(not_independent: set[int]) -> None:
    stand_in = replace(CHIEF, on_behalf_of=OnBehalf(41, "Absent"))
    free = in_state(State.DECISION, not_independent_ids=frozenset({30}))
    assert policy.may(stand_in, Action.DECLINE, free)
    assert not policy.may(stand_in, Action.DECLINE, replace(free, not_independent_ids=frozenset(not_independent)))


@pytest.mark.parametrize(
    ("action", "state"), [(Action.CONFIRM_REQUEST, State.AWAITING_MISSION), (Action.SUBMIT, State.DRAFT)]
)
def test_who_stands_in_for_the_mission_confirms_nothing_of_their_own(action: Action, state: State) -> None:
    """A focal point acts with the mission's role in its absence; two persons stand behind each request all the same."""
    stand_in = replace(MISSION, user_id=FOCAL_POINT.user_id, on_behalf_of=OnBehalf(MISSION.user_id or 0, "Absent"))
    others = in_state(state, drafted_by_id=99, not_independent_ids=frozenset({99}))
    assert policy.may(stand_in, action, others)
    assert not policy.may(stand_in, action, replace(others, drafted_by_id=FOCAL_POINT.user_id))
    assert not policy.may(stand_in, action, replace(others, not_independent_ids=frozenset({FOCAL_POINT.user_id or 0})))
    assert policy.may(MISSION, action, replace(others, drafted_by_id=MISSION.user_id)), "only a stand-in is asked"


def test_nobody_is_independent_when_nobody_looked() -> None:
    assert not policy.may(CHIEF, Action.DECLINE, in_state(State.DECISION, not_independent_ids=None))


def test_a_liaison_speaks_only_for_the_own_body() -> None:
    core = in_state(State.IN_COORDINATION, consulted_bodies=frozenset({Body.OLA}))
    assert policy.may(person(50, Role.OLA_LIAISON, body=Body.OLA), Action.GIVE_POSITION, core)
    assert not policy.may(person(51, Role.CTC_LIAISON, body=Body.CTC_CTED), Action.GIVE_POSITION, core)
    assert not policy.may(person(52, Role.CTC_LIAISON, body=Body.OLA), Action.GIVE_POSITION, core)


def test_a_liaison_is_judged_by_what_the_own_body_was_asked() -> None:
    liaison = person(50, Role.CTC_LIAISON, body=Body.CTC_CTED)
    core = in_state(State.IN_COORDINATION, consulted_bodies=frozenset({Body.CTC_CTED, Body.OLA}))
    answered = ConsultationFacts("c", Body.CTC_CTED, more_time_used=True, position=Position.COMMENT, closed_at=NOW)
    asked = CaseFacts(core, NOW, consultations=ConsultationsFacts((answered, ConsultationFacts("o", Body.OLA))))
    refusals = {offer.action: [one.code for one in offer.refusals] for offer in policy.actions_open_to(liaison, asked)}
    closed = [RefusalCode.NO_CONSULTATION_OPEN]
    assert (refusals[Action.GIVE_POSITION], refusals[Action.ASK_MORE_TIME]) == (closed, closed)
    with pytest.raises(RefusedByGuard):
        policy.check(liaison, Action.GIVE_POSITION, asked)


def test_submitting_alone_needs_the_missions_leave() -> None:
    assert not policy.may(FOCAL_POINT, Action.SUBMIT, CORE)
    assert policy.may(replace(FOCAL_POINT, may_submit=True), Action.SUBMIT, CORE)
    assert policy.may(MISSION, Action.SUBMIT, CORE)


def test_a_focal_point_withdraws_only_what_they_drafted() -> None:
    core = in_state(State.IN_REVIEW)
    assert policy.may(FOCAL_POINT, Action.WITHDRAW, core)
    assert not policy.may(replace(FOCAL_POINT, user_id=24), Action.WITHDRAW, core)
    assert not policy.may(FOCAL_POINT, Action.WITHDRAW, replace(core, drafted_by_id=None))


def test_reasons_to_hold_are_parted_between_money_and_the_rest() -> None:
    core = in_state(State.PLANNING)
    assert policy.hold_reasons(person(60, Role.PROGRAMME_SUPPORT), core) == {HoldReason.MONEY}
    assert policy.hold_reasons(CHIEF, core) == set(HoldReason) - {HoldReason.MONEY}
    assert policy.hold_reasons(OFFICER, core) == set()
    assert policy.hold_reasons(CHIEF, in_state(State.SCREENING)) == set()


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        ({Role.CASE_OFFICER, Role.INTAKE_OFFICER}, True),
        ({Role.FOCAL_POINT}, True),
        ({Role.AUDITOR}, True),
        (set(), True),
        ({Role.AUDITOR, Role.MANAGER}, False),
        ({Role.ADMINISTRATOR, Role.CASE_OFFICER}, False),
        ({Role.FOCAL_POINT, Role.CASE_OFFICER}, False),
        ({Role.CTC_LIAISON, Role.OLA_LIAISON}, False),
        ({Role.CTC_LIAISON, Role.MANAGER}, False),
        ({Role.SYSTEM}, False),
    ],
)
def test_roles_that_one_person_may_hold(roles: set[Role], allowed: bool) -> None:
    assert policy.may_hold(frozenset(roles)) is allowed


def test_sections_needed_are_those_of_the_open_lines_only() -> None:
    assert policy.sections_needed(FOCAL_POINT, CORE) == {Section.CONTENT, Section.CONSENTS}
    assert policy.sections_needed(OFFICER, CORE) == set()
    assert policy.sections_needed(CHIEF, in_state(State.DECISION, not_independent_ids=frozenset())) == {
        Section.CONSULTATIONS,
    }
    assert policy.sections_for(Action.ANSWER, State.RETURNED) == {Section.QUESTIONS}
    assert policy.sections_for(Action.ANSWER, State.DRAFT) == set()


def test_offers_carry_every_refusal_and_what_to_bring() -> None:
    facts = CaseFacts(CORE, NOW, content=ContentFacts(missing_for_submission=("need.title",)), consents=ConsentFacts())
    offers = {offer.action: offer for offer in policy.actions_open_to(FOCAL_POINT, facts)}
    assert set(offers) == {
        Action.SEND_TO_MISSION,
        Action.DISCARD,
        Action.EDIT_DRAFT,
        Action.GIVE_CONSENT,
        Action.WITHDRAW_CONSENT,
    }
    sending = offers[Action.SEND_TO_MISSION]
    assert [refusal.code for refusal in sending.refusals] == [
        RefusalCode.CONTENT_INCOMPLETE,
        RefusalCode.CTC_CONSENT_MISSING,
    ]
    assert sending.refusals[0].params == {"paths": ("need.title",)}
    assert not sending.ready
    assert sending.asks == {Ask.ANSWERS_CHECKED}
    assert offers[Action.DISCARD].ready


def test_a_rule_that_the_form_fulfils_is_asked_only_when_acting() -> None:
    facts = CaseFacts(in_state(State.RETURNED), NOW, questions=QuestionFacts(unanswered=("q1",)))
    answer = next(offer for offer in policy.actions_open_to(MISSION, facts) if offer.action is Action.ANSWER)
    assert answer.ready
    with pytest.raises(RefusedByGuard) as refused:
        policy.check(MISSION, Action.ANSWER, facts)
    assert [refusal.code for refusal in refused.value.refusals] == [RefusalCode.QUESTIONS_OPEN]
    policy.check(MISSION, Action.ANSWER, replace(facts, questions=QuestionFacts()))


def test_check_refuses_what_no_cell_allows_before_any_guard() -> None:
    with pytest.raises(NotPermitted):
        policy.check(OFFICER, Action.SEND_TO_MISSION, CaseFacts(CORE, NOW))
    with pytest.raises(NotPermitted):
        policy.check(FOCAL_POINT, Action.TAKE_UP, CaseFacts(CORE, NOW))


def test_a_guard_without_its_section_stops() -> None:
    with pytest.raises(SectionMissingError):
        policy.check(FOCAL_POINT, Action.SEND_TO_MISSION, CaseFacts(CORE, NOW, content=ContentFacts()))


def test_no_button_outside_the_state() -> None:
    facts = CaseFacts(in_state(State.WITHDRAWN, not_independent_ids=frozenset()), NOW, outcome=OutcomeFacts())
    offered = {offer.action for offer in policy.actions_open_to(CHIEF, facts)}
    assert offered == {Action.WRITE, Action.ATTACH}


def test_who_sees_a_case() -> None:
    ctc = person(50, Role.CTC_LIAISON, body=Body.CTC_CTED)
    sent = in_state(State.SCREENING)
    consulted = replace(sent, consulted_bodies=frozenset({Body.CTC_CTED}))
    assert policy.sees(FOCAL_POINT, CORE)
    assert policy.sees(OFFICER, sent)
    assert policy.sees(person(70, Role.AUDITOR), sent)
    assert policy.sees(SYSTEM, CORE)
    assert policy.sees(ctc, consulted)
    assert not policy.sees(ctc, sent)
    assert not policy.sees(person(71, Role.ADMINISTRATOR), consulted)
    assert not policy.sees(person(22, Role.MISSION, state_id=8), replace(sent, participating_state_ids=frozenset({8})))


@pytest.mark.parametrize("state", [State.DRAFT, State.AWAITING_MISSION, State.DISCARDED])
def test_what_was_not_submitted_is_the_states_own(state: State) -> None:
    core = in_state(state, consulted_bodies=frozenset(Body))
    others = (OFFICER, CHIEF, person(70, Role.AUDITOR), person(50, Role.CTC_LIAISON, body=Body.CTC_CTED))
    assert not any(policy.sees(other, core) for other in others)
    assert policy.sees(MISSION, core)


def test_actor_says_who_they_are() -> None:
    assert FOCAL_POINT.is_state_side
    assert not FOCAL_POINT.is_tpb
    assert OFFICER.is_tpb
    assert OFFICER.has(Role.CASE_OFFICER, Role.MANAGER)
    assert not OFFICER.has(Role.MANAGER)
    assert SYSTEM.is_system
    assert SYSTEM.person_ids == frozenset()
    assert replace(CHIEF, on_behalf_of=OnBehalf(41, "Absent")).person_ids == {40, 41}


def test_what_does_not_concern_a_case_is_told_from_what_is_not_ready() -> None:
    routine = CaseFacts(in_state(State.IN_REVIEW, not_independent_ids=frozenset()), NOW)
    asked = replace(routine, core=replace(routine.core, asks_urgency=True))
    done = replace(asked, core=replace(asked.core, urgent=True))
    found = [policy.actions_open_to(CHIEF, facts, {Action.CONFIRM_URGENCY})[0] for facts in (routine, asked, done)]
    assert [(one.concerns, one.ready) for one in found] == [(False, False), (True, True), (False, False)]
    intake = person(60, Role.INTAKE_OFFICER)
    screening = CaseFacts(
        in_state(State.SCREENING),
        NOW,
        content=ContentFacts(types=frozenset({AssistanceType.TOOLS})),
        screening=ScreeningFacts(),
        consents=ConsentFacts(),
    )
    law = replace(screening, content=ContentFacts(types=frozenset({AssistanceType.MENTORING})))
    found = [policy.actions_open_to(intake, facts, {Action.SUPPLY})[0] for facts in (screening, law)]
    assert [(one.concerns, one.ready) for one in found] == [(True, False), (False, False)]
