"""Follow-ups among filled cases: a request that takes up again what an earlier one of its State recommended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.casework.content.checking import LIGHT_TYPES
from app.delivery.models import Renewal
from app.demo.filling.cast import Person
from app.demo.filling.record import Record
from app.demo.filling.walk import Turn
from app.workflow.vocabulary import Action, AssistanceType, State


def follow_or_begin(records: Sequence[Record], record: Record, turn: Turn) -> Turn:
    """Return the turn as it is taken: a draft that would follow an earlier request finds it, or begins alone.

    Args:
        records: of the batch; one of the same State that is closed now, and recommended something, is followed.
        record: whose turn it is.
        turn: any; all but the beginning of such a draft stay as they are.
    """
    if turn.kind is not Action.DRAFT_REQUEST or not record.sketch.follows:
        return turn
    types = {AssistanceType(one) for one in record.sketch.content["need"]["types"]}
    earlier = [one for one in records if one.state_id == record.state_id and _can_be_followed(one)]
    if not earlier or types <= LIGHT_TYPES:
        return turn
    record.parent = record.sketch.chance.choice(earlier)
    record.sketch.content["need"] |= {
        "types": sorted({*(one.value for one in types), AssistanceType.FOLLOW_UP.value}),
        "parent": record.parent.number,
    }
    return replace(turn, kind=Action.REQUEST_FOLLOW_UP)


def _can_be_followed(one: Record) -> bool:
    return one.state is State.CLOSED and bool(one.recommended)


def _followed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    """Begin with what is known from the earlier request, and take up what it recommended."""
    del turn, at, who
    parent = record.parent
    if parent is None:
        raise LookupError(record.key)
    need = {
        "title": parent.content["need"]["title"],
        "types": [AssistanceType.FOLLOW_UP.value],
        "parent": parent.number,
    }
    record.content = {"who": parent.content["who"], "need": need}
    for row in parent.recommended:
        record.rows.add(Renewal, record.sketch.chance, **record.of_case, recommendation_id=row["id"])
    return {"parent_id": parent.id}


TELLERS = {Action.REQUEST_FOLLOW_UP: _followed}
