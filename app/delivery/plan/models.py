"""The response plan: one row a version, with its activities, its cost lines and the States that take part.

A version that was proposed to the State stays as it was, the database sees to that; a change makes a new version
(`drafting.draft_of`). Activities keep their key from one version to the next, so that versions can be compared.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.content.results import Modality
from app.casework.models.case import of_case
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.foundation.db import Base, Code, Json, bigint_pk, code_check, new_public_key, public_key
from app.foundation.db.types import PUBLIC_KEY_LENGTH
from app.workflow.vocabulary import AssistanceType

TITLE_LENGTH = 200
CITY_LENGTH = 100
_DRAFT = text("proposed_at IS NULL")


def of_plan(*extra: object) -> tuple[object, ...]:
    """Return the table arguments of a part of a plan: it belongs to the plan, to its case and to the case's State."""
    plan = ForeignKeyConstraint(["plan_id", "case_id"], ["plans.id", "plans.case_id"], ondelete="RESTRICT")
    return of_case(plan, *extra)


class ResponsePlan(Base):
    """One version of the plan of a case.

    Attributes:
        number: 1 for the first version.
        version: rises with each change of the draft itself; activities have their own.
        summary: what will be done, in the officers' words.
        expected_results: what should be different afterwards.
        lang: language of the texts of the plan and of its activities.
        currency: of every cost line (ISO 4217).
        support_percent: programme support cost that is added, as it was in force when the draft was last saved.
        drafted_by_id: who began this version.
        proposed_at: when it was put to the State; None while it is a draft.
        answered_at: when the State agreed to it or asked for changes; also when it was taken back before. Which of
            the three stands in the history.
    """

    __tablename__ = "plans"
    __table_args__ = of_case(
        UniqueConstraint("id", "case_id"),
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("summary <> ''", name="summary"),
        CheckConstraint("support_percent BETWEEN 0 AND 100", name="support_percent"),
        CheckConstraint("answered_at IS NULL OR proposed_at IS NOT NULL", name="answered_when_proposed"),
        Index("uq_plans_draft", "case_id", unique=True, sqlite_where=_DRAFT, postgresql_where=_DRAFT),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    summary: Mapped[str]
    expected_results: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    currency: Mapped[str] = mapped_column(String(3))
    support_percent: Mapped[int]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=now)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    proposed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    @property
    def is_draft(self) -> bool:
        """Whether it was not put to the State, and can still be changed."""
        return self.proposed_at is None


class PlanCost(Base):
    """One line of what a plan costs, in minor units of the plan's currency, without support cost."""

    __tablename__ = "plan_costs"
    __table_args__ = of_plan(
        UniqueConstraint("plan_id", "place"),
        CheckConstraint("what <> ''", name="what"),
        CheckConstraint("minor > 0", name="minor"),
    )

    id: Mapped[bigint_pk]
    plan_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    place: Mapped[int]
    what: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    minor: Mapped[int]


class PlanActivity(Base):
    """One activity of one version of a plan.

    Attributes:
        key: the same in every version of the plan.
        place: its place in the list.
        version: rises with each change.
        city: where, together with `country` (ISO 3166-1 alpha-3); both empty when it is held remotely.
        justice_markers: codes of the parts of criminal justice that it strengthens (8).
        crime_links: codes of the other crime that it is linked to (9).
        paragraphs: operative paragraphs of the resolution on which it rests.
        partners: who else does something in it: `{"name", "role"}`, a role of `PartnerRole` (1).
    """

    __tablename__ = "plan_activities"
    __table_args__ = of_plan(
        UniqueConstraint("id", "case_id"),
        UniqueConstraint("plan_id", "key"),
        code_check("type", AssistanceType),
        code_check("modality", Modality),
        code_check("scope", Scope),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_plan_activities_starts_on", "starts_on"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[str] = mapped_column(String(PUBLIC_KEY_LENGTH), default=new_public_key)
    plan_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    place: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    type: Mapped[AssistanceType] = mapped_column(Code(AssistanceType))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    modality: Mapped[Modality] = mapped_column(Code(Modality))
    city: Mapped[str] = mapped_column(String(CITY_LENGTH), default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    scope: Mapped[Scope] = mapped_column(Code(Scope))
    results: Mapped[str] = mapped_column(default="")
    justice_markers: Mapped[list[str]] = mapped_column(default=list)
    crime_links: Mapped[list[str]] = mapped_column(default=list)
    paragraphs: Mapped[list[int]] = mapped_column(Json, default=list)
    partners: Mapped[list[Any]] = mapped_column(default=list)


class PlanParticipation(Base):
    """A State other than the host that an activity names; it answers for itself (process, Other States)."""

    __tablename__ = "plan_participations"
    __table_args__ = of_plan(
        ForeignKeyConstraint(
            ["activity_id", "case_id"], ["plan_activities.id", "plan_activities.case_id"], ondelete="CASCADE"
        ),
        UniqueConstraint("activity_id", "participant_id"),
        CheckConstraint("participant_id <> state_id", name="not_the_host"),
        Index("ix_plan_participations_participant_id", "participant_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    activity_id: Mapped[int]
    plan_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("states.id"))
