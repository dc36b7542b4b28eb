"""Whatever is recorded in whatever order, no source is overdrawn, and what one no longer covers is marked in full."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select

from app.foundation.db import read_session
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.foundation.errors import InvalidCommand
from app.funding.allocating import allocate
from app.funding.commands import Allocate
from app.funding.sources.commands import CorrectLine, RecordLine
from app.funding.sources.ledger import Standing, Taken, standing_of, taken_of
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.sources.services import correct_line, record_line
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.money import put_source
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock

STEPS: Final = 40
DAY: Final = date(2026, 1, 15)
ON_SOURCE: Final = (LineKind.PLEDGE, LineKind.RECEIPT, LineKind.REDUCTION)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def looked(app: Flask, key: str) -> tuple[Standing, list[Taken], int]:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        source = session.scalars(select(Contribution).where(Contribution.key == key)).one()
        return standing_of(session, source), list(taken_of(session, source)), source.version


def step(app: Flask, cast: Cast, case: Made, key: str, chance: Random) -> bool:
    """Do one thing at random; tells whether it allocated."""
    _stands, taken, version = looked(app, key)
    minor, what = chance.randrange(1, 50_000), chance.randrange(6)
    who = cast.programme_support.actor
    with app.app_context():
        if what <= 1:
            shown = standing(app, case.key).version
            allocate(who, Allocate(key=case.key, version=shown, source=key, minor=minor))
        elif what == 2 and taken:
            kind, one = chance.choice((LineKind.SPENDING, LineKind.RELEASE)), chance.choice(taken)
            of = {"key": key, "version": version, "allocation": one.row.key}
            record_line(who, RecordLine(**of, kind=kind, minor=minor, on_date=DAY))
        elif what == 3:
            lines = rows(app, select(ContributionLine.key))
            line = chance.choice(lines).key
            correct_line(who, CorrectLine(key=key, version=version, line=line, minor=minor, note="Read again"))
        else:
            kind = chance.choice(ON_SOURCE)
            record_line(who, RecordLine(key=key, version=version, kind=kind, minor=minor, on_date=DAY))
    return what <= 1


@pytest.mark.parametrize("seed", range(2))
def test_no_source_is_ever_overdrawn(app: Flask, cast: Cast, seed: int) -> None:
    case, chance = make_case(app, cast, State.PLANNING, at_home(cast)), Random(seed)
    key = put_source(app, pledged=200_000)
    done = 0
    for _ in range(STEPS):
        allocated = False
        with suppress(InvalidCommand):
            allocated = step(app, cast, case, key, chance)
            done += 1
        stands, taken, _version = looked(app, key)
        assert stands.available >= 0
        assert stands.committed == sum(one.rest for one in taken)
        assert sum(one.row.uncovered_minor for one in taken) == stands.uncovered
        assert all(0 <= one.spent <= one.rest <= one.total for one in taken)
        if allocated:
            assert stands.committed <= stands.behind, "nobody allocates what is not there"
        flags = [one.row.uncovered_minor == one.rest for one in taken if one.rest]
        marked = [one.row.uncovered_minor > 0 for one in taken if one.rest]
        assert marked == sorted(marked, reverse=True), "the newest are marked first"
        assert sum(marked) - sum(flags) <= 1, "at most one is covered in part"
    assert done > STEPS // 3
