"""What `/readyz` and `/metrics` ask about the outbox and the jobs."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.notifications.models import DEAD, WAITING, OutboxMessage, ScheduledJob


def outbox_age_seconds(session: Session) -> float:
    """Return how many seconds the most overdue mail should have been tried ago; 0 when none is overdue.

    A mail whose next try lies ahead is not overdue: this tells whether a worker runs, not whether addresses are good.
    """
    oldest = session.scalar(select(func.min(OutboxMessage.next_try_at)).where(WAITING))
    return max((now() - oldest).total_seconds(), 0.0) if oldest is not None else 0.0


def outbox_figures(session: Session) -> dict[str, float]:
    """Return the figures for `/metrics`: mails waiting and given up, each from a partial index, and the delay."""
    waiting = select(func.count()).select_from(OutboxMessage).where(WAITING)
    dead = select(func.count()).select_from(OutboxMessage).where(DEAD)
    return {
        "waiting": float(session.scalar(waiting) or 0),
        "dead": float(session.scalar(dead) or 0),
        "overdue_seconds": outbox_age_seconds(session),
    }


def job_figures(session: Session) -> dict[str, float]:
    """Return the figures for `/metrics`: per job, failures in a row and the seconds since it last ended, if ever."""
    found: dict[str, float] = {}
    rows = session.execute(select(ScheduledJob.name, ScheduledJob.last_finished_at, ScheduledJob.failures))
    for name, ended, failures in rows:
        found[f"{name}_failures"] = float(failures)
        if ended is not None:
            found[f"{name}_seconds_ago"] = (now() - ended).total_seconds()
    return found
