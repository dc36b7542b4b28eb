"""Reminders that a State got before its draft was removed or its request lapsed, and of which it took no notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.casework.models import CaseReminder
from app.demo.filling.record import Record
from app.workflow.vocabulary import Action, LimitKey


def remind(record: Record, action: Action) -> None:
    """Write the reminders that came before a step which follows only on them.

    Args:
        record: the case, as it is before the step.
        action: the step; others than those of the scheduler here have no reminders.
    """
    if action is Action.PURGE:
        _write(record, LimitKey.PURGE, "case.purge_warning", record.entries[-1].at, _PURGE_DAYS)
    elif action is Action.LAPSE_UNANSWERED and record.state_since is not None:
        _write(record, LimitKey.ANSWER, "case.answer_reminder", record.state_since, _ANSWER_DAYS)


#: Days after which the State is reminded: of a draft, and of questions while the request rests.
_PURGE_DAYS = (150, 170)
_ANSWER_DAYS = (14, 24)


def _write(record: Record, key: LimitKey, code: str, since: datetime, days: Sequence[int]) -> None:
    for number, day in enumerate(days, start=1):
        sent = since + timedelta(days=day)
        record.rows.add(
            CaseReminder,
            record.sketch.chance,
            **record.of_case,
            limit_key=key,
            starts_at=since,
            number=number,
            code=code,
            sent_at=sent,
            delivered_at=sent + timedelta(minutes=4),
        )
