"""Activities that a State agreed to, the States that take part in them, and the people who came.

An activity begins as what the agreed version of the plan says and keeps its key; what happens to it afterwards stands
here, the plan stays as it was agreed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.content.details import Profession
from app.casework.content.results import Modality
from app.casework.models.case import of_case
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.plan.models import CITY_LENGTH, TITLE_LENGTH
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.foundation.db import Base, Code, Json, bigint_pk, code_check
from app.foundation.db.types import PUBLIC_KEY_LENGTH
from app.workflow.vocabulary import AssistanceType, Audience


def of_activity(*extra: object) -> tuple[object, ...]:
    """Return the table arguments of a part of an activity: it belongs to the activity, its case and its State."""
    activity = ForeignKeyConstraint(
        ["activity_id", "case_id"], ["activities.id", "activities.case_id"], ondelete="RESTRICT"
    )
    return of_case(activity, *extra)


class Activity(Base):
    """One activity of an agreed plan.

    Attributes:
        key: that of the activity in the plan.
        version: rises with each change; forms carry it.
        lang: language of title, results and outcome.
        agreed_starts_on: the first day that the State agreed to; "on time" is measured from it (indicator 18).
        starts_on: the first day as it stands now; of an activity that was held, the day on which it began.
        ends_on: the last day as it stands now; of an activity that was held, the day on which it ended.
        results: what was to come of it, from the plan.
        outcome: what came of it.
        begun_at: when it was recorded that it began.
        held_at: when it was recorded that it was held.
        counted_at: when its participants were counted, if only to none.
        cancel_reason: why it was cancelled.
        cancel_minor: what the cancellation costs, in minor units of `currency` (ISO 4217); 0 for nothing.
    """

    __tablename__ = "activities"
    __table_args__ = of_case(
        UniqueConstraint("id", "case_id"),
        UniqueConstraint("case_id", "key"),
        code_check("status", ActivityStatus),
        code_check("type", AssistanceType),
        code_check("modality", Modality),
        code_check("scope", Scope),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("agreed_starts_on <= agreed_ends_on", name="agreed_in_order"),
        CheckConstraint("(status = 'held') = (held_at IS NOT NULL)", name="held_when_held"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_when_cancelled"),
        CheckConstraint("(status = 'cancelled') = (cancel_reason <> '')", name="cancelled_with_reason"),
        CheckConstraint("(cancel_minor IS NULL) = (currency IS NULL)", name="cost_with_currency"),
        CheckConstraint("cancel_minor IS NULL OR cancel_minor >= 0", name="cost"),
        Index("ix_activities_starts_on", "starts_on"),
        Index("ix_activities_ends_on", "status", "ends_on"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[str] = mapped_column(String(PUBLIC_KEY_LENGTH))
    case_id: Mapped[int]
    state_id: Mapped[int]
    place: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[ActivityStatus] = mapped_column(Code(ActivityStatus), default=ActivityStatus.PLANNED)
    type: Mapped[AssistanceType] = mapped_column(Code(AssistanceType))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    lang: Mapped[str] = mapped_column(String(8))
    scope: Mapped[Scope] = mapped_column(Code(Scope))
    modality: Mapped[Modality] = mapped_column(Code(Modality))
    city: Mapped[str] = mapped_column(String(CITY_LENGTH), default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    agreed_starts_on: Mapped[date]
    agreed_ends_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    results: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    justice_markers: Mapped[list[str]] = mapped_column(default=list)
    crime_links: Mapped[list[str]] = mapped_column(default=list)
    paragraphs: Mapped[list[int]] = mapped_column(Json, default=list)
    partners: Mapped[list[Any]] = mapped_column(default=list)
    begun_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    cancel_minor: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    agreed_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def documents_path(self) -> str:
        """What its documents carry as the field to which they belong."""
        return f"activity.{self.key}"


class ActivityState(Base):
    """A State other than the host that takes part in an activity, because it consented (process, Other States)."""

    __tablename__ = "activity_states"
    __table_args__ = of_activity(
        CheckConstraint("participant_id <> state_id", name="not_the_host"),
        Index("ix_activity_states_participant_id", "participant_id"),
    )

    activity_id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("states.id"), primary_key=True)
    case_id: Mapped[int]
    state_id: Mapped[int]


class ParticipantCount(Base):
    """How many people of one profession, gender and State came to an activity (indicator 14).

    Attributes:
        from_state_id: the State that sent them; the host or one that takes part. None where nobody noted it.
    """

    __tablename__ = "participant_counts"
    __table_args__ = of_activity(
        code_check("profession", Profession),
        code_check("gender", Gender),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("activity_id", "from_state_id", "profession", "gender"),
    )

    id: Mapped[bigint_pk]
    activity_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    from_state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"))
    profession: Mapped[Profession] = mapped_column(Code(Profession))
    gender: Mapped[Gender] = mapped_column(Code(Gender))
    number: Mapped[int]


class ActivityEntry(Base):
    """One dated line of what happened in an activity, written once.

    Attributes:
        happened_on: the day of which it tells.
        audience: who reads it: the Branch alone, or the State as well.
    """

    __tablename__ = "activity_entries"
    __table_args__ = of_activity(
        code_check("audience", Audience),
        CheckConstraint("audience IN ('tpb_only', 'state_tpb')", name="between_state_and_branch"),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_activity_entries_activity_id", "activity_id", "happened_on"),
    )

    id: Mapped[bigint_pk]
    activity_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    happened_on: Mapped[date]
    text: Mapped[str]
    lang: Mapped[str] = mapped_column(String(8))
    audience: Mapped[Audience] = mapped_column(Code(Audience))
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)
