"""Requests with other States: five neighbours with one text, eight round one table, a second conference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.coordination.vocabulary import OpeningRule
from app.delivery.participation.commands import Nominee
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import accepted, approved, confirmed, consulted, drafted
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import Body, HoldReason

DOLLARS = 100
COMING_FROM_NARVESTA: Final = (
    Nominee(name="Anete Brivkalna", function="Head of Unit", institution="Central Authority, Ministry of Justice"),
    Nominee(name="Toms Eglavas", function="Prosecutor", institution="General Prosecutor’s Office"),
)


def neighbour_xqv(stage: Stage) -> Story:
    """The first of the five: submitted by a focal point alone, asked of CTC/CTED."""
    case = Case(stage, "neighbour_xqv")
    yield from drafted(stage, case, "xqv", 24)
    yield stage.on("focal.xqv", 23, 15)
    case.submit("focal.xqv")
    yield stage.on("intake", 21, 10)
    case.take_up("intake")
    yield stage.on("intake", 19, 11)
    case.judge("intake")
    case.accept("intake", "officer2")
    yield stage.on("officer2", 5, 10)
    case.assess("officer2")
    yield stage.on("officer2", 5, 14)
    case.consult("officer2")


def neighbour_xia(stage: Stage) -> Story:
    """The second, asked of CTC/CTED on the same day: the inbox answers both at once."""
    case = Case(stage, "neighbour_xia")
    yield from consulted(stage, case, "xia", 24, asked=5, officer="officer2")


def neighbour_xvh(stage: Stage) -> Story:
    """The third, asked of CTC/CTED a day later."""
    case = Case(stage, "neighbour_xvh")
    yield from consulted(stage, case, "xvh", 23, asked=4, officer="officer2")


def neighbour_xlg(stage: Stage) -> Story:
    """The fourth: accepted, its assessment is not begun."""
    case = Case(stage, "neighbour_xlg")
    yield from accepted(stage, case, "xlg", 15, officer="officer2")


def neighbour_xum(stage: Stage) -> Story:
    """The fifth: confirmed by its mission yesterday."""
    case = Case(stage, "neighbour_xum")
    yield from confirmed(stage, case, "xum", drafted_ago=5, sent=3, confirmed_ago=1)


#: Five neighbours ask for the review of their draft laws, each for itself.
FIVE: Final[tuple[Callable[[Stage], Story], ...]] = (
    neighbour_xqv,
    neighbour_xia,
    neighbour_xvh,
    neighbour_xlg,
    neighbour_xum,
)


def eight_neighbours(stage: Stage) -> Story:
    """One of eight hosts the others: approved, without money, then with an expert in kind; six neighbours are asked.

    Two come, one does not, three have let their limits pass; one may not be told, the host says.
    """
    case = Case(stage, "eight_neighbours")
    yield from approved(stage, case, "xum", 130, approved=90, officer="officer2")
    yield stage.on("support", 84, 11)
    case.hold("support", HoldReason.MONEY, missing=21_600 * DOLLARS)
    yield stage.on("support", 32, 10)
    case.allocate("support", SourceKind.IN_KIND, 21_600 * DOLLARS)
    yield stage.on("support", 32, 11)
    case.resume_planning("support")
    yield stage.on("officer2", 31, 10)
    case.put_invitations("officer2")
    yield stage.on("mission.xum", 29, 11)
    case.disclose("mission.xum", "XEK", agree=False)
    yield stage.on("mission.xum", 29, 12)
    case.disclose("mission.xum", "XLG", "XVH", "XNV", "XZM", "XKS", "XHV")
    yield stage.on("focal.xnv", 27, 10)
    case.join_in("focal.xnv", COMING_FROM_NARVESTA, case.script.words["narvesta"])
    yield stage.on("mission.xlg", 25, 15)
    case.join_in("mission.xlg")
    yield stage.on("focal.xks", 22, 9)
    case.stay_away("focal.xks", case.script.words["kelusha"])
    yield stage.on("officer2", 20, 11)
    case.propose_plan("officer2")


def earlier_declaration(stage: Stage) -> Story:
    """Ministers meet again to see what became of their declaration: a treaty event, of which Legal Affairs is asked."""
    case = Case(stage, "earlier_declaration")
    yield from accepted(stage, case, "xia", 32, officer="officer3")
    yield stage.on("officer3", 8, 10)
    case.assess("officer3")
    yield stage.on("officer3", 8, 14)
    case.consult("officer3", Body.OLA, ola_rule=OpeningRule.TREATY_EVENT)
    yield stage.on("ctc", 3, 11)
    case.give_position("ctc")
    yield stage.on("ola", 1, 10)
    case.acknowledge("ola")
