"""The limits of the process with the figures that administrators set, each with the first day of its stays."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PositiveInt
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.reference import cache
from app.reference.models import LimitSetting
from app.workflow.actor import Actor
from app.workflow.limits import LIMITS
from app.workflow.model import Limit, Span
from app.workflow.vocabulary import LimitKey, Role

DEFAULTS = {limit.key: limit for limit in LIMITS}


class LimitAmounts(BaseModel):
    """Figures of one limit, each in the limit's own unit; None keeps the default of the process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    span: PositiveInt = Field(le=1_000)
    urgent: PositiveInt | None = None
    reminders: tuple[PositiveInt, ...] | None = None
    reminders_left: tuple[PositiveInt, ...] | None = None
    escalations: tuple[PositiveInt, ...] | None = None
    last: PositiveInt | None = None
    more_time: PositiveInt | None = None
    second_round: PositiveInt | None = None


SPANS = ("urgent", "last", "more_time", "second_round")
DAYS = ("reminders", "reminders_left", "escalations")
#: The day has begun somewhere on earth so long before it begins in UTC.
FIRST_ZONE = timedelta(hours=14)


def limits_in_force(session: Session) -> tuple[Limit, ...]:
    """Return every limit: the default line of the process, then one line for each day from which it was changed.

    `workflow.calendar.project` picks for each stay the line in force when it began.
    """
    return cache.cached(session, "limits", read_limits)


def read_limits(session: Session) -> tuple[Limit, ...]:
    """Return the same from the database, for pages on which somebody has just changed it: one statement."""
    query = select(LimitSetting).where(LimitSetting.superseded_at.is_(None)).order_by(LimitSetting.valid_from)
    return (*LIMITS, *_lines(session.scalars(query)))


def amounts_of(limit: Limit) -> LimitAmounts:
    """Return the figures of a line, as they would be set."""
    spans: dict[str, Any] = {name: span.amount for name in SPANS if (span := getattr(limit, name)) is not None}
    days: dict[str, Any] = {name: getattr(limit, name) for name in DAYS if getattr(DEFAULTS[limit.key], name)}
    return LimitAmounts(span=limit.span.amount, **spans, **days)


def has_begun(day: date) -> bool:
    """Tell whether `day` has begun anywhere: then a stay may already run that would be counted otherwise."""
    return day <= (now() + FIRST_ZONE).date()


def set_limit(
    session: Session, actor: Actor, key: LimitKey, amounts: LimitAmounts, valid_from: date, reason: str = ""
) -> None:
    """Change a limit for stays that begin on `valid_from` or later. Called inside a use case.

    Args:
        session: writing.
        actor: an administrator.
        key: which limit.
        amounts: the new figures.
        valid_from: a day that has begun nowhere, so that no stay changes its limit while it runs.
        reason: why, in the administrator's words.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidCommand: the day has begun already, or the limit has no such figure, or a reminder lies outside it.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
    if has_begun(valid_from):
        raise InvalidCommand(FieldError("valid_from", "not_in_the_past"))
    check_amounts(DEFAULTS[key], amounts)
    query = select(LimitSetting).where(
        LimitSetting.limit_key == key, LimitSetting.valid_from == valid_from, LimitSetting.superseded_at.is_(None)
    )
    held = session.scalars(query).one_or_none()
    if held is not None:
        held.superseded_at = now()
        session.flush()
    session.add(
        LimitSetting(
            limit_key=key,
            amounts=amounts.model_dump(mode="json", exclude_none=True),
            valid_from=valid_from,
            set_at=now(),
            set_by=actor.user_id,
            reason=reason,
        )
    )
    cache.changed(session)


def with_amounts(limit: Limit, amounts: LimitAmounts, valid_from: date) -> Limit:
    """Return the line of a limit with other figures, for stays from `valid_from` on."""
    changes: dict[str, Any] = {"span": Span(amounts.span, limit.span.unit), "valid_from": valid_from}
    changes |= {name: Span(value, limit.span.unit) for name in SPANS if (value := getattr(amounts, name)) is not None}
    changes |= {name: value for name in DAYS if (value := getattr(amounts, name)) is not None}
    # A default reminder that no longer falls inside a shortened limit is left out.
    for name in ("reminders", "reminders_left"):
        kept = changes.get(name, getattr(limit, name))
        changes[name] = tuple(day for day in kept if day < amounts.span)
    return replace(limit, **changes)


def check_amounts(limit: Limit, amounts: LimitAmounts) -> None:
    """Refuse figures that the limit does not have, or that contradict each other.

    Raises:
        InvalidCommand: names the figure.
    """
    for name in SPANS:
        if getattr(amounts, name) is not None and getattr(limit, name) is None:
            raise InvalidCommand(FieldError(name, "no_such_figure"))
    for name in ("reminders", "reminders_left"):
        if getattr(amounts, name) and not getattr(limit, name):
            raise InvalidCommand(FieldError(name, "no_such_figure"))
        if any(day >= amounts.span for day in getattr(amounts, name) or ()):
            raise InvalidCommand(FieldError(name, "outside_limit"))
    if amounts.urgent is not None and amounts.urgent > amounts.span:
        raise InvalidCommand(FieldError("urgent", "urgent_longer"))
    escalations = amounts.escalations or ()
    if amounts.escalations is not None and len(escalations) != len(limit.escalations):
        raise InvalidCommand(FieldError("escalations", "as_many_escalations"))
    if list(escalations) != sorted(set(escalations)):
        raise InvalidCommand(FieldError("escalations", "not_in_order"))
    if amounts.last is not None and amounts.last < max((amounts.span, *escalations)):
        raise InvalidCommand(FieldError("last", "last_too_early"))


def _lines(rows: Iterable[LimitSetting]) -> Iterable[Limit]:
    for row in rows:
        yield with_amounts(DEFAULTS[row.limit_key], LimitAmounts.model_validate(row.amounts), row.valid_from)
