"""Cases on which a body is silent: CTC/CTED, whose silence counts, and Legal Affairs, whose silence never does."""

from __future__ import annotations

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories.common import consulted


def silence(stage: Stage) -> Story:
    """CTC/CTED was told by a mail that arrived, and its limit passed: deemed no objection, with the proof."""
    case = Case(stage, "silence")
    yield from consulted(stage, case, "xks", 34, asked=18)
    yield stage.on("officer", 3, 10)
    case.draft_plan("officer")


def ola_silent(stage: Stage) -> Story:
    """Accession with the Secretary-General as depositary: the Treaty Section was asked by rule and has not answered."""
    case = Case(stage, "ola_silent")
    yield from consulted(stage, case, "xvh", 40, asked=17, officer="officer3")
    yield stage.on("ctc", 10, 11)
    case.give_position("ctc")


def nuclear_reservation(stage: Stage) -> Story:
    """The Nuclear Terrorism Convention with a reservation: more time, an objection, the plan revised, silence.

    The second round of CTC/CTED ended in silence that counts; the Treaty Section is past its last limit, so that the
    chief may go on without it.
    """
    case = Case(stage, "nuclear_reservation")
    yield from consulted(stage, case, "xum", 74, asked=58)
    yield stage.on("officer", 56, 11)
    case.draft_plan("officer")
    yield stage.on("ctc", 50, 11)
    case.ask_more_time("ctc")
    yield stage.on("ctc", 44, 15)
    case.give_position("ctc", "objection")
    yield stage.on("officer", 38, 10)
    case.revise("officer")
    yield stage.on("officer", 26, 10)
    case.consult("officer")
    yield stage.on("officer", 25, 11)
    case.revise_plan("officer")
