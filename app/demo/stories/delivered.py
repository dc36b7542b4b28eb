"""Cases whose assistance was delivered: waiting for the State, contested, deemed, evaluated, closed, opened again."""

from __future__ import annotations

from app.casework.content.details import Profession
from app.delivery.evaluation.vocabulary import Became
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import approved
from app.workflow.vocabulary import Audience

COURSE = ((Profession.JUDGES, 11, 9), (Profession.PROSECUTORS, 4, 5))


def delivered(stage: Stage, case: Case, state: str, began: int, *, reported: int, officer: str = "officer") -> Story:
    """As `approved`; then the plan is agreed, its activity held thirty days before the report, and reported.

    Args:
        began: days from Monday to Friday before today on which the draft is written.
        reported: the same, of the report; the activity begins thirty such days before it.
    """
    yield from approved(stage, case, state, began, approved=began - 34, officer=officer)
    yield stage.on("support", began - 36, 10)
    case.fund_plan("support")
    yield stage.on(officer, began - 38, 11)
    case.propose_plan(officer)
    yield stage.on(f"mission.{state}", began - 42, 11)
    case.agree_plan(f"mission.{state}")
    yield stage.on(officer, reported + 30, 10)
    case.begin_activity(officer)
    yield stage.on(officer, reported + 30, 12)
    case.start_delivery(officer)
    yield stage.on(officer, reported + 29, 16)
    case.note_activity(officer, "log", Audience.STATE_TPB)
    yield stage.on(officer, reported + 20, 10)
    case.hold_activity(officer)
    yield stage.on(officer, reported + 19, 10)
    case.count(officer, *COURSE)
    yield stage.on(officer, reported + 2, 10)
    case.recommend(officer)
    yield stage.on(officer, reported, 10)
    case.report(officer)


def agreed(stage: Stage) -> Story:
    """The State agreed to the plan; the workshop lies ahead."""
    case = Case(stage, "agreed")
    yield from approved(stage, case, "xqv", 70, approved=36, officer="officer3")
    yield stage.on("support", 30, 10)
    case.fund_plan("support")
    yield stage.on("officer3", 26, 11)
    case.propose_plan("officer3")
    yield stage.on("mission.xqv", 18, 11)
    case.agree_plan("mission.xqv")


def judges_workshop(stage: Stage) -> Story:
    """A national workshop that was held: its participants are to be counted, its delivery is to be reported."""
    case = Case(stage, "judges_workshop")
    yield from approved(stage, case, "xzm", 85, approved=51)
    yield stage.on("support", 46, 10)
    case.fund_plan("support")
    yield stage.on("officer", 44, 11)
    case.propose_plan("officer")
    yield stage.on("mission.xzm", 38, 11)
    case.agree_plan("mission.xzm")
    yield stage.on("officer", 11, 10)
    case.begin_activity("officer")
    yield stage.on("officer", 11, 12)
    case.start_delivery("officer")
    yield stage.on("officer", 10, 16)
    case.note_activity("officer", "log", Audience.STATE_TPB)
    yield stage.on("officer", 3, 10)
    case.hold_activity("officer")


def delivery_waiting(stage: Stage) -> Story:
    """Reported a week ago: the State confirms it, or says what is missing."""
    yield from delivered(stage, Case(stage, "delivery_waiting"), "xnv", 130, reported=6)


def delivery_contested(stage: Stage) -> Story:
    """The State got no handbook: the delivery goes on."""
    case = Case(stage, "delivery_contested")
    yield from delivered(stage, case, "xvh", 150, reported=16, officer="officer2")
    yield stage.on("focal.xvh", 9, 11)
    case.contest_delivery("focal.xvh")


def delivery_deemed(stage: Stage) -> Story:
    """The State kept silent for thirty days and through two reminders: it is in evaluation by silence."""
    yield from delivered(stage, Case(stage, "delivery_deemed"), "xia", 170, reported=30, officer="officer3")


def evaluated(stage: Stage) -> Story:
    """Confirmed and evaluated: the officer closes it."""
    case = Case(stage, "evaluated")
    yield from delivered(stage, case, "xks", 160, reported=24, officer="officer2")
    yield stage.on("mission.xks", 18, 11)
    case.confirm_delivery("mission.xks")
    yield stage.on("focal.xks", 10, 11)
    case.evaluate("focal.xks", 5, 4, 3, 4, 5)


def closed(stage: Stage, case: Case, state: str, began: int, *, reported: int, grades: tuple[int, ...]) -> Story:
    """As `delivered`; then the State confirms and evaluates (or declines to), and the officer closes."""
    yield from delivered(stage, case, state, began, reported=reported)
    yield stage.on(f"mission.{state}", reported - 6, 11)
    case.confirm_delivery(f"mission.{state}")
    yield stage.on(f"focal.{state}", reported - 14, 11)
    case.evaluate(f"focal.{state}", *grades)
    yield stage.on("officer", reported - 18, 10)
    case.close("officer")


def closed_long_ago(stage: Stage) -> Story:
    """Closed more than a year ago: what was recommended is done, and the State looked back."""
    case = Case(stage, "closed_long_ago")
    yield from closed(stage, case, "xow", 510, reported=340, grades=(5, 5, 4, 5, 5))
    yield stage.on("focal.xow", 220, 11)
    case.follow_recommendation("focal.xow")
    yield stage.on("focal.xow", 170, 11)
    case.look_back("focal.xow", Became.PARTLY, 14)


def closed_without_evaluation(stage: Stage) -> Story:
    """Closed last year; the State declined to evaluate."""
    case = Case(stage, "closed_without_evaluation")
    yield from closed(stage, case, "xow", 400, reported=260, grades=())


def reopened(stage: Stage) -> Story:
    """Closed, and opened again by its State within thirty days."""
    case = Case(stage, "reopened")
    yield from closed(stage, case, "xlg", 200, reported=40, grades=(4, 3, 2, 3, 4))
    yield stage.on("focal.xlg", 12, 11)
    case.reopen("focal.xlg")
