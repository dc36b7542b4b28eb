"""What the worker does while the demo plays: the same use cases as its jobs, on the cases that they would find.

The jobs' own look at the database would not see what the play's transaction has not committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from app.casework.commands import RaiseAlerts
from app.casework.escalating import alert_batch, raise_alerts
from app.casework.models import AssistanceRequest, CaseReminder
from app.coordination.links.sending import OfConsultation
from app.coordination.models import Consultation
from app.coordination.monthly.freezing import OfMonth, first_working_day, freeze_month
from app.coordination.silence.deeming import deem_silence, silent
from app.coordination.silence.delivery import settle_delivery, to_settle
from app.delivery.activities.commands import MarkEnded
from app.delivery.activities.ending import mark_ended, over
from app.delivery.evaluation.closing import deem_delivery_confirmed
from app.delivery.evaluation.commands import AskLookBack, DeemDelivered
from app.delivery.evaluation.jobs import ask_look_back, closed_for_long, silent_deliveries
from app.demo.director import Story
from app.demo.stage import LONG_AGO, Stage, backstage, weekday_before
from app.foundation.clock import now
from app.foundation.errors import Refused
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.requests.commands import RemindCase
from app.requests.reminding import record_deliveries, remind_case
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body, State
from app.workflow.workdays import add_months

#: Before the first office of the demo opens; reminders fall due at midnight.
NIGHT: Final = time(2, 15, tzinfo=UTC)
#: After midnight in New York, summer and winter: what CTC/CTED had to say by yesterday was said, or never.
AFTER_MIDNIGHT_THERE: Final = time(5, 10, tzinfo=UTC)
#: In which states somebody is reminded, and the time before which no reminder is due (process, Limits).
REMINDED: Final = {
    State.AWAITING_MISSION: timedelta(days=2),
    State.RETURNED: timedelta(days=12),
    State.DELIVERED: timedelta(days=9),
    State.EVALUATION: timedelta(days=9),
}
#: Reminders of each of these limits, and of that of CTC/CTED.
REMINDERS, OF_BODY = 2, 1
#: Before so long CTC/CTED is neither reminded nor silent: the five working days of a second round.
SECOND_ROUND: Final = timedelta(days=6)
#: Limits are looked at every so many days, and every so many where it is long ago: nobody waits for the demo's mails.
ALERT_EVERY, ALERT_LONG_AGO = 3, 20
REMIND_LONG_AGO = 4


def reminders(stage: Stage, days: int) -> Story:
    """Note which reminders arrived and send those that are due, every night."""
    for at in _weekdays(stage, days, NIGHT, every=1, long_ago=REMIND_LONG_AGO):
        yield at
        if _keys(select(CaseReminder.id).where(CaseReminder.delivered_at.is_(None)).limit(1)):
            record_deliveries(SYSTEM)
        for key in _waiting_cases():
            remind_case(SYSTEM, RemindCase(key=key))


def consultations(stage: Stage, days: int) -> Story:
    """Record which notices were delivered and which silences count, every night."""
    for at in _weekdays(stage, days, AFTER_MIDNIGHT_THERE):
        yield at
        if not _keys(select(Consultation.id).where(Consultation.closed_at.is_(None)).limit(1)):
            continue
        for key in _keys(to_settle()):
            settle_delivery(SYSTEM, OfConsultation(key=key))
        for key in _keys(silent().where(Consultation.notice_delivered_at <= now() - SECOND_ROUND)):
            deem_silence(SYSTEM, OfConsultation(key=key))


def alerts(stage: Stage, days: int) -> Story:
    """Tell of limits that came near or passed, and escalate consultations that wait too long."""
    for at in _weekdays(stage, days, AFTER_MIDNIGHT_THERE, every=ALERT_EVERY, long_ago=ALERT_LONG_AGO):
        yield at
        with backstage() as session:
            keys, _following = alert_batch(session, SYSTEM, 0)
            session.expunge_all()
        for key in keys:
            raise_alerts(SYSTEM, RaiseAlerts(key=key))


def monthly_lists(stage: Stage, days: int) -> Story:
    """Make the list of each month on the first working day after it."""
    month = weekday_before(stage.today.date(), days).replace(day=1)
    with backstage() as session:
        calendar = work_calendar(session, DutyStation.NEW_YORK)
    while True:
        following = add_months(month, 1)
        at = datetime.combine(first_working_day(calendar, following), AFTER_MIDNIGHT_THERE)
        if at >= stage.today:
            return
        yield at
        freeze_month(SYSTEM, OfMonth(month=month))
        month = following


def deliveries(stage: Stage, days: int) -> Story:
    """Take silences as confirmations, note which activities are over, and ask what became of closed requests."""
    for at in _weekdays(stage, days, AFTER_MIDNIGHT_THERE, long_ago=REMIND_LONG_AGO):
        yield at
        for key in _keys(over()):
            mark_ended(SYSTEM, MarkEnded(key=key))
        for key in _keys(silent_deliveries(SYSTEM)):
            with suppress(Refused):
                deem_delivery_confirmed(SYSTEM, DeemDelivered(key=key))
        for key in _keys(closed_for_long(SYSTEM)):
            ask_look_back(SYSTEM, AskLookBack(key=key))


#: Every job of the play, called with the stage and for how many days from Monday to Friday.
JOBS: Final = (reminders, consultations, alerts, deliveries, monthly_lists)


def _weekdays(stage: Stage, days: int, at: time, *, every: int = 1, long_ago: int = 1) -> Iterator[datetime]:
    """Yield this hour of every so-manieth day from Monday to Friday, from `days` before today until yesterday."""
    until = min(days, LONG_AGO)
    for ago in (*range(days, until, -long_ago), *range(until, 0, -every)):
        yield datetime.combine(weekday_before(stage.today.date(), ago), at)


def _keys(wanted: Any) -> list[Any]:
    with backstage() as session:
        return list(session.scalars(wanted))


def _waiting_cases() -> list[str]:
    sent = select(func.count()).where(
        CaseReminder.case_id == AssistanceRequest.id, CaseReminder.starts_at >= AssistanceRequest.state_since
    )
    long_enough = or_(
        *(
            (AssistanceRequest.state == state) & (AssistanceRequest.state_since < now() - earliest)
            for state, earliest in REMINDED.items()
        )
    )
    state_to_act = long_enough & (sent.scalar_subquery() < REMINDERS)
    body_to_answer = _asked_long_enough() & (sent.scalar_subquery() < OF_BODY)
    waiting = select(AssistanceRequest.key).where(state_to_act | body_to_answer)
    return _keys(waiting.order_by(AssistanceRequest.id))


def _asked_long_enough() -> ColumnElement[bool]:
    return (
        select(Consultation.id)
        .where(
            Consultation.case_id == AssistanceRequest.id,
            Consultation.body == Body.CTC_CTED,
            Consultation.closed_at.is_(None),
            Consultation.notice_delivered_at <= now() - SECOND_ROUND,
        )
        .exists()
    )
