"""Participations: what another State was told of an activity, and what it answered.

A row is all that the invited State ever sees of a case: host, title, dates and place, as the host agreed to have them
disclosed. When they change, the row is closed and a new one asks again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.models import CITY_LENGTH, TITLE_LENGTH
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.foundation.db.types import PUBLIC_KEY_LENGTH

_STANDS = text("closed_at IS NULL")


class Participation(Base):
    """One State asked to take part in one activity, on the terms that stand here.

    Attributes:
        state_id: the host, as in every table about a case.
        activity_key: key of the activity in the plan.
        participant_id: the State that is asked.
        lang: language of the title.
        disclosed_at: when the host agreed that this State is told; None before.
        withheld_at: when the host said that this State is not to be told; it may agree later.
        asked_at: when it was asked.
        answer_by: the day that it was told to answer by.
        reminders: how many reminders went out, the last of them at `reminded_at`.
        remark: what it wrote with its answer.
        nominees: whom it nominates: `{"name", "function", "institution"}`.
        closed_at: when these terms were given up: the plan changed, or goes on without the State.
    """

    __tablename__ = "participations"
    __table_args__ = of_case(
        code_check("answer", ParticipationAnswer),
        CheckConstraint("participant_id <> state_id", name="not_the_host"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("asked_at IS NULL OR disclosed_at IS NOT NULL", name="asked_when_disclosed"),
        CheckConstraint("disclosed_at IS NULL OR withheld_at IS NULL", name="disclosed_or_withheld"),
        CheckConstraint("answered_at IS NULL OR asked_at IS NOT NULL", name="answered_when_asked"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_with_date"),
        Index("ix_participations_participant_id", "participant_id", "asked_at"),
        Index(
            "uq_participations_standing",
            "case_id",
            "activity_key",
            "participant_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    activity_key: Mapped[str] = mapped_column(String(PUBLIC_KEY_LENGTH))
    participant_id: Mapped[int] = mapped_column(ForeignKey("states.id"))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    lang: Mapped[str] = mapped_column(String(8))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    city: Mapped[str] = mapped_column(String(CITY_LENGTH), default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)
    disclosed_at: Mapped[datetime | None]
    withheld_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    answer_by: Mapped[date | None]
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[ParticipationAnswer | None] = mapped_column(Code(ParticipationAnswer))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    remark: Mapped[str] = mapped_column(default="")
    nominees: Mapped[list[Any]] = mapped_column(default=list)
    closed_at: Mapped[datetime | None]
