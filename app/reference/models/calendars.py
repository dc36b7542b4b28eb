"""Working calendars with their holidays, and settings and limits with effective dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db.base import Base
from app.foundation.db.types import Code, Json, bigint_pk, code_check, public_key
from app.reference.vocabulary import ChangeKind, DutyStation
from app.workflow.vocabulary import LimitKey

OPEN_ENDED = text("valid_to IS NULL")
IN_EFFECT = text("effective_to IS NULL")
NOT_SUPERSEDED = text("superseded_at IS NULL")
NOT_COUNTED = text("counted_at IS NULL")


class Calendar(Base):
    """The working days of a duty station, or of a State whose holidays somebody entered.

    A State without a row of its own has the default: its week pattern in its zone, no holidays.
    """

    __tablename__ = "calendars"
    __table_args__ = (
        code_check("duty_station", DutyStation),
        CheckConstraint("(duty_station IS NULL) <> (state_id IS NULL)", name="one_owner"),
        CheckConstraint(
            "(duty_station IS NULL) = (time_zone IS NULL) AND (duty_station IS NULL) = (working_days IS NULL)",
            name="week",
        ),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    duty_station: Mapped[DutyStation | None] = mapped_column(Code(DutyStation), unique=True)
    state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"), unique=True)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    """Zone of a duty station; a State's zone and week stand in `states`."""
    working_days: Mapped[str | None] = mapped_column(String(7))
    """Seven digits from Monday to Sunday, 1 = working day."""


class Holiday(Base):
    """A day on which a calendar does not work, for stays that began from `effective_from` until before `effective_to`.

    A corrected or withdrawn entry keeps its row, so that a limit which began before is counted as it was.
    """

    __tablename__ = "holidays"
    __table_args__ = (
        Index(
            "uq_holidays_current", "calendar_id", "day", unique=True, sqlite_where=IN_EFFECT, postgresql_where=IN_EFFECT
        ),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    day: Mapped[date]
    name: Mapped[str]
    source: Mapped[str]
    effective_from: Mapped[date | None]
    """None: always."""
    effective_to: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]
    """Id of the person who entered it; None for what came with the product."""
    source_dated: Mapped[date | None]
    """The day of the circular or law in which it is published."""


class CalendarWeek(Base):
    """Another zone or other working days of a calendar, for stays that begin there on `valid_from` or later."""

    __tablename__ = "calendar_weeks"
    __table_args__ = (
        Index(
            "uq_calendar_weeks_current",
            "calendar_id",
            "valid_from",
            unique=True,
            sqlite_where=NOT_SUPERSEDED,
            postgresql_where=NOT_SUPERSEDED,
        ),
    )

    id: Mapped[bigint_pk]
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    valid_from: Mapped[date]
    time_zone: Mapped[str] = mapped_column(String(64))
    working_days: Mapped[str] = mapped_column(String(7))
    reason: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[int | None]
    superseded_at: Mapped[datetime | None]
    """When another week was set for the same first day."""


class CalendarChange(Base):
    """One change of a calendar, and whether the cases whose due dates follow it were counted again.

    Attributes:
        kind: what changed.
        what: the day, the years or the week, for the list of changes.
        reason: the source, or why.
        counts_from: the first day whose stays are counted so; None for all.
        changed_by: id of the person; None for what the system read.
        counted_at: when the scheduler had counted the cases again; None until then.
        looked: at how many cases it looked.
        moved: how many due dates became another.
    """

    __tablename__ = "calendar_changes"
    __table_args__ = (
        code_check("kind", ChangeKind),
        Index("ix_calendar_changes_waiting", "id", sqlite_where=NOT_COUNTED, postgresql_where=NOT_COUNTED),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    kind: Mapped[ChangeKind] = mapped_column(Code(ChangeKind))
    what: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str]
    counts_from: Mapped[date | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None]
    counted_at: Mapped[datetime | None]
    looked: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)


class SettingValue(Base):
    """A setting's value from `valid_from` until `valid_to`; the defaults stand in `app.reference.settings`."""

    __tablename__ = "settings_values"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("uq_settings_values_start", "key", "valid_from", unique=True),
        Index("uq_settings_values_current", "key", unique=True, sqlite_where=OPEN_ENDED, postgresql_where=OPEN_ENDED),
    )

    id: Mapped[bigint_pk]
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(Json)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    set_by: Mapped[int | None]
    """Id of the person who set it."""
    set_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="", server_default=text("''"))


class LimitSetting(Base):
    """Figures of a limit in place of those of the process, for stays that begin from `valid_from` on."""

    __tablename__ = "limit_settings"
    __table_args__ = (
        code_check("limit_key", LimitKey),
        Index(
            "uq_limit_settings_current",
            "limit_key",
            "valid_from",
            unique=True,
            sqlite_where=NOT_SUPERSEDED,
            postgresql_where=NOT_SUPERSEDED,
        ),
    )

    id: Mapped[bigint_pk]
    limit_key: Mapped[LimitKey] = mapped_column(Code(LimitKey))
    amounts: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    set_at: Mapped[datetime]
    set_by: Mapped[int | None]
    superseded_at: Mapped[datetime | None]
    """When another value was set for the same first day."""
    reason: Mapped[str] = mapped_column(default="", server_default=text("''"))
