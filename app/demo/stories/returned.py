"""Cases that wait for their State, or waited in vain, or were withdrawn."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import confirmed


def returned(stage: Stage) -> Story:
    """The State works on its answers."""
    case = Case(stage, "returned")
    yield from confirmed(stage, case, "xks", drafted_ago=20, sent=19, confirmed_ago=17)
    yield stage.on("intake2", 16, 9)
    case.take_up("intake2")
    yield stage.on("intake2", 13, 14)
    case.judge("intake2", "e1", "e2", "e3", "e5")
    yield stage.on("intake2", 12, 11)
    case.ask("intake2")
    yield stage.on("focal.xks", 5, 15)
    case.answer("focal.xks", finished=False)


def about_to_lapse(stage: Stage) -> Story:
    """Unanswered in spite of two reminders: in a few days it may be declared lapsed."""
    case = Case(stage, "about_to_lapse")
    yield from confirmed(stage, case, "xvh", drafted_ago=49, sent=48, confirmed_ago=45)
    yield stage.on("intake", 44, 10)
    case.take_up("intake")
    yield stage.on("intake", 41, 16)
    case.judge("intake", "e1", "e2", "e5", "e6")
    yield stage.on("intake", 38, 10)
    case.ask("intake")


def lapsed(stage: Stage) -> Story:
    """Unanswered for forty working days and declared lapsed."""
    case = Case(stage, "lapsed")
    yield from confirmed(stage, case, "xnv", drafted_ago=71, sent=69, confirmed_ago=67)
    yield stage.on("intake", 66, 14)
    case.take_up("intake")
    yield stage.on("intake", 63, 10)
    case.ask("intake")
    yield stage.on("intake", 18, 11)
    case.lapse("intake")


def withdrawn(stage: Stage) -> Story:
    """The State no longer needs what it asked for."""
    case = Case(stage, "withdrawn")
    yield from confirmed(stage, case, "xow", drafted_ago=58, sent=57, confirmed_ago=54)
    yield stage.on("intake2", 53, 10)
    case.take_up("intake2")
    yield stage.on("intake2", 51, 10)
    case.judge("intake2", "e1", "e2", "e3", "e5")
    yield stage.on("mission.xow", 47, 12)
    case.withdraw("mission.xow")
