"""Cases that intake accepted: an officer assesses them."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import confirmed


def in_review(stage: Stage) -> Story:
    """Accepted within its limits."""
    case = Case(stage, "in_review")
    yield from confirmed(stage, case, "xum", drafted_ago=19, sent=17, confirmed_ago=14)
    yield stage.on("intake", 13, 11)
    case.take_up("intake")
    yield stage.on("intake", 11, 10)
    case.judge("intake", "e1", "e2", "e5", "e6", "e7", "e8")
    yield stage.on("intake", 9, 14)
    case.judge("intake", "e3", "e4")
    case.accept("intake", "officer3")


def in_review_too_long(stage: Stage) -> Story:
    """Accepted after a round of questions; its assessment has taken longer than fifteen working days."""
    case = Case(stage, "in_review_too_long")
    yield from confirmed(stage, case, "xia", drafted_ago=44, sent=43, confirmed_ago=41)
    yield stage.on("intake2", 40, 10)
    case.take_up("intake2")
    yield stage.on("intake2", 37, 15)
    case.ask("intake2")
    yield stage.on("focal.xia", 28, 11)
    case.answer("focal.xia")
    yield stage.on("intake2", 24, 10)
    case.judge("intake2")
    yield stage.on("intake2", 21, 14)
    case.accept("intake2", "officer2")


def in_review_reassigned(stage: Stage) -> Story:
    """A request for tools and a course; the manager gave it to another officer."""
    case = Case(stage, "in_review_reassigned")
    yield from confirmed(stage, case, "xzm", drafted_ago=14, sent=13, confirmed_ago=11)
    yield stage.on("intake", 10, 10)
    case.take_up("intake")
    yield stage.on("intake", 8, 11)
    case.judge("intake")
    case.accept("intake", "officer2")
    yield stage.on("manager", 4, 10)
    case.assign("manager", "officer")
