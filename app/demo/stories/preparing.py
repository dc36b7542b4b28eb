"""Cases that only their State sees: begun, returned by the mission, waiting for it, discarded."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import drafted


def draft_begun(stage: Stage) -> Story:
    """A draft of this week: who asks is clear, the problem is not written yet."""
    case = Case(stage, "draft_begun")
    yield stage.on("focal.xks", 3, 10)
    case.begin("focal.xks")
    case.save("focal.xks", "who")
    yield stage.on("focal.xks", 2, 15)
    case.save("focal.xks", "need", finished=False)


def draft_without_consents(stage: Stage) -> Story:
    """A draft in which all is written but with whom it may be shared."""
    case = Case(stage, "draft_without_consents")
    yield stage.on("focal.xia", 12, 9)
    case.begin("focal.xia")
    case.save("focal.xia", "who")
    yield stage.on("focal.xia", 11, 14)
    case.save("focal.xia", "need", finished=False)
    yield stage.on("focal.xia", 6, 10)
    case.save("focal.xia", "need")
    case.save_if_written("focal.xia", "details")
    case.save("focal.xia", "rights")


def draft_sent_back(stage: Stage) -> Story:
    """The mission asked for changes; the focal point works on them."""
    case = Case(stage, "draft_sent_back")
    yield from drafted(stage, case, "xvh", 16)
    yield stage.on("focal.xvh", 14, 11)
    case.send("focal.xvh")
    yield stage.on("mission.xvh", 9, 15)
    case.send_back_to_draft("mission.xvh")
    yield stage.on("focal.xvh", 4, 10)
    problem = case.script.tasks["need"]["problem"] + "\n\n" + case.script.words["added"]
    case.save("focal.xvh", "need", problem=problem)


def with_mission(stage: Stage) -> Story:
    """Sent to the mission the day before yesterday."""
    case = Case(stage, "with_mission")
    yield from drafted(stage, case, "xtv", 3)
    yield stage.on("focal.xtv", 2, 11)
    case.send("focal.xtv")


def with_mission_too_long(stage: Stage) -> Story:
    """With the mission for longer than its ten working days, in spite of two reminders."""
    case = Case(stage, "with_mission_too_long")
    yield from drafted(stage, case, "xum", 22)
    yield stage.on("focal.xum", 20, 12)
    case.send("focal.xum")


def discarded(stage: Stage) -> Story:
    """A draft that its author gave up."""
    case = Case(stage, "discarded")
    yield stage.on("focal.xlg", 29, 10)
    case.begin("focal.xlg")
    case.save("focal.xlg", "who")
    case.save("focal.xlg", "need")
    yield stage.on("focal.xlg", 22, 16)
    case.discard("focal.xlg")
