"""Settings with effective dates: the defaults stand here, other values in `settings_values`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
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


Weight = Annotated[int, Field(ge=0, le=100)]


def _exactly(*names: str) -> AfterValidator:
    """Refuse a table that lacks one of `names` or has another."""

    def check(value: dict[str, int]) -> dict[str, int]:
        if value.keys() != set(names):
            raise PydanticCustomError("other_names", "other names")
        return value

    return AfterValidator(check)


def _adds_up(value: dict[str, int]) -> dict[str, int]:
    if sum(value.values()) != HIGHEST_SCORE:
        raise PydanticCustomError("weights", "another sum")
    return value


HIGHEST_SCORE = 100
Dollars = Annotated[int, Field(ge=0, le=1_000_000)]
FAST_LANE_BELOW_USD = Setting("fast_lane_below_usd", TypeAdapter(Dollars), 1_000)
"""Estimated cost in whole US dollars below which `supply` is open (process page, Fast lane)."""
SUPPORT_COST_PERCENT = Setting("support_cost_percent", TypeAdapter(Weight), 13)
"""Programme support cost added to an allocation (process page, Money)."""
_WEIGHTS = {
    "treaty_gaps": 25,
    "legislative_trigger": 20,
    "cted_recommendation": 15,
    "special_situation": 10,
    "no_similar_assistance": 10,
    "regional_demand": 10,
    "readiness": 10,
}
PRIORITY_WEIGHTS: Setting[dict[str, int]] = Setting(
    "priority_weights",
    TypeAdapter(Annotated[dict[str, Weight], _exactly(*_WEIGHTS), AfterValidator(_adds_up)]),
    _WEIGHTS,
)
"""The most that each part of the priority score gives (requests page, Priority score)."""
_BANDS = {"high": 60, "medium": 30}
PRIORITY_BANDS: Setting[dict[str, int]] = Setting(
    "priority_bands", TypeAdapter(Annotated[dict[str, Weight], _exactly(*_BANDS)]), _BANDS
)
"""From how many points on the score advises a high and a medium priority."""

SETTINGS: Mapping[str, Setting[Any]] = {
    one.key: one for one in (FAST_LANE_BELOW_USD, SUPPORT_COST_PERCENT, PRIORITY_WEIGHTS, PRIORITY_BANDS)
}


def setting(session: Session, which: Setting[T], at: datetime | None = None) -> T:
    """Return the value that is in force at `at` (UTC; None for now)."""
    moment = at or now()
    rows = cache.cached(session, "settings", _read)
    values = [value for key, value, start, end in rows if key == which.key and start <= moment and _before(moment, end)]
    return which.form.validate_python(values[-1]) if values else which.default


def set_setting(
    session: Session, actor: Actor, key: str, value: Any, from_: datetime | None = None, reason: str = ""
) -> None:
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
        raise InvalidCommand(*(_named(one) for one in error.errors())) from error
    start = from_ or now()
    query = select(SettingValue).where(SettingValue.key == key, SettingValue.valid_to.is_(None))
    held = session.scalars(query).one_or_none()
    if start < now() or (held is not None and start <= held.valid_from):
        raise InvalidCommand(FieldError("valid_from", "not_in_the_past"))
    if held is not None:
        held.valid_to = start
        session.flush()
    dumped = SETTINGS[key].form.dump_python(accepted, mode="json")
    session.add(
        SettingValue(key=key, value=dumped, valid_from=start, set_by=actor.user_id, set_at=now(), reason=reason)
    )
    cache.changed(session)


def _named(problem: Any) -> FieldError:
    """Name the value, and the part of it that is wrong."""
    path = ".".join(["value", *(str(part) for part in problem["loc"])])
    return FieldError(path, str(problem["type"]), problem.get("ctx") or {})


def _read(session: Session) -> tuple[tuple[str, Any, datetime, datetime | None], ...]:
    query = select(SettingValue.key, SettingValue.value, SettingValue.valid_from, SettingValue.valid_to)
    return tuple(session.execute(query.order_by(SettingValue.valid_from)).tuples())


def _before(moment: datetime, end: datetime | None) -> bool:
    return end is None or moment < end
