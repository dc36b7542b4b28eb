"""No approval without a closed consultation of CTC/CTED, whoever writes; what was asked and what was said stays."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.projection import compare
from app.coordination.facts import consultations_facts
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.actor import SYSTEM
from app.workflow.facts import ConsultationsFacts
from app.workflow.guards import coordination as guards
from app.workflow.vocabulary import Body, Position, State
from tests.factories import consultations as c
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock

TO_PLANNING = "UPDATE cases SET state = 'planning' WHERE id = :id"
BODIES = (Body.CTC_CTED, Body.OLA)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def run(app: Flask, sql: str, case: Made) -> None:
    """Write past the product."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(text(sql), {"id": case.id})


def facts(app: Flask, case: Made) -> ConsultationsFacts:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        assert compare(session, row) == []
        return consultations_facts(session, case.id, core_of(session, row, SYSTEM))


def test_plain_sql_cannot_approve_without_a_closed_consultation(app: Flask, cast: Cast) -> None:
    """Each condition by itself: nobody asked again and answered, an objection, a body that never answered."""
    ok = "UPDATE consultations SET {} WHERE case_id = :id AND body = 'ctc_cted'"
    case = make_case(app, cast, State.DECISION)

    def refused() -> None:
        with pytest.raises(DatabaseError, match="no approval without a closed consultation"):
            run(app, TO_PLANNING, case)

    c.consult(app, case)
    refused()
    run(app, ok.format("closed_at = asked_at, closed_how = 'overtaken'") + " AND round = 2", case)
    refused()
    run(app, ok.format("closed_how = 'inbox', position = 'objection'") + " AND round = 2", case)
    refused()
    with pytest.raises(DatabaseError, match="proceeded_without"):
        run(app, ok.format("closed_how = 'proceeded', position = 'no_answer'") + " AND round = 2", case)
    run(app, ok.format("objection_withdrawn_at = asked_at") + " AND round = 2", case)
    run(app, TO_PLANNING, case)
    with pytest.raises(DatabaseError, match="no approval without"):
        run(app, TO_PLANNING, _without_ctc(app, cast))


def _without_ctc(app: Flask, cast: Cast) -> Made:
    """A case that was brought before the chief with a consultation of the Office of Legal Affairs alone."""
    other = make_case(app, cast, State.IN_REVIEW)
    run(app, "UPDATE cases SET state = 'decision' WHERE id = :id", other)
    c.consult(app, other, Body.OLA)
    c.answer(app, cast, other, {Body.OLA: Position.NO_OBJECTION})
    return other


def test_what_was_asked_and_what_was_said_stays(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, positions={Body.CTC_CTED: Position.OBJECTION}))
    for table, change in (
        ("consultations", "UPDATE consultations SET brief = '{}'"),
        ("consultations", "DELETE FROM consultations"),
        ("consultation_positions", "UPDATE consultation_positions SET text = ''"),
        ("consultation_positions", "DELETE FROM consultation_positions"),
    ):
        with pytest.raises(DatabaseError, match=f"{table} (keeps what was written|is append-only)"):
            run(app, change + " WHERE case_id = :id", case)


def test_facts_are_the_latest_round_with_the_due_dates_of_the_history(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BODIES))
    c.answer(app, cast, case, {Body.CTC_CTED: Position.OBJECTION})
    c.consult(app, case, Body.CTC_CTED, Body.PARTNER)
    known = facts(app, case)
    assert [(one.body, one.round, one.open) for one in known.latest] == [
        (Body.OLA, 1, True),
        (Body.CTC_CTED, 2, True),
        (Body.PARTNER, 1, True),
    ]
    ola, ctc, partner = known.latest
    # five working days of a second round, ten of the Office of Legal Affairs, which may be left behind after twenty
    assert None is not ctc.due_at < ola.due_at < ola.last_due_at < partner.last_due_at == partner.due_at
    assert not ola.escalated_at
    clock.move(days=35)
    assert not guards.may_proceed_without(facts(app, case).latest[0], now=now())
    c.escalate(app, case)
    late = facts(app, case).latest[0]
    assert guards.may_proceed_without(late, now=now())
    assert late.escalated_at == now()
