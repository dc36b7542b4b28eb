"""Requests of one State, each at another stage of its life, which together hold a text of every kind.

Both bodies are consulted on each of them, so that who reads what is the same for all: `tests.support.canaries.READS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask

from app.workflow.vocabulary import Action, Body, State
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case, pass_checks
from tests.factories.clients import signed_in
from tests.factories.consultations import consult
from tests.factories.documents import attach
from tests.factories.people import Cast, cast_of
from tests.integration.audiences import kinds
from tests.integration.audiences.kinds import Text
from tests.support.clock import StoppedClock

BOTH: Final = (Body.CTC_CTED, Body.OLA)


@dataclass(frozen=True, slots=True)
class Furnished:
    """A case, and what stands in it to be found."""

    case: Made
    texts: Sequence[Text]


@dataclass(frozen=True, slots=True)
class World:
    """Who looks for something, and where."""

    cast: Cast
    cases: Sequence[Furnished]


def furnish(app: Flask, clock: StoppedClock) -> World:
    """Write the people, the cases and every text."""
    cast = cast_of(app)
    reviewed = in_review(app, cast, clock)
    return World(cast, [reviewed, in_coordination(app, cast), in_planning(app, cast), closed(app, cast)])


def in_review(app: Flask, cast: Cast, clock: StoppedClock) -> Furnished:
    """Drafted, assessed and consulted on, then taken back into review, where a question waits for the State."""
    case, texts = _submitted(app, cast, clock)
    intake, officer = signed_in(app, cast.intake_officer), signed_in(app, cast.case_officer)
    assert do(intake, Action.TAKE_UP, case.key).status_code == 303
    pass_checks(app, cast, case)
    assert do(intake, Action.ACCEPT, case.key, officer=cast.case_officer.key).status_code == 303
    texts.append(kinds.assessment(app, case))
    assert do(officer, Action.CONSULT, case.key).status_code == 303
    consult(app, case, Body.OLA)
    texts.append(kinds.consultations(app, cast, case))
    texts += kinds.messages_to_others(app, cast, case)
    texts += kinds.documents_for_others(app, cast, case)
    texts += kinds.questions_of_the_branch(app, cast, case)
    return Furnished(case, texts)


def _submitted(app: Flask, cast: Cast, clock: StoppedClock) -> tuple[Made, list[Text]]:
    """A request that its State talked about, and whose document it replaced, before it was submitted."""
    case = make_case(app, cast, State.AWAITING_MISSION, at_home(cast, bodies=BOTH))
    message = kinds.message_within_the_state(app, cast, case)
    text, document = kinds.document_within_the_state(app, cast, case)
    clock.move(minutes=5)
    attach(app, cast.focal_point, case, replaces=document)
    clock.move(minutes=5)
    assert do(signed_in(app, cast.mission), Action.CONFIRM_REQUEST, case.key).status_code == 303
    return case, [message, text]


def in_coordination(app: Flask, cast: Cast) -> Furnished:
    """The bodies are asked, and the officer has begun to plan."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH))
    return Furnished(case, [kinds.plan_that_is_drafted(app, cast, case)])


def in_planning(app: Flask, cast: Cast) -> Furnished:
    """The plan waits for the State; another State that takes part has answered."""
    case = make_case(app, cast, State.PLANNING, at_home(cast, bodies=BOTH))
    return Furnished(case, kinds.plan_before_the_state(app, cast, case))


def closed(app: Flask, cast: Cast) -> Furnished:
    """What was done was paid for."""
    case = make_case(app, cast, State.CLOSED, at_home(cast, bodies=BOTH, judged=True))
    return Furnished(case, [kinds.money(app, case)])
