"""What starts a limit for its reader leaves at once, whatever the reader chose; what may wait can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from app.casework.circles import Circle, Telling
from app.casework.notices import TELLINGS, WITH_DUE
from app.notifications.choices import ROLES_OF_KIND
from app.notifications.messages import MESSAGES
from app.workflow.definition import PROCESS
from app.workflow.limits import LIMITS
from app.workflow.model import Act, Limit, Runs, Step
from app.workflow.states import PHASE_OF
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, Action, LimitKey, Mark, Party, Phase, Role, State

#: The age of an untouched draft is no limit of the table: its warnings say when it ends, and always leave.
NO_LIMIT_OF_THE_TABLE: Final = frozenset({LimitKey.PURGE})
OF_STATE: Final = frozenset({Circle.FOCAL_POINTS, Circle.MISSION})
OF_BODIES: Final = frozenset({Circle.LIAISONS, Circle.CTC_LIAISONS, Circle.COUNCIL, Circle.NAMED})
#: Whose turn it is while a limit of the Branch runs.
TURN_OF: Final = {
    LimitKey.TAKE_UP: {Circle.INTAKE},
    LimitKey.SCREEN: {Circle.INTAKE},
    LimitKey.ASSESS: {Circle.OFFICER},
    LimitKey.OUTCOME: {Circle.CHIEF},
    LimitKey.DECIDE: {Circle.CHIEF},
    LimitKey.PLAN: {Circle.OFFICER},
    LimitKey.HOLD_REVIEW: {Circle.OFFICER, Circle.CHIEF, Circle.PROGRAMME_SUPPORT},
    LimitKey.HOLD_ASK: set[Circle](),
    LimitKey.REPORT: {Circle.OFFICER},
}
#: The limits of the bodies run from the delivery of the message that asks them.
ASKED: Final = {"case.consultation", "body.consultation"}
#: What can be done only for a while, from these messages on: their windows close (process, Limits).
WINDOWS: Final = {"case.not_eligible", "case.declined", "case.lapsed", "case.position_recorded"}


def readers(limit: Limit) -> frozenset[Circle]:
    """The circles that are late when `limit` passes."""
    if limit.holder is Party.STATE:
        return OF_STATE
    return frozenset(TURN_OF[limit.key]) if limit.holder is Party.TPB else OF_BODIES


def begins(runs: Runs, line: Step | Act, action: Action | Mark) -> bool:
    """Whether a run of a limit begins when `line` is taken."""
    sources = set(line.sources)
    if isinstance(line, Act):
        arrived = {line.creates} if line.creates is not None else set[State]()
        return bool(arrived & runs.states and runs.on_entry) or (action in runs.starts and bool(sources & runs.states))
    enters = runs.on_entry and line.target in runs.states and not sources <= runs.states
    if runs.first_only:
        # whatever comes from beyond has been there before
        enters = enters and any(PHASE_OF[one] is Phase.RECEIVED and one is State.SUBMITTED for one in sources)
    return enters or action in runs.starts


def starting() -> Iterator[tuple[LimitKey, Telling]]:
    """Every notice of a step or act with a limit that begins with it for its reader."""
    for line in PROCESS.lines:
        for limit in LIMITS:
            if limit.key in NO_LIMIT_OF_THE_TABLE or not any(begins(one, line, line.action) for one in limit.runs):
                continue
            for telling in TELLINGS.get(line.action, ()):
                if telling.circle in readers(limit):
                    yield limit.key, telling


STARTING: Final = sorted({(key.value, telling.code) for key, telling in starting()})


def test_the_process_names_what_starts_limits() -> None:
    for one in (
        ("take_up", "case.new_request"),
        ("mission", "case.please_confirm"),
        ("answer", "case.questions"),
        ("answer", "case.question"),
        ("assess", "case.yours_to_assess"),
        ("assess", "case.sent_back"),
        ("outcome", "case.outcome_proposed"),
        ("decide", "case.to_decide"),
        ("plan", "case.yours_to_plan"),
        ("plan", "case.was_resumed"),
        ("hold_review", "case.was_held"),
        ("confirm", "case.supplied"),
    ):
        assert one in STARTING, one
    assert {code for _key, code in STARTING} >= WITH_DUE, "who reads a date has a limit"


@pytest.mark.parametrize("code", sorted({code for _key, code in STARTING} | ASKED | WINDOWS))
def test_what_starts_a_limit_for_its_reader_cannot_be_switched_off(code: str) -> None:
    assert not MESSAGES[code].can_wait


def test_every_limit_of_the_branch_is_somebodys_turn() -> None:
    assert TURN_OF.keys() == {limit.key for limit in LIMITS if limit.holder is Party.TPB}


ROLES_OF: Final = {
    **dict.fromkeys(OF_STATE, STATE_ROLES),
    **dict.fromkeys(OF_BODIES, LIAISON_ROLES),
    Circle.INTAKE: {Role.INTAKE_OFFICER},
    Circle.OFFICER: {Role.CASE_OFFICER},
    Circle.CHIEF: {Role.BRANCH_CHIEF},
    Circle.MANAGER: {Role.MANAGER},
    Circle.PROGRAMME_SUPPORT: {Role.PROGRAMME_SUPPORT},
}


def test_what_may_wait_is_of_a_kind_that_its_reader_can_choose() -> None:
    faults = {
        (telling.circle.name, telling.code)
        for tellings in TELLINGS.values()
        for telling in tellings
        if (template := MESSAGES[telling.code]).can_wait
        and not ROLES_OF_KIND[template.kind] & set(ROLES_OF[telling.circle])
    }
    assert not faults


def test_decisions_and_consultations_are_told_as_such() -> None:
    said = {code: template.kind.value for code, template in MESSAGES.items()}
    for code in ("case.approved", "case.declined", "case.to_decide", "case.sent_back", "case.reconsidered"):
        assert said[code] == "decisions", code
    for code in ("case.consultation", "case.position_given", "case.supplied_under_standing", "body.monthly_list"):
        assert said[code] == "consultations", code
