"""Words of the figures: what each counts, its target, and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.casework.content.detail_words import PROFESSIONS
from app.casework.texts import TYPE_TEXTS
from app.casework.texts.reasons import REASON_TEXTS
from app.casework.texts.states import LIMIT, PARTY, STATE
from app.coordination.texts import POSITION_TEXTS
from app.dashboards.measures.consultations import (
    CONSULTED,
    ENDED_UNANSWERED,
    NOT_CONSULTED,
    OPEN,
    REQUEST_ENDED,
    SECOND_ROUND,
    STANDING,
    WITHDRAWN,
)
from app.dashboards.measures.delivery import MOVED, ON_TIME
from app.dashboards.measures.requests import IN_TIME, LATE, NEVER, RETURNED, WAITING, WITH_REASON
from app.dashboards.money_texts import MONEY
from app.dashboards.words import Words
from app.decision.texts import DECLINE_REASONS_SHORT, OUTCOME_REASONS_SHORT
from app.delivery.activities.vocabulary import Gender
from app.delivery.plan.texts import SCOPES
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import Action, State

AGE_TEXTS: Final = {
    "0-10": _l("0 to 10 working days"),
    "11-30": _l("11 to 30 working days"),
    "31-60": _l("31 to 60 working days"),
    "over-60": _l("Over 60 working days"),
}
GENDER_TEXTS: Final = {
    Gender.WOMEN: _l("Women"),
    Gender.MEN: _l("Men"),
    Gender.NOT_STATED: _l("Not stated"),
}
LINE_TEXTS: Final = {
    LineKind.PLEDGE: _l("Pledge"),
    LineKind.REDUCTION: _l("Reduction of a pledge"),
    LineKind.RECEIPT: _l("Receipt"),
    LineKind.SPENDING: _l("Spending"),
    LineKind.RELEASE: _l("Release of an allocation"),
}
STAGE_TEXTS: Final = {
    "0": _l("Submitted"),
    "1": _l("Screened"),
    "2": _l("Assessed"),
    "3": _l("Consulted"),
    "4": _l("Decided"),
    "5": _l("Delivered"),
    "6": _l("Closed"),
}
_LIMIT_KEPT: Final = {IN_TIME: _l("In time"), LATE: _l("Later"), WAITING: _l("Waiting, still in time")}
_RETURNS: Final = {
    NEVER: _l("Never returned"),
    RETURNED: _l("Returned at least once"),
    WAITING: _l("Not screened yet"),
}
_CLOSED: Final[dict[Any, Any]] = {
    **POSITION_TEXTS,
    OPEN: _l("Waits for an answer"),
    ENDED_UNANSWERED: _l("Ended without an answer"),
}
_APPROVALS: Final = {
    CONSULTED: _l("Approved after CTC/CTED was consulted"),
    NOT_CONSULTED: _l("Approved without a closed consultation"),
}
_OBJECTIONS: Final = {
    WITHDRAWN: _l("Withdrawn by the body"),
    SECOND_ROUND: _l("Overcome in a later round"),
    REQUEST_ENDED: _l("The request ended"),
    STANDING: _l("Stands"),
}
_ON_TIME: Final = {ON_TIME: _l("On time"), MOVED: _l("More than 14 days apart")}
_CONFIRMED: Final = {
    Action.CONFIRM_DELIVERY: _l("Confirmed by the State"),
    Action.DEEM_DELIVERY_CONFIRMED: _l("Deemed confirmed"),
}


def _reasons() -> dict[str, Any]:
    found: dict[str, Any] = {}
    words: dict[Any, Any] = {**REASON_TEXTS, **OUTCOME_REASONS_SHORT}
    for state in WITH_REASON:
        chosen: Mapping[Any, Any] = DECLINE_REASONS_SHORT if state is State.DECLINED else words
        found |= {f"{state.value}|{code.value}": (STATE[state], text) for code, text in chosen.items()}
    return found


def _by_value(words: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(code.value if hasattr(code, "value") else code): text for code, text in words.items()}


_W = Words
#: By the code of the measure.
FIGURES: Final[dict[str, Words]] = {
    "received": _W(
        _l("Requests received"),
        _l(
                "Requests first submitted in the period, each once. A request on paper counts from the day on "
                "which it arrived."
            ),
    ),
    "requesting": _W(_l("States that asked"), _l("States with at least one request received in the period.")),
    "open-state": _W(
        _l("Open requests by status"), _l("Requests that are in work now, whenever they were received."),
        None, _by_value(STATE),
    ),
    "open-age": _W(
        _l("Open requests by age"),
        _l("Working days of the Branch since submission, without the days on which the clock stood."),
        None, AGE_TEXTS,
    ),
    "acknowledged": _W(
        _l("Acknowledged within 2 working days"),
        _l(
                "Of the requests received in the period: those that an officer took up within 2 working days. "
                "The automatic receipt does not count."
            ),
        _l("All"), _LIMIT_KEPT,
    ),
    "screened": _W(
        _l("Screened within 5 working days"),
        _l(
                "Of the requests received in the period and taken up: those whose first screening ended "
                "within 5 working days."
            ),
        _l("All"), _LIMIT_KEPT,
    ),
    "decided": _W(
        _l("Time to decision, without pauses"),
        _l(
                "Working days of the Branch from receipt to the first decision, of requests first decided in "
                "the period: approved, declined, referred or found not eligible. Days on which the clock "
                "stood are left out."
            ),
    ),
    "decided-with-pauses": _W(
        _l("Time to decision, with pauses"), _l("The same with the days on which the clock stood."),
    ),
    "parties": _W(
        _l("Time with each party"),
        _l(
                "How long the requests received in the period lay with each party, from submission to their "
                "end or to this moment. The shares add up to the whole."
            ),
        None, _by_value(PARTY),
    ),
    "returned": _W(
        _l("Never returned for information"),
        _l(
                "Of the requests received in the period whose first screening is over: those that were never "
                "returned to the State."
            ),
        None, _RETURNS,
    ),
    "outcomes": _W(
        _l("How requests ended"), _l("Requests that ended in the period, by how they ended."), None, _by_value(STATE)
    ),
    "reasons": _W(
        _l("Why requests ended without delivery"),
        _l(
                "Requests that were declined, referred, discontinued or found not eligible in the period, by "
                "the reason code given last."
            ),
        None, _reasons(),
    ),
    "stages": _W(
        _l("From submission to closing"),
        _l(
                "The requests received in the period, by the furthest stage reached; each stage holds those "
                "that went on."
            ),
        None, STAGE_TEXTS,
    ),
    "consultations": _W(
        _l("Consultations of CTC/CTED"),
        _l(
                "Consultations of CTC/CTED opened in the period, by what came of them. Requests of the fast "
                "lane stand apart."
            ),
        None, _by_value(_CLOSED),
    ),
    "consultation-days": _W(
        _l("Time to the position of CTC/CTED"),
        _l(
                "Working days in New York from the delivered notice to the position, deemed ones among them, "
                "of consultations opened in the period."
            ),
        _l("10 working days"),
    ),
    "approved-consulted": _W(
        _l("Approved requests with a closed consultation of CTC/CTED"),
        _l(
                "Requests approved in the period, by whether a consultation of CTC/CTED was closed with a "
                "position before."
            ),
        _l("100 %"), _APPROVALS,
    ),
    "fast-lane": _W(
        _l("Supplied in the fast lane"),
        _l(
                "Requests supplied in the period under a standing no-objection of CTC/CTED, of which it was "
                "told the same day."
            ),
    ),
    "objections": _W(
        _l("Objections and what became of them"),
        _l("Objections raised in the period by a body that was consulted."), _l("None stands"), _OBJECTIONS,
    ),
    "assisted": _W(
        _l("States assisted"),
        _l(
                "States with at least one activity held in the period: those that asked for it, and those "
                "that took part because they consented."
            ),
    ),
    "activities-type": _W(
        _l("Activities held, by type"), _l("Activities that were held and whose last day lies in the period."),
        None, _by_value(TYPE_TEXTS),
    ),
    "activities-scope": _W(
        _l("Activities held, by scope"), _l("The same activities, by how far they reached."), None, _by_value(SCOPES)
    ),
    "people-profession": _W(
        _l("People trained, by profession"), _l("People counted in the activities held in the period."),
        None, _by_value(PROFESSIONS),
    ),
    "people-gender": _W(
        _l("People trained, by gender"), _l("The same people; nobody has to say."), None, _by_value(GENDER_TEXTS)
    ),
    "people-state": _W(_l("People trained, by State"), _l("The same people, by the State that sent them.")),
    "on-time": _W(
        _l("Activities on time"),
        _l("Of the activities held in the period: those that began within 14 days of the first agreed date."),
        None, _ON_TIME,
    ),
    "confirmed": _W(
        _l("Deliveries confirmed"),
        _l(
                "Requests whose delivery was confirmed in the period: by the State itself, or deemed so after "
                "its limit passed."
            ),
        None, _by_value(_CONFIRMED),
    ),
    "breaches": _W(
        _l("Limits that passed, by step"),
        _l(
                "Limits of the process that ended in the period before what they wait for was done, as the "
                "scheduler recorded them."
            ),
        _l("None"), _by_value(LIMIT),
    ),
    **MONEY,
    "workload": _W(_l("Open requests of each officer"), _l(
            "Requests in work now, by the officer to whom they are assigned."
        )),
    "overdue": _W(_l("Overdue requests of each officer"), _l("Those of them whose limit has passed.")),
    "covered": _W(
        _l("Open requests covered for absent officers"),
        _l("Open requests of officers who are away, by the person who stands in for them today."),
    ),
}  # fmt: skip
