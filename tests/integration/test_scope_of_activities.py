"""States may leave an activity until it begins: its officer reads on its page when nobody is left but the host."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.delivery.activities.models import Activity, ActivityState
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.models import Participation
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach
from app.foundation.db.scope import Scope as Reading
from app.workflow.vocabulary import State
from tests.factories.activities import Held, put_activity, put_participation
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.clock import StoppedClock

TOLD = "The scope does not fit any more"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def answered(app: Flask, key: str, said: ParticipationAnswer) -> None:
    """Put the answer of the invited State into the tables, and take it out of the activity where it declined."""
    with app.app_context(), write_transaction(Reading(Reach.ALL)) as session:
        row = session.scalars(select(Participation).where(Participation.key == key)).one()
        row.answer, row.answered_at = said, now()
        if said is ParticipationAnswer.DECLINE:
            session.execute(delete(ActivityState).where(ActivityState.participant_id == row.participant_id))


@pytest.mark.parametrize("state", [State.SCHEDULED, State.IN_DELIVERY])
def test_the_officer_reads_that_the_last_neighbour_left(app: Flask, cast: Cast, state: State) -> None:
    case, away = make_case(app, cast, state, at_home(cast)), cast.away_mission.actor.state_id
    assert away is not None
    later = now() + timedelta(days=60)
    planned = {"status": ActivityStatus.PLANNED, "scope": Scope.SUBREGIONAL, "guests": (away,), "counts": ()}
    activity = put_activity(app, case, Held(starts=later, agreed=later, **planned))
    key = put_participation(app, case, away, activity, asked=True, ahead=60)
    path = f"/cases/{case.key}/activities/{activity}"
    officer = quick_client(app, cast.case_officer)
    answered(app, key, ParticipationAnswer.CONSENT)
    assert TOLD not in get(app, officer, path).get_data(as_text=True)
    answered(app, key, ParticipationAnswer.DECLINE)
    page = get(app, officer, path).get_data(as_text=True)
    assert TOLD in page
    assert (f"/cases/{case.key}/plan/reschedule" in page) == (state is State.SCHEDULED)
    assert TOLD not in get(app, quick_client(app, cast.mission), path).get_data(as_text=True)
    assert [row.scope for row in rows(app, select(Activity.scope))] == [Scope.SUBREGIONAL], "it stays what was agreed"
