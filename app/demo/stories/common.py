"""Parts that several stories share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.decision.vocabulary import DeclineReason
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.workflow.vocabulary import AssistanceType


def drafted(stage: Stage, case: Case, state: str, ago: int, **need: Any) -> Story:
    """The focal point of `state` writes the whole draft in one day.

    Args:
        stage: where it is played.
        case: not begun.
        state: code of three letters, small.
        ago: days from Monday to Friday before today.
        need: answers of the task "need" that depend on today.
    """
    focal = f"focal.{state}"
    yield stage.on(focal, ago, 9)
    case.begin(focal)
    case.save(focal, "who")
    yield stage.on(focal, ago, 10)
    case.save(focal, "need", **need)
    yield stage.on(focal, ago, 12)
    case.save_if_written(focal, "instruments", "details", "results")
    case.attach(focal)
    yield stage.on(focal, ago, 14)
    case.save(focal, "rights")
    yield stage.on(focal, ago, 15)
    case.save(focal, "consents")


def confirmed(
    stage: Stage, case: Case, state: str, *, drafted_ago: int, sent: int, confirmed_ago: int, **need: Any
) -> Story:
    """The State writes, and its mission confirms: the request has a number."""
    yield from drafted(stage, case, state, drafted_ago, **need)
    yield stage.on(f"focal.{state}", sent, 16)
    case.send(f"focal.{state}")
    yield stage.on(f"mission.{state}", confirmed_ago, 11)
    case.confirm(f"mission.{state}")


def accepted(
    stage: Stage, case: Case, state: str, began: int, *, intake: str = "intake", officer: str = "officer", **need: Any
) -> Story:
    """The State writes and confirms, intake screens and accepts: within its limits, in six days.

    Args:
        began: days from Monday to Friday before today on which the draft is written.
        intake: who screens.
        officer: who gets the case.
        need: see `drafted`.
    """
    yield from confirmed(stage, case, state, drafted_ago=began, sent=began - 1, confirmed_ago=began - 3, **need)
    yield stage.on(intake, began - 4, 10)
    case.take_up(intake)
    yield stage.on(intake, began - 6, 11)
    case.judge(intake)
    case.accept(intake, officer)


def consulted(
    stage: Stage,
    case: Case,
    state: str,
    began: int,
    *,
    asked: int,
    intake: str = "intake",
    officer: str = "officer",
    partner: str = "",
) -> Story:
    """As `accepted`, then the officer signs the assessment and asks the bodies `asked` days ago."""
    yield from accepted(stage, case, state, began, intake=intake, officer=officer)
    yield stage.on(officer, asked, 10)
    case.assess(officer)
    yield stage.on(officer, asked, 14)
    case.consult(officer, partner=partner)


class Pace(NamedTuple):
    """On which days, counted from Monday to Friday before today, an ordinary case comes to the chief."""

    began: int
    asked: int
    answered: int
    put: int


def put(stage: Stage, case: Case, state: str, pace: Pace, *, officer: str = "officer", word: str = "") -> Story:
    """As `consulted`, then CTC/CTED answers (see `Case.give_position`), and the chief gets the case with its plan."""
    yield from consulted(stage, case, state, pace.began, asked=pace.asked, officer=officer)
    yield stage.on("ctc", pace.answered, 11)
    case.give_position("ctc", word)
    yield stage.on(officer, pace.put + 1, 10)
    case.draft_plan(officer)
    yield stage.on(officer, pace.put, 10)
    case.put_for_decision(officer)


def approved(
    stage: Stage,
    case: Case,
    state: str,
    began: int,
    *,
    approved: int,
    officer: str = "officer",
    declined: Mapping[AssistanceType, DeclineReason] | None = None,
) -> Story:
    """As `put`, within the limits; then the chief approves every type but those in `declined`."""
    pace = Pace(began, asked=began - 15, answered=began - 22, put=approved + 3)
    yield from put(stage, case, state, pace, officer=officer)
    yield stage.on("chief", approved, 15)
    case.approve("chief", declined or {})
