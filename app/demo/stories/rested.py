"""Approved cases that rest, or rested, for money or for another cause."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import approved
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import HoldReason

DOLLARS = 100


def no_money(stage: Stage) -> Story:
    """Approved; programme support let it rest, and says what is missing."""
    case = Case(stage, "no_money")
    yield from approved(stage, case, "xzm", 75, approved=38)
    yield stage.on("support", 30, 11)
    case.hold("support", HoldReason.MONEY, missing=36_400 * DOLLARS)


def resumed_in_kind(stage: Stage) -> Story:
    """Approved, no money; then another State lent an expert, and planning goes on."""
    case = Case(stage, "resumed_in_kind")
    yield from approved(stage, case, "xks", 105, approved=68, officer="officer3")
    yield stage.on("support", 60, 11)
    case.hold("support", HoldReason.MONEY, missing=16_800 * DOLLARS)
    yield stage.on("support", 8, 10)
    case.allocate("support", SourceKind.IN_KIND, 16_800 * DOLLARS)
    yield stage.on("support", 8, 11)
    case.resume_planning("support")


def on_hold_long(stage: Stage) -> Story:
    """Rests since more than half a year, because no mission is cleared: the State is asked whether it keeps it."""
    case = Case(stage, "on_hold_long")
    yield from approved(stage, case, "xtv", 200, approved=160, officer="officer2")
    yield stage.on("chief", 135, 11)
    case.hold("chief", HoldReason.SECURITY)
