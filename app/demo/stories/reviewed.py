"""Cases that intake accepted: an officer assesses them."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import confirmed


def in_review(stage: Stage) -> Story:
    """Accepted within its limits; the officer has asked something for which the work does not wait."""
    case = Case(stage, "in_review")
    yield from confirmed(stage, case, "xum", drafted_ago=19, sent=17, confirmed_ago=14)
    yield stage.on("intake", 13, 11)
    case.take_up("intake")
    yield stage.on("intake", 11, 10)
    case.judge("intake", "e1", "e2", "e5", "e6", "e7", "e8")
    yield stage.on("intake", 9, 14)
    case.judge("intake", "e3", "e4")
    case.accept("intake", "officer3")
    yield stage.on("officer3", 6, 15)
    case.ask_meanwhile("officer3", blocking=False)
    yield stage.on("officer3", 5, 10)
    case.write("officer3", 1)
    yield stage.on("focal.xum", 4, 11)
    case.read_messages("focal.xum")
    case.write("focal.xum", 2)
    yield stage.on("officer3", 3, 9)
    case.read_messages("officer3")
    case.write("officer3", 3)
    yield stage.on("mission.xum", 1, 15)
    case.read_messages("mission.xum")
    case.write("mission.xum", 4)


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
    """A request for tools and a course: asked what it could not go on without, given to another officer, assessed."""
    case = Case(stage, "in_review_reassigned")
    yield from confirmed(stage, case, "xzm", drafted_ago=14, sent=13, confirmed_ago=11)
    yield stage.on("intake", 10, 10)
    case.take_up("intake")
    yield stage.on("intake", 8, 11)
    case.judge("intake")
    case.accept("intake", "officer2")
    yield stage.on("officer2", 7, 10)
    case.ask_meanwhile("officer2", blocking=True)
    yield stage.on("focal.xzm", 5, 11)
    case.answer("focal.xzm")
    yield stage.on("manager", 4, 10)
    case.assign("manager", "officer")
    yield stage.on("officer", 3, 10)
    case.write("officer", 1)
    case.write("officer", 2)
    yield stage.on("focal.xzm", 2, 11)
    case.read_messages("focal.xzm")
    case.write("focal.xzm", 3)
    yield stage.on("officer", 1, 10)
    case.assess("officer")
