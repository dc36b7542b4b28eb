"""Facts about time: which limits run, how many of their reminders arrived, until when something is possible."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseReminder
from app.casework.projection import projection_of
from app.reference.calendars import case_calendars
from app.workflow.calendar import Due
from app.workflow.definition import PROCESS
from app.workflow.facts import CaseCore, ClockFacts, LimitFacts
from app.workflow.vocabulary import LimitKey, State, Window
from app.workflow.workdays import window_end

#: In which states a window is open; it opens on entering them (process, Steps: revive, reconsider, reopen).
WINDOW_STATES: Mapping[State, Window] = {
    State.LAPSED: Window.REVIVE,
    State.NOT_ELIGIBLE: Window.RECONSIDER,
    State.DECLINED: Window.RECONSIDER,
    State.CLOSED: Window.REOPEN,
}
#: Limits without reminders of their own end after those of another limit that began with them.
REMINDED_AS = {LimitKey.LAPSE: LimitKey.ANSWER}
#: States in which some guard asks for a limit.
LIMITED = frozenset({State.DRAFT, State.RETURNED, State.PLANNING, State.DELIVERED, State.EVALUATION})

Reminded = Counter[tuple[LimitKey, datetime]]


def clock_facts(session: Session, case_id: int, core: CaseCore) -> ClockFacts:
    """Provide `Section.CLOCK`: at most two statements, none where only a window matters.

    Args:
        session: of a reader or writer who sees the case.
        case_id: the case, already loaded in `session`.
        core: where it stands.
    """
    return ClockFacts(_limits(session, case_id) if core.state in LIMITED else (), _windows(session, core))


def delivered_reminders(session: Session, case_id: int) -> Reminded:
    """Return how many reminders were delivered, by limit and the instant at which it began to run: one statement."""
    rows = session.execute(
        select(CaseReminder.limit_key, CaseReminder.starts_at).where(
            CaseReminder.case_id == case_id, CaseReminder.delivered_at.is_not(None)
        )
    )
    return Counter((row.limit_key, row.starts_at) for row in rows)


def _limits(session: Session, case_id: int) -> tuple[LimitFacts, ...]:
    case = session.get_one(AssistanceRequest, case_id)
    delivered = delivered_reminders(session, case_id)
    return tuple(_limit(due, delivered) for due in projection_of(session, case).open_due)


def _limit(due: Due, delivered: Reminded) -> LimitFacts:
    reminders = delivered[(REMINDED_AS.get(due.key, due.key), due.starts_at)]
    # A reminder that arrived says all that the first notice said.
    return LimitFacts(due.key, due.due_at, reminders, notice_delivered=reminders > 0)


def _windows(session: Session, core: CaseCore) -> dict[Window, datetime]:
    window = WINDOW_STATES.get(core.state)
    if window is None:
        return {}
    calendar = case_calendars(session, core.state_id).state
    return {window: window_end(core.state_since, dict(PROCESS.windows)[window], calendar)}
