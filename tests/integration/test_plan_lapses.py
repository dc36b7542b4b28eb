"""A proposed plan that the State leaves unanswered lapses, once its time is over and two reminders were delivered."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import CaseReminder
from app.delivery.participation.models import Participation
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.sources.models import ContributionLine
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import Action, LimitKey, State
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.invitations import agree, keys_of, workshop
from tests.factories.money import fund, put_source
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def reminded(app: Flask, case: Made) -> None:
    """Put two reminders that were delivered now into the tables."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for number in (1, 2):
            reminder = CaseReminder(case_id=case.id, state_id=case.state_id, limit_key=LimitKey.ANSWER)
            reminder.starts_at = reminder.sent_at = reminder.delivered_at = now()
            reminder.number, reminder.code = number, "case.answer_reminder"
            session.add(reminder)


def test_a_plan_lapses_after_its_time_and_two_reminders(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast, judged=True))
    put_plan(app, case, cast.case_officer, [workshop(AWAY)])
    officer = signed_in(app, cast.case_officer)
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    agree(app, cast, case, *keys_of(app, case))
    fund(app, case, minor=100_000, source=put_source(app, received=10**6))

    def refused(why: str) -> None:
        page = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/plan/lapse")
        assert "This cannot be done now" in page.get_data(as_text=True), why
        version = str(standing(app, case.key).version)
        answer = post(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/plan/lapse", version=version)
        assert answer.status_code == 422, why
        assert standing(app, case.key).state is State.PLANNING, why

    refused("nobody was reminded, and the time runs")
    reminded(app, case)
    refused("the time runs")
    clock.move(days=90)
    assert do(signed_in(app, cast.case_officer), Action.LAPSE_PLAN, case.key).status_code == 303
    assert standing(app, case.key).state is State.LAPSED
    assert rows(app, select(Participation.id).where(Participation.closed_at.is_(None))) == []
    released = rows(app, select(ContributionLine.minor).where(ContributionLine.kind == LineKind.RELEASE))
    assert [row.minor for row in released] == [113_000]
    again = get(app, quick_client(app, cast.mission), f"/cases/{case.key}/plan/agree")
    assert again.status_code in (403, 404, 302)


def test_a_plan_does_not_lapse_unreminded(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast))
    put_plan(app, case, cast.case_officer)
    assert do(signed_in(app, cast.case_officer), Action.PROPOSE_PLAN, case.key).status_code == 303
    clock.move(days=90)
    version = str(standing(app, case.key).version)
    answer = post(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/plan/lapse", version=version)
    assert answer.status_code == 422
    assert standing(app, case.key).state is State.PLANNING
