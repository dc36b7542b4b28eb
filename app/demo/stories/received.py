"""Cases that wait for intake or are being screened."""

from __future__ import annotations

from datetime import timedelta

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import confirmed, drafted


def submitted_alone(stage: Stage) -> Story:
    """New since yesterday, by a focal point whom the mission lets submit alone."""
    case = Case(stage, "submitted_alone")
    yield from drafted(stage, case, "xqv", 4)
    yield stage.on("focal.xqv", 1, 10)
    case.submit("focal.xqv")


def submitted_waiting(stage: Stage) -> Story:
    """Not taken up within two working days."""
    case = Case(stage, "submitted_waiting")
    yield from confirmed(stage, case, "xnv", drafted_ago=9, sent=8, confirmed_ago=6)


def screening_begun(stage: Stage) -> Story:
    """In screening; what the system knows is judged, what needs a person is open."""
    case = Case(stage, "screening_begun")
    yield from confirmed(stage, case, "xlg", drafted_ago=11, sent=9, confirmed_ago=5)
    yield stage.on("intake2", 4, 10)
    case.take_up("intake2")
    yield stage.on("intake2", 3, 15)
    case.judge("intake2", "e1", "e2", "e5", "e7")


def urgent(stage: Stage) -> Story:
    """The State says that it is urgent and names the day; the chief confirms it."""
    case = Case(stage, "urgent")
    reading = (stage.today.date() + timedelta(days=23)).isoformat()
    yield from confirmed(stage, case, "xia", drafted_ago=4, sent=4, confirmed_ago=3, urgency_date=reading)
    yield stage.on("intake", 2, 9)
    case.take_up("intake")
    yield stage.on("intake", 1, 14)
    case.judge("intake", "e1", "e2", "e3", "e5")
    yield stage.on("chief", 1, 16)
    case.confirm_urgency("chief")


def screening_too_long(stage: Stage) -> Story:
    """In screening for longer than five working days."""
    case = Case(stage, "screening_too_long")
    yield from confirmed(stage, case, "xow", drafted_ago=24, sent=21, confirmed_ago=17)
    yield stage.on("intake", 16, 14)
    case.take_up("intake")
    yield stage.on("intake", 14, 10)
    case.judge("intake", "e1", "e2", "e3", "e4", "e5", "e7")


def revived(stage: Stage) -> Story:
    """Returned twice, lapsed for want of the second answers, and taken up again by the State under the same number."""
    case = Case(stage, "revived")
    yield from confirmed(stage, case, "xtv", drafted_ago=85, sent=84, confirmed_ago=82)
    yield stage.on("intake2", 81, 11)
    case.take_up("intake2")
    yield stage.on("intake2", 79, 15)
    case.ask("intake2")
    yield stage.on("focal.xtv", 74, 11)
    case.answer("focal.xtv")
    yield stage.on("intake2", 73, 15)
    case.ask("intake2", 2)
    yield stage.on("intake", 28, 10)
    case.lapse("intake")
    yield stage.on("mission.xtv", 12, 10)
    case.revive("mission.xtv")
    yield stage.on("intake2", 8, 16)
    case.judge("intake2", "e1", "e2", "e5")


def answered(stage: Stage) -> Story:
    """Returned with questions, answered with a correction, now judged a second time."""
    case = Case(stage, "answered")
    yield from confirmed(stage, case, "xqv", drafted_ago=26, sent=25, confirmed_ago=22)
    yield stage.on("intake", 21, 10)
    case.take_up("intake")
    yield stage.on("intake", 19, 11)
    case.judge("intake", "e1", "e2", "e3", "e5", "e7")
    yield stage.on("intake", 19, 15)
    case.ask("intake")
    yield stage.on("focal.xqv", 8, 10)
    case.answer("focal.xqv", finished=False)
    yield stage.on("focal.xqv", 6, 12)
    case.answer("focal.xqv")
    yield stage.on("intake", 3, 11)
    case.judge("intake", "e1", "e2", "e3", "e4", "e5", "e7")
