"""Cases before the chief, and what the chief decided."""

from __future__ import annotations

from app.casework.vocabulary import ConsentKind
from app.decision.vocabulary import DeclineReason, OutcomeReason
from app.demo.acts.giving import write_line
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import Pace, accepted, approved, confirmed, consulted, put
from app.demo.stories.donors import DOLLARS, PACIFIC
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import AssistanceType, Body, OutcomeKind


def awaiting_decision(stage: Stage) -> Story:
    """A workshop for judges, with its plan: put to the chief two days ago."""
    case = Case(stage, "awaiting_decision")
    yield from put(stage, case, "xnv", Pace(35, asked=20, answered=12, put=2))


def decision_overdue(stage: Stage) -> Story:
    """Terrorism with corruption and organized crime: with the chief for longer than five working days."""
    case = Case(stage, "decision_overdue")
    pace = Pace(45, asked=30, answered=22, put=8)
    yield from put(stage, case, "xzm", pace, officer="officer2", word="also_acting")


def sent_back(stage: Stage) -> Story:
    """The chief asks what the second drafter does."""
    case = Case(stage, "sent_back")
    pace = Pace(42, asked=28, answered=20, put=10)
    yield from put(stage, case, "xqv", pace, officer="officer3", word="comment")
    yield stage.on("chief", 4, 11)
    case.send_back("chief")


def approved_in_part(stage: Stage) -> Story:
    """Advice and training are approved, the mentor is not; then a donor reduces the pledge that pays for them.

    The State agrees to be named to whoever may pay for it.
    """
    case = Case(stage, "approved_in_part")
    declined = {AssistanceType.MENTORING: DeclineReason.NO_CAPACITY}
    yield from approved(stage, case, "xvh", 50, approved=9, officer="officer2", declined=declined)
    yield stage.on("support", 6, 11)
    case.allocate_from("support", PACIFIC, 15_000 * DOLLARS)
    yield stage.on("mission.xvh", 5, 11)
    case.give_consent("mission.xvh", ConsentKind.NAME_IN_UNFUNDED_NEEDS)
    yield stage.on("support2", 3, 10)
    write_line(stage, PACIFIC.title, LineKind.REDUCTION, 10_000 * DOLLARS, "The donor’s parliament halved the pledge")


def declined(stage: Stage) -> Story:
    """A conference of ministers, declined with its letter well over a year ago."""
    case = Case(stage, "declined")
    yield from consulted(stage, case, "xlg", 480, asked=465, officer="officer2")
    yield stage.on("ctc", 458, 11)
    case.give_position("ctc")
    yield stage.on("chief", 450, 15)
    case.decline("chief", DeclineReason.NO_FUNDS)


def reconsideration_asked(stage: Stage) -> Story:
    """Declined, because a court had to decide first; it has, and the State asks for a second look."""
    case = Case(stage, "reconsideration_asked")
    yield from consulted(stage, case, "xks", 72, asked=56)
    yield stage.on("ctc", 49, 11)
    case.give_position("ctc")
    yield stage.on("chief", 32, 15)
    case.decline("chief", DeclineReason.CONDITIONS_MISSING)
    yield stage.on("focal.xks", 6, 11)
    case.ask_reconsideration("focal.xks")


def reconsidered_approved(stage: Stage) -> Story:
    """Declined, looked at again by another officer with a new fact, and approved."""
    case = Case(stage, "reconsidered_approved")
    yield from consulted(stage, case, "xtv", 95, asked=80, officer="officer2")
    yield stage.on("ctc", 74, 11)
    case.give_position("ctc")
    yield stage.on("chief", 70, 15)
    case.decline("chief", DeclineReason.CONDITIONS_MISSING)
    yield stage.on("mission.xtv", 62, 11)
    case.ask_reconsideration("mission.xtv")
    yield stage.on("chief", 58, 11)
    case.reconsider("chief", "officer3")
    yield stage.on("officer3", 48, 10)
    case.assess("officer3")
    yield stage.on("officer3", 47, 14)
    case.consult("officer3", Body.CTC_CTED)
    yield stage.on("ctc", 41, 11)
    case.give_position("ctc")
    yield stage.on("officer3", 18, 10)
    case.draft_plan("officer3")
    yield stage.on("officer3", 16, 10)
    case.put_for_decision("officer3")
    yield stage.on("chief", 13, 15)
    case.approve("chief", {})


def referred(stage: Stage) -> Story:
    """Another programme of the Office does this; the State agreed, and CTC/CTED has a copy of the letter."""
    case = Case(stage, "referred")
    yield from accepted(stage, case, "xia", 300, intake="intake2", officer="officer3")
    yield stage.on("officer3", 290, 15)
    case.propose("officer3", OutcomeKind.REFER, OutcomeReason.OTHER_MANDATE)
    yield stage.on("chief", 287, 11)
    case.refer("chief")


def discontinued(stage: Stage) -> Story:
    """Approved, begun, and ended early: Parliament was dissolved."""
    case = Case(stage, "discontinued")
    yield from approved(stage, case, "xqv", 230, approved=200)
    yield stage.on("officer", 110, 10)
    case.propose("officer", OutcomeKind.DISCONTINUE, OutcomeReason.STATE_ASKED)
    yield stage.on("chief", 107, 11)
    case.discontinue("chief")


def supplied(stage: Stage) -> Story:
    """Published tools, supplied by intake at once under the standing no-objection of CTC/CTED."""
    case = Case(stage, "supplied")
    yield from confirmed(stage, case, "xnv", drafted_ago=18, sent=17, confirmed_ago=15)
    yield stage.on("intake", 14, 10)
    case.take_up("intake")
    yield stage.on("intake", 13, 11)
    case.judge("intake")
    yield stage.on("intake", 13, 15)
    case.supply("intake")
