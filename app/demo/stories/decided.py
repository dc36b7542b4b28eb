"""Cases with an outcome: proposed to the chief, found not eligible with its letter, two requests for one need."""

from __future__ import annotations

from app.decision.vocabulary import OutcomeReason
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import confirmed
from app.workflow.vocabulary import OutcomeKind


def proposed_not_eligible(stage: Stage) -> Story:
    """Asks for equipment; the proposal waits for the chief since two days."""
    case = Case(stage, "proposed_not_eligible")
    yield from confirmed(stage, case, "xks", drafted_ago=12, sent=10, confirmed_ago=7)
    yield stage.on("intake", 6, 10)
    case.take_up("intake")
    yield stage.on("intake", 4, 11)
    case.judge("intake", "e1", "e2", "e5", "e7")
    yield stage.on("intake", 2, 15)
    case.propose("intake", OutcomeKind.INELIGIBLE, OutcomeReason.EQUIPMENT)


def found_not_eligible(stage: Stage) -> Story:
    """Asks for operations; the chief found it not eligible, and the letter is in Arabic."""
    case = Case(stage, "found_not_eligible")
    yield from confirmed(stage, case, "xow", drafted_ago=33, sent=31, confirmed_ago=29)
    yield stage.on("intake2", 28, 10)
    case.take_up("intake2")
    yield stage.on("intake2", 26, 14)
    case.propose("intake2", OutcomeKind.INELIGIBLE, OutcomeReason.OPERATIONAL)
    yield stage.on("chief", 23, 11)
    case.find_ineligible("chief")


def two_ministries(stage: Stage) -> Story:
    """Two ministries of one State asked for the same guides; the earlier request was merged into the larger one."""
    small, large = Case(stage, "two_ministries"), Case(stage, "two_ministries_other")
    yield from confirmed(stage, small, "xtv", drafted_ago=20, sent=18, confirmed_ago=16)
    yield from confirmed(stage, large, "xtv", drafted_ago=15, sent=14, confirmed_ago=12)
    yield stage.on("intake", 11, 10)
    small.take_up("intake")
    large.take_up("intake")
    yield stage.on("intake", 9, 15)
    small.merge("intake", large)
    yield stage.on("intake", 6, 10)
    large.judge("intake")
    large.accept("intake", "officer2")
