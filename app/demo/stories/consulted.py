"""Cases on which CTC/CTED, the Office of Legal Affairs or a partner is asked."""

from __future__ import annotations

from app.casework.vocabulary import ConsentKind
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories import common
from app.demo.stories.common import confirmed
from app.workflow.vocabulary import Body


def consulted(stage: Stage) -> Story:
    """CTC/CTED has some days left, and so has a partner whom the State listed; nobody waits for the partner."""
    case = Case(stage, "consulted")
    partner = "Regional School for Prosecutors"
    yield from common.consulted(stage, case, "xnv", 16, asked=5, partner=partner)


def more_time(stage: Stage) -> Story:
    """CTC/CTED said that it received the notice, and asked for more time."""
    case = Case(stage, "more_time")
    yield from common.consulted(stage, case, "xqv", 30, asked=12, officer="officer2")
    yield stage.on("ctc", 11, 10)
    case.acknowledge("ctc")
    yield stage.on("ctc", 4, 15)
    case.ask_more_time("ctc")


def objection(stage: Stage) -> Story:
    """CTC/CTED objects: its visit comes first. The State does not read it."""
    case = Case(stage, "objection")
    yield from common.consulted(stage, case, "xtv", 28, asked=9, officer="officer3")
    yield stage.on("ctc", 3, 12)
    case.give_position("ctc", "objection")


def second_round(stage: Stage) -> Story:
    """After an objection the officer revised the case and asked again: a second, shorter round."""
    case = Case(stage, "second_round")
    yield from common.consulted(stage, case, "xlg", 60, asked=45, officer="officer2")
    yield stage.on("ctc", 38, 11)
    case.give_position("ctc", "objection")
    yield stage.on("officer2", 34, 10)
    case.revise("officer2")
    yield stage.on("officer2", 4, 14)
    case.consult("officer2")
    yield stage.on("ctc", 3, 10)
    case.acknowledge("ctc")


def by_telephone(stage: Stage) -> Story:
    """CTC/CTED answered by telephone; the officer recorded it with the note of the call, and it can be corrected."""
    case = Case(stage, "by_telephone")
    yield from common.consulted(stage, case, "xia", 25, asked=8)
    yield stage.on("officer", 1, 15)
    case.record_call("officer", Body.CTC_CTED, "call")


def urgent_consulted(stage: Stage) -> Story:
    """The chief confirmed the third reading: all limits are short, and silence will not count."""
    case = Case(stage, "urgent_consulted")
    yield from confirmed(stage, case, "xzm", drafted_ago=7, sent=7, confirmed_ago=6)
    yield stage.on("intake2", 5, 9)
    case.take_up("intake2")
    yield stage.on("chief", 5, 11)
    case.confirm_urgency("chief")
    yield stage.on("intake2", 5, 14)
    case.judge("intake2")
    case.accept("intake2", "officer3")
    yield stage.on("officer3", 3, 10)
    case.assess("officer3")
    yield stage.on("officer3", 3, 14)
    case.consult("officer3")
    yield stage.on("ctc", 2, 9)
    case.acknowledge("ctc")


def consent_withdrawn(stage: Stage) -> Story:
    """The State lets partners know of the request and takes back its consent to share it with CTC."""
    case = Case(stage, "consent_withdrawn")
    yield from common.consulted(stage, case, "xow", 24, asked=9, officer="officer2")
    yield stage.on("focal.xow", 6, 11)
    case.give_consent("focal.xow", ConsentKind.PARTNERS)
    yield stage.on("mission.xow", 2, 11)
    case.withdraw_consent("mission.xow", ConsentKind.CTC)
