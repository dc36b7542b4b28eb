"""Settings with effective dates: the defaults stand here, other values in `settings_values`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.reference import cache
from app.reference.models import SettingValue
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: its key, the form of its value, and the value where nobody set another."""

    key: str
    form: TypeAdapter[T]
    default: T


FAST_LANE_BELOW_USD = Setting("fast_lane_below_usd", TypeAdapter(int), 1_000)
"""Estimated cost in whole US dollars below which `supply` is open (process page, Fast lane)."""
SUPPORT_COST_PERCENT = Setting("support_cost_percent", TypeAdapter(int), 13)
"""Programme support cost added to an allocation (process page, Money)."""
PRIORITY_WEIGHTS = Setting(
    "priority_weights",
    TypeAdapter(dict[str, int]),
    {
        "treaty_gaps": 25,
        "legislative_trigger": 20,
        "cted_recommendation": 15,
        "special_situation": 10,
        "no_similar_assistance": 10,
        "regional_demand": 10,
        "readiness": 10,
    },
)
"""The most that each part of the priority score gives (requests page, Priority score)."""

SETTINGS: Mapping[str, Setting[Any]] = {
    one.key: one for one in (FAST_LANE_BELOW_USD, SUPPORT_COST_PERCENT, PRIORITY_WEIGHTS)
}


def setting(session: Session, which: Setting[T], at: datetime | None = None) -> T:
    """Return the value that is in force at `at` (UTC; None for now)."""
    moment = at or now()
    rows = cache.cached(session, "settings", _read)
    values = [value for key, value, start, end in rows if key == which.key and start <= moment and _before(moment, end)]
    return which.form.validate_python(values[-1]) if values else which.default


def set_setting(session: Session, actor: Actor, key: str, value: Any, from_: datetime | None = None) -> None:
    """Set a value from `from_` (UTC; None for now) on; the value before stays as history. Called inside a use case.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such setting.
        InvalidCommand: the value has another form, or the date lies before the last change or in the past.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
    if key not in SETTINGS:
        raise NotFound
    try:
        accepted = SETTINGS[key].form.validate_python(value, strict=True)
    except ValidationError as error:
        raise InvalidCommand(FieldError("value", str(error.errors()[0]["type"]))) from error
    start = from_ or now()
    query = select(SettingValue).where(SettingValue.key == key, SettingValue.valid_to.is_(None))
    held = session.scalars(query).one_or_none()
    if start < now() or (held is not None and start <= held.valid_from):
        raise InvalidCommand(FieldError("valid_from", "not_in_the_past"))
    if held is not None:
        held.valid_to = start
        session.flush()
    dumped = SETTINGS[key].form.dump_python(accepted, mode="json")
    session.add(SettingValue(key=key, value=dumped, valid_from=start, set_by=actor.user_id))
    cache.changed(session)


def _read(session: Session) -> tuple[tuple[str, Any, datetime, datetime | None], ...]:
    query = select(SettingValue.key, SettingValue.value, SettingValue.valid_from, SettingValue.valid_to)
    return tuple(session.execute(query.order_by(SettingValue.valid_from)).tuples())


def _before(moment: datetime, end: datetime | None) -> bool:
    return end is None or moment < end
