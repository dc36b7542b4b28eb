"""What is kept of a history is computed again by command where it differs."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from app.casework.checking import differing
from app.casework.models import AssistanceRequest, CaseStay
from app.casework.rebuilding import rebuild_projections
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Party, State
from tests.factories.cases import at_home, make_cases
from tests.factories.people import cast_of
from tests.support.clock import StoppedClock


def test_what_differs_is_found_and_rebuilt(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    wrong, _right = make_cases(app, cast, [(State.CLOSED, at_home(cast)), (State.PLANNING, at_home(cast))])
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        lost = {"stage": 0, "decided_at": None, "taken_up_on": None, "counted_on": None, "was_returned": True}
        session.execute(update(AssistanceRequest).where(AssistanceRequest.id == wrong.id).values(**lost))
        first = (CaseStay.case_id == wrong.id, CaseStay.seq == 1)
        session.execute(update(CaseStay).where(*first).values(party=Party.OTHER_STATE))
    with app.app_context():
        (fault,) = differing(SYSTEM)
        assert {*lost, "stays"} <= set(fault.names)
        assert rebuild_projections(SYSTEM) == 1
    with app.app_context():
        assert differing(SYSTEM) == []
