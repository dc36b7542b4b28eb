"""Merges among filled cases: the other case keeps a mark, and may count from the earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.demo.filling.cast import VIENNA
from app.demo.filling.record import Record
from app.demo.filling.walk import Turn
from app.triage.models import CaseMerge
from app.workflow.states import OPEN
from app.workflow.vocabulary import Action, Mark, Role, State


def merge_or_else(records: Sequence[Record], record: Record, turn: Turn, at: datetime) -> Turn:
    """Return the turn as it is taken: a merge finds its other case, and where there is none the State withdraws.

    Args:
        records: of the batch; one of the same State that is open now is the other case.
        record: whose turn it is.
        turn: any; all but merges stay as they are.
        at: when.
    """
    if turn.kind is not Action.MERGE:
        return turn
    others = [one for one in records if one.state_id == record.state_id and one is not record and _stands(one)]
    if not others:
        return replace(turn, kind=Action.WITHDRAW, by=Role.MISSION, target=State.WITHDRAWN, about={})
    target = record.sketch.chance.choice(others)
    who = record.sketch.by(turn, record.officer)
    of_merge = {"target_id": target.id, "merged_by_id": who.id, "merged_at": at}
    record.rows.add_named(CaseMerge, record.sketch.chance, **record.of_case, **of_merge)
    counted = _counts_from(record)
    target.counts_from = min(_counts_from(target), counted)
    told = {"subject": record.key, "case_id": record.id, "counts_from": counted.isoformat()}
    target.mark(Mark.MERGED_IN, at, who, told)
    return replace(turn, about={**turn.about, "target_id": target.id})


def _stands(one: Record) -> bool:
    return one.number is not None and bool(one.entries) and one.state in OPEN


def _counts_from(record: Record) -> datetime:
    """Return from when the request counts: an earlier one merged into it, the day of the paper, its submission."""
    if record.counts_from is not None:
        return record.counts_from
    if record.received_on is not None:
        return datetime.combine(record.received_on, datetime.min.time(), VIENNA)
    assert record.submitted_at is not None, "only a submitted request is merged"  # noqa: S101
    return record.submitted_at
