"""By when the State must answer questions that are asked now."""

from datetime import date

from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.reference.calendars import work_calendar
from app.reference.limits import limits_in_force
from app.workflow.calendar import in_force
from app.workflow.vocabulary import LimitKey
from app.workflow.workdays import DayCount


def answer_due_on(session: Session, state_id: int) -> date | None:
    """Return the last day of the limit `answer` for questions asked now, in the State's working days.

    The projection computes the same once questions are asked for which the work waits; this tells the officer and the
    State beforehand, and it is the day by which an answer to any other question is asked for.
    """
    calendar = work_calendar(session, state_id)
    today = calendar.local_day(now())
    line = in_force([limit for limit in limits_in_force(session) if limit.key is LimitKey.ANSWER], today)
    return None if line is None else DayCount(calendar, today, line.span.unit).nth(line.span.amount)
