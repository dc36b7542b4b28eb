"""What is left of the money when a request is closed: shown before, given back once, in the name of who closes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.funding import releasing
from app.funding.models import Allocation
from app.funding.sources.ledger import lock_source
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import Action, State
from tests.factories.acting import do
from tests.factories.activities import put_evaluation
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.money import fund, put_source
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    case = make_case(app, cast, State.EVALUATION, at_home(cast, judged=True))
    put_evaluation(app, case, 4, 4, 4, 4, 4)
    fund(app, case, minor=100_000, source=put_source(app, received=10**6, title="Fund for courses"))
    return case


def releases(app: Flask) -> list[ContributionLine]:
    return [row[0] for row in rows(app, select(ContributionLine).where(ContributionLine.kind == LineKind.RELEASE))]


def test_who_closes_reads_what_goes_back_and_is_named_for_it(app: Flask, cast: Cast, case: Made) -> None:
    page = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/close").get_data(as_text=True)
    assert "Money that goes back to its source" in page
    assert "1,130.00" in page
    assert "Fund for courses" in page
    assert do(signed_in(app, cast.case_officer), Action.CLOSE, case.key).status_code == 303
    (line,) = releases(app)
    assert (line.minor, line.by_id) == (113_000, cast.case_officer.id)
    page = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/money").get_data(as_text=True)
    assert "Given back" in page


def test_what_is_spent_at_the_same_moment_is_not_given_back(
    app: Flask, cast: Cast, case: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else holds the lock of the source and records a bill before the closure gets it."""

    def lock_after_a_bill(session: Session, key: str) -> Contribution:
        source = lock_source(session, key)
        allocation = session.scalars(select(Allocation)).one()
        bill = {"kind": LineKind.SPENDING, "minor": 100_000, "on_date": now().date(), "allocation_id": allocation.id}
        session.add(ContributionLine(contribution_id=source.id, **bill))
        session.flush()
        return source

    monkeypatch.setattr(releasing, "lock_source", lock_after_a_bill)
    assert do(signed_in(app, cast.case_officer), Action.CLOSE, case.key).status_code == 303
    assert [line.minor for line in releases(app)] == [13_000]
