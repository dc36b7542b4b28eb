"""Other dates that were proposed for an agreed activity. A row says what was proposed and is answered once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, ScalarSelect, Select, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity, of_activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.foundation.clock import now
from app.foundation.db import Base, bigint_pk, public_key

_WAITS = text("accepted IS NULL AND closed_at IS NULL")
#: What has not happened yet, or is going on: it can be moved or cancelled.
AHEAD = (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED)


class ActivityMove(Base):
    """Other dates of one activity; until the State accepts them the agreed ones stand (process, Acts).

    Attributes:
        from_starts_on: the first day as it stood when the move was proposed, with `from_ends_on`.
        reason: why, for the State and the Branch.
        accepted: what the State answered; None while it waits.
        remark: what the State wrote with its answer.
        closed_at: when it was overtaken before an answer: by another move, a new plan, a cancellation.
    """

    __tablename__ = "activity_moves"
    __table_args__ = of_activity(
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("starts_on <> from_starts_on OR ends_on <> from_ends_on", name="other_dates"),
        CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answer_with_date"),
        CheckConstraint("accepted IS NULL OR closed_at IS NULL", name="answered_or_overtaken"),
        Index("uq_activity_moves_waiting", "activity_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_activity_moves_case_id", "case_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    activity_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    from_starts_on: Mapped[date]
    from_ends_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    accepted: Mapped[bool | None]
    remark: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


def waiting_moves(case_id: object) -> Select[tuple[ActivityMove]]:
    """Return the select of the moves of a case that wait for the State, the first proposed first.

    Args:
        case_id: of a case that the caller got from `visible_cases`, or a column with it.
    """
    return (
        select(ActivityMove)
        .join(Activity, Activity.id == ActivityMove.activity_id)
        .where(
            ActivityMove.case_id == case_id,
            ActivityMove.accepted.is_(None),
            ActivityMove.closed_at.is_(None),
            Activity.status.in_(AHEAD),
        )
        .order_by(ActivityMove.id)
    )


def move_waits() -> ScalarSelect[int]:
    """Return how many moves of a case wait for the State, as a column of a select of cases."""
    waiting = waiting_moves(AssistanceRequest.id).order_by(None).with_only_columns(func.count(ActivityMove.id))
    return waiting.correlate(AssistanceRequest).scalar_subquery()
