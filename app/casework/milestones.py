"""What the figures ask of every request, read off its history once and kept with its row.

As `casework.projection` keeps holder and due date: written in the transaction that writes history, compared nightly.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.workflow.vocabulary import Action, State

_VIENNA: Final = ZoneInfo("Europe/Vienna")
#: How far a request came, by the step that proves it; each stands for those before it as well.
STAGES: Final[dict[int, tuple[Action, ...]]] = {
    1: (Action.ACCEPT,),
    2: (Action.CONSULT,),
    3: (Action.PUT_FOR_DECISION,),
    4: (Action.APPROVE, Action.DECLINE, Action.REFER, Action.FIND_INELIGIBLE),
    5: (Action.SUPPLY, Action.REPORT_DELIVERED),
    6: (Action.CLOSE,),
}
DECISIONS: Final = STAGES[4]
_STAGE_OF: Final = {action.value: stage for stage, actions in STAGES.items() for action in actions}
_DECIDING: Final = frozenset(action.value for action in DECISIONS)


def milestones_of(
    entries: Sequence[Any], received_on: date | None, submitted_at: datetime | None, counts_from: datetime | None
) -> dict[str, Any]:
    """Return the columns of `cases` that hold its milestones.

    Args:
        entries: its history in order: `at` (aware), `action`, `from_state`, `to_state`, `payload`.
        received_on: the day on which a request on paper arrived, where its history does not name it.
        submitted_at: when it was submitted (UTC); None for a draft.
        counts_from: the earlier date that a merged request brought (UTC); it wins.
    """
    counted_on, arrived_on = _begun(_arrived(entries) or received_on, submitted_at, counts_from)
    return {
        "counted_on": counted_on,
        "arrived_on": arrived_on,
        "taken_up_on": _day(_first(entries, frozenset({Action.TAKE_UP.value}))),
        "screened_on": _day(next((one.at for one in entries if _ends_screening(one)), None)),
        "decided_at": _first(entries, _DECIDING),
        "stage": max((_STAGE_OF.get(one.action, 0) for one in entries), default=0),
        "was_returned": _first(entries, frozenset({Action.RETURN_FOR_INFORMATION.value})) is not None,
    }


def _arrived(entries: Sequence[Any]) -> date | None:
    """Return the day that the registration of a request on paper names."""
    registered = (one.payload for one in entries if one.action == Action.REGISTER_PAPER.value)
    said = next((payload["received_on"] for payload in registered if payload and "received_on" in payload), None)
    return date.fromisoformat(said) if said is not None else None


def _begun(
    received_on: date | None, submitted_at: datetime | None, counts_from: datetime | None
) -> tuple[date | None, date | None]:
    """Return the day (UTC) that decides on the period, and the day in Vienna from which working days are counted."""
    if counts_from is None and received_on is not None:
        return received_on, received_on
    began = counts_from or submitted_at
    return (began.astimezone(UTC).date(), _day(began)) if began is not None else (None, None)


def _first(entries: Sequence[Any], actions: frozenset[str]) -> datetime | None:
    return next((one.at for one in entries if one.action in actions), None)


def _ends_screening(entry: Any) -> bool:
    return entry.from_state is State.SCREENING and entry.to_state not in (None, State.SCREENING)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(_VIENNA).date() if at is not None else None
