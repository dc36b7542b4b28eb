"""What the chief and programme support leave behind: proposals, decisions, holds, money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.casework.audiences import Readership
from app.decision.models import OutcomeProposal, TypeDecision
from app.decision.vocabulary import REASONS_OF, DeclineReason
from app.demo.filling import money
from app.demo.filling.cast import Person
from app.demo.filling.contents import phrases
from app.demo.filling.record import Record
from app.demo.filling.requesting import judge
from app.demo.filling.reviewing import copy_to_committee
from app.demo.filling.walk import Turn
from app.funding.models import Hold
from app.workflow.vocabulary import (
    Action,
    AssistanceType,
    Audience,
    EligibilityCheck,
    HoldReason,
    OutcomeKind,
    Position,
    State,
)

A = Action
_TPB_ONLY = {"seen_by": Readership.TPB_ONLY.value}


def _urgent(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, who
    record.urgent_since = at
    return {}


def _proposed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    kind: OutcomeKind = turn.about["outcome"]
    chance, words = record.sketch.chance, phrases()["outcomes"][kind.value]
    reason = chance.choice(REASONS_OF[kind])
    if kind is OutcomeKind.INELIGIBLE and record.state is State.SCREENING:
        judge(record, at, who, EligibilityCheck.E4)
    record.proposal = record.rows.add(
        OutcomeProposal,
        chance,
        **record.of_case,
        seq=record.next_seq,
        kind=kind,
        reason=reason,
        proposed_in=record.state,
        text=words["text"],
        remedy=words.get("remedy", ""),
        lang="en",
        provider=words.get("provider", ""),
        state_agreed=kind is OutcomeKind.REFER,
        account=words.get("account", ""),
        officer_id=record.officer.id if record.officer else None,
        proposed_by_id=who.id,
        proposed_at=at,
    )
    return {"kind": kind.value, "reason": reason.value, **_TPB_ONLY}


def _as_proposed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    if turn.kind is A.REFER:
        copy_to_committee(record, at)
    return {"proposal_seq": record.proposal["seq"]} if record.proposal else {}


def _approved(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn
    types = sorted(AssistanceType(one) for one in record.content["need"]["types"])
    left = types[:1] if len(types) > 1 and record.sketch.chance.random() < 0.25 else []
    _decide(record, at, who, types, left, record.sketch.chance.choice(tuple(DeclineReason)))
    record.approved_at = at
    given = [one.value for one in types if one not in left]
    return {"approved": given, "declined": [one.value for one in left]}


def _declined(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn
    types = sorted(AssistanceType(one) for one in record.content["need"]["types"])
    reason = record.sketch.chance.choice(tuple(DeclineReason))
    _decide(record, at, who, types, types, reason)
    return {"reason": reason.value}


def _decide(
    record: Record,
    at: datetime,
    who: Person,
    types: list[AssistanceType],
    left: list[AssistanceType],
    reason: DeclineReason,
) -> None:
    for one in types:
        record.rows.add(
            TypeDecision,
            record.sketch.chance,
            **record.of_case,
            seq=record.next_seq,
            type=one,
            approved=one not in left,
            reason=reason if one in left else None,
            text=phrases()["declined"] if one in left else "",
            lang="en",
            decided_by_id=who.id,
            decided_at=at,
        )


def _sent_back(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del at, who
    if turn.kind is A.REASSESS:
        record.approved_at = None
    return {"note": phrases()["sent_back"], "audience": Audience.TPB_ONLY.value}


def _reconsidered(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    """Give the case to another officer than the one whose case it was."""
    del turn, at, who
    former = record.officer
    others = [one for one in record.sketch.officers if former is None or one.id != former.id]
    record.officer = others[0]
    for row in record.consultations.values():
        if row["position"] is Position.OBJECTION:
            row["stands"] = False
    return {"officer_id": record.officer.id, "former_officer_id": former.id if former else None}


def _asked_again(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"note": phrases()["new_fact"], "audience": Audience.STATE_TPB.value}


def _held(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    reason: HoldReason = turn.about["reason"]
    record.hold_reason = reason
    for_money = reason is HoldReason.MONEY
    words = phrases()["held"]
    record.shortfall = record.sketch.chance.randrange(10_000, 60_000) * 100 if for_money else 0
    record.rows.add(
        Hold,
        record.sketch.chance,
        **record.of_case,
        seq=record.next_seq,
        reason=reason,
        text=words,
        lang="en",
        shortfall_minor=record.shortfall or None,
        currency="USD" if for_money else None,
        held_by_id=who.id,
        held_at=at,
    )
    return {"hold_reason": reason.value, "note": words, "audience": Audience.TPB_ONLY.value}


def _resumed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, at, who
    record.hold_reason = None
    return {"note": phrases()["resumed"], "audience": Audience.TPB_ONLY.value}


def _allocated(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    money.allocate(record, at, who, proposed=turn.about["proposed"])
    return _TPB_ONLY


def _allocation_approved(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn
    money.approve(record, at, who)
    return {"approved": True, **_TPB_ONLY}


TELLERS = {
    A.CONFIRM_URGENCY: _urgent,
    A.PROPOSE_OUTCOME: _proposed,
    A.FIND_INELIGIBLE: _as_proposed,
    A.REFER: _as_proposed,
    A.DISCONTINUE: _as_proposed,
    A.APPROVE: _approved,
    A.DECLINE: _declined,
    A.SEND_BACK: _sent_back,
    A.REASSESS: _sent_back,
    A.RECONSIDER: _reconsidered,
    A.ASK_RECONSIDERATION: _asked_again,
    A.HOLD: _held,
    A.RESUME_PLANNING: _resumed,
    A.RESUME_REVIEW: _resumed,
    A.ALLOCATE: _allocated,
    A.APPROVE_ALLOCATION: _allocation_approved,
}
