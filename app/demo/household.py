"""What happens beside the stories: the scheduler reminds, and people read their notices."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from app.casework.models import AssistanceRequest, CaseReminder
from app.demo.director import Story
from app.demo.people import Player
from app.demo.stage import Stage, backstage, weekday_before
from app.foundation.clock import now
from app.notifications.actions import mark_read
from app.notifications.commands import MarkRead
from app.notifications.models import UNREAD, Notice
from app.requests.commands import RemindCase
from app.requests.reminding import record_deliveries, remind_case
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State

#: Before the first office of the demo opens; reminders fall due at midnight.
NIGHT = time(2, 15, tzinfo=UTC)
EVENING = time(20, 40, tzinfo=UTC)
#: People read their notices every so many days from Monday to Friday; the last they have not seen yet.
READ_EVERY, UNREAD_DAYS = 4, 4
#: In which states a State is reminded, and the time before which no reminder is due (process, Limits: mission, answer).
REMINDED: Final = {State.AWAITING_MISSION: timedelta(days=2), State.RETURNED: timedelta(days=12)}
#: Reminders of each of these limits.
REMINDERS: Final = 2


def scheduler(stage: Stage, days: int) -> Story:
    """Note which reminders arrived and send those that are due, every night.

    The same use cases as the scheduled job, on the cases that can have a reminder due: its own look at the database
    would not see what this transaction has not committed.
    """
    for ago in range(days, 0, -1):
        yield datetime.combine(weekday_before(stage.today.date(), ago), NIGHT)
        record_deliveries(SYSTEM)
        for key in _waiting_cases():
            remind_case(SYSTEM, RemindCase(key=key))


def readers(stage: Stage, days: int) -> Story:
    """Let everybody read what they were told, except in the last days."""
    for ago in range(days, UNREAD_DAYS - 1, -READ_EVERY):
        yield datetime.combine(weekday_before(stage.today.date(), ago), EVENING)
        for player in _with_unread(stage):
            mark_read(player.actor, MarkRead(everything=True))


def _waiting_cases() -> list[str]:
    with backstage() as session:
        sent = select(func.count()).where(
            CaseReminder.case_id == AssistanceRequest.id, CaseReminder.starts_at >= AssistanceRequest.state_since
        )
        long_enough = or_(
            *(
                (AssistanceRequest.state == state) & (AssistanceRequest.state_since < now() - earliest)
                for state, earliest in REMINDED.items()
            )
        )
        waiting = select(AssistanceRequest.key).where(long_enough, sent.scalar_subquery() < REMINDERS)
        return list(session.scalars(waiting.order_by(AssistanceRequest.id)))


def _with_unread(stage: Stage) -> list[Player]:
    with backstage() as session:
        unread = set(session.scalars(select(Notice.user_id).where(UNREAD).distinct()))
    return [player for player in stage.players.values() if player.actor.user_id in unread]
