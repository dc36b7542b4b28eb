"""What guards and database say of a plan: which version counts, what it lacks, and that a proposed one stays."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from app.casework.facts import core_of, load_facts
from app.casework.models import AssistanceRequest
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.facts import PlanFacts
from app.workflow.vocabulary import AssistanceType, Section, State
from tests.factories.cases import Made, make_case
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import rows
from tests.support.statements import recorded_statements


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def facts_of(app: Flask, cast: Cast, case: Made) -> PlanFacts:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        core = core_of(session, session.get_one(AssistanceRequest, case.id), cast.case_officer.actor)
        with recorded_statements() as statements:
            found = load_facts(session, core, {Section.PLAN}).plan
        statements.at_most(1)
        assert found is not None
        return found


def test_the_newest_version_counts(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    assert facts_of(app, cast, case) == PlanFacts()
    regional = {"type": AssistanceType.REGIONAL_WORKSHOP, "results": ""}
    put_plan(app, case, cast.case_officer, [PlannedActivity(), PlannedActivity(regional, [AWAY, "UGA"])], proposed=True)
    first = facts_of(app, cast, case)
    assert (first.version, first.with_state, len(first.participations_missing)) == (1, True, 2)
    assert [path.rpartition(".")[2] for path in first.missing] == ["results"]
    assert first.participations_asked == first.undisclosed == ()
    put_plan(app, case, cast.case_officer, [], costs=())
    second = facts_of(app, cast, case)
    assert (second.version, second.with_state, second.participations_missing) == (2, False, ())
    assert second.missing == ("costs", "activities")


CHANGES = (
    update(ResponsePlan).values(summary="Another."),
    update(ResponsePlan).values(proposed_at=None),
    delete(ResponsePlan),
    update(PlanCost).values(minor=1),
    delete(PlanCost),
    update(PlanActivity).values(title="Another."),
    delete(PlanActivity),
    update(PlanParticipation).values(key="000000000000"),
    delete(PlanParticipation),
)


def test_a_proposed_version_stays_as_it_was_and_is_answered(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    put_plan(app, case, cast.case_officer, [PlannedActivity(participants=[AWAY])], proposed=True)
    wrote(app, update(ResponsePlan).values(answered_at=now()))
    ((plan_id,),) = rows(app, select(ResponsePlan.id))
    line = insert(PlanCost).values(
        plan_id=plan_id, case_id=case.id, state_id=case.state_id, place=9, what="Venue", minor=1
    )
    for change in (*CHANGES, line):
        with pytest.raises(DBAPIError, match=r"stays as it was|permission denied"):
            wrote(app, change)


def test_a_draft_is_changed_and_there_is_one(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    put_plan(app, case, cast.case_officer, [PlannedActivity(participants=[AWAY])])
    for change in CHANGES[3:]:
        wrote(app, change)
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        put_plan(app, case, cast.case_officer)


def wrote(app: Flask, statement: Any) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(statement)
