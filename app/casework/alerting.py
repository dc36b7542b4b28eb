"""Which moments of a limit are told to whom (process, Limits): pure, from the due dates of the projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.notices import Circle
from app.casework.vocabulary import AlertKind
from app.workflow.calendar import Due
from app.workflow.vocabulary import LimitKey, Party

A, C, K = AlertKind, Circle, LimitKey


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told of one kind of moment, with which notice.

    `OFFICER` stands for intake where nobody owns the case yet.
    """

    code: str
    circles: frozenset[Circle]


#: Of each kind, the most urgent first: who is told of one is not told of the others that were found with it.
BY_KIND: Mapping[AlertKind, Telling] = {
    A.LONG_PASSED: Telling("case.limit_long_passed", frozenset({C.CHIEF})),
    A.ESCALATED_AGAIN: Telling("case.consultation_late", frozenset({C.OFFICER, C.CHIEF})),
    A.ESCALATED: Telling("case.consultation_late", frozenset({C.OFFICER, C.CHIEF})),
    A.PASSED: Telling("case.limit_passed", frozenset({C.OFFICER, C.MANAGER})),
    A.NEAR: Telling("case.limit_near", frozenset({C.OFFICER})),
}
#: Limits of which one moment is told, in words of its own.
BY_LIMIT: Mapping[LimitKey, Telling] = {
    K.LAPSE: Telling("case.may_lapse", frozenset({C.OFFICER})),
    K.HOLD_REVIEW: Telling("case.hold_review", frozenset({C.OFFICER, C.CHIEF, C.PROGRAMME_SUPPORT})),
    K.PARTNER: Telling("case.limit_passed", frozenset({C.OFFICER})),
    K.PARTICIPATION: Telling("case.participation_unanswered", frozenset({C.OFFICER})),
}
#: What the State does before it submits is its own affair; what comes a year after the end is no delay; and whether it
#: keeps a request that rests, the State is asked by the slice that holds its answer.
UNWATCHED = frozenset({K.PURGE, K.MISSION, K.LOOK_BACK, K.HOLD_ASK})
#: A moment that is not told any more once the later one was found with it.
OVERTAKEN = {A.NEAR: A.PASSED, A.ESCALATED: A.ESCALATED_AGAIN}


def telling_of(due: Due, kind: AlertKind) -> Telling:
    """Return who is told of a moment of `due`. Who decides on a proposal or a request is told before it is late."""
    if due.key in BY_LIMIT:
        return BY_LIMIT[due.key]
    told = BY_KIND[kind]
    if kind is A.NEAR and due.key in {K.OUTCOME, K.DECIDE}:
        return Telling(told.code, told.circles | {C.CHIEF})
    if due.holder is Party.FUNDING:
        return Telling(told.code, told.circles | {C.PROGRAMME_SUPPORT})
    return told


def moments_of(due: Due) -> Iterator[tuple[AlertKind, datetime]]:
    """Yield the moments of one run of a limit with their instants (UTC), of those that are known.

    OLA escalates after so many days; CTC/CTED at the end of its limit, unless its silence counts, which the caller
    asks of the consultation.
    """
    if due.key in UNWATCHED:
        return
    if due.key in BY_LIMIT:
        yield from _known((A.PASSED, due.due_at))
        return
    yield from _known((A.NEAR, due.warn_at), (A.PASSED, due.due_at), (A.LONG_PASSED, due.chief_at))
    if due.key is K.CTC:
        yield from _known((A.ESCALATED, due.due_at))
    yield from zip((A.ESCALATED, A.ESCALATED_AGAIN), due.escalations, strict=False)


def _known(*moments: tuple[AlertKind, datetime | None]) -> Iterator[tuple[AlertKind, datetime]]:
    return ((kind, at) for kind, at in moments if at is not None)
