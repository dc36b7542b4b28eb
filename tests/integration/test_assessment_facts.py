"""What `consult` asks of an assessment, and what the database keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app.assessment.facts import assessment_facts
from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.vocabulary import Finding, Part
from app.casework.facts import core_of, load_facts, not_independent
from app.casework.models import AssistanceRequest
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow import policy
from app.workflow.facts import AssessmentFacts
from app.workflow.policy import RefusedByGuard
from app.workflow.vocabulary import Action, AssessmentPart, AssistanceType, State
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def facts_of(app: Flask, cast: Cast, made: Made) -> AssessmentFacts:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        case = session.get_one(AssistanceRequest, made.id)
        return assessment_facts(session, case.id, core_of(session, case, cast.case_officer.actor))


def refused(app: Flask, cast: Cast, made: Made) -> list[tuple[str, Mapping[str, Any]]]:
    """Why `consult` is refused, as the guards say it."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        case = session.get_one(AssistanceRequest, made.id)
        actor = cast.case_officer.actor
        core = core_of(session, case, actor)
        try:
            policy.check(
                actor, Action.CONSULT, load_facts(session, core, policy.sections_for(Action.CONSULT, core.state))
            )
        except RefusedByGuard as refusal:
            return [(one.code.value, one.params) for one in refusal.refusals]
        return []


def test_consult_names_what_is_missing_and_waits_for_the_signature(app: Flask, cast: Cast) -> None:
    nothing, half, unsigned, signed = (make_case(app, cast, State.IN_REVIEW) for _ in range(4))
    assessed(app, half, signed=False, without=(Part.RIGHTS_REVIEW, Part.COST_ESTIMATE, Part.RISKS))
    assessed(app, unsigned, signed=False, without=(Part.RISKS,))
    assessed(app, signed)
    assert facts_of(app, cast, nothing) == AssessmentFacts(tuple(AssessmentPart))
    assert refused(app, cast, half) == [("assessment_incomplete", {"parts": ("rights_review", "cost_estimate")})]
    assert refused(app, cast, unsigned) == [("assessment_not_signed", {})]
    assert refused(app, cast, signed) == []
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for case in (signed, unsigned):
            assert not_independent(session, case.id) == {cast.case_officer.id}, "who has the case does not decide on it"
            session.get_one(AssistanceRequest, case.id).officer_id = cast.intake_officer.id
        assert not_independent(session, signed.id) == {cast.case_officer.id, cast.intake_officer.id}
        assert not_independent(session, unsigned.id) == {cast.intake_officer.id}


def test_a_request_for_tools_gives_one_confirmation(app: Flask, cast: Cast) -> None:
    tools = make_case(app, cast, State.IN_REVIEW, replace(at_home(cast), types=(AssistanceType.TOOLS,)))
    assessed(app, tools)
    assert [row[0].question.value for row in rows(app, _reviews(tools))] == ["confirmed"]


def _reviews(made: Made) -> Any:
    return select(RightsReview).where(RightsReview.case_id == made.id)


CHANGES = [
    update(Assessment).values(score=99),
    update(Assessment).values(signed_by_id=None, signed_at=None),
    update(SavedPart).values(data={}),
    delete(SavedPart),
    update(RightsReview).values(finding=Finding.CONCERN),
    delete(RightsReview),
    update(ScoreRow).values(points=1),
    delete(ScoreRow),
]


def test_the_database_keeps_what_was_signed(app: Flask, cast: Cast) -> None:
    made = make_case(app, cast, State.IN_REVIEW)
    assessed(app, made)
    for change in CHANGES:
        with (
            pytest.raises(DBAPIError, match=r"keeps what was|append-only"),
            app.app_context(),
            write_transaction(Scope(Reach.ALL)) as session,
        ):
            session.execute(change.execution_options(synchronize_session=False))
