"""What the State wrote: mutable tasks of a draft, immutable revisions of what was submitted, consents, questions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.db import Base, Code, NullableJson, bigint_pk, code_check, public_key

IN_FORCE = text("withdrawn_at IS NULL")


class DraftTask(Base):
    """One task of a draft as it was last saved; carries its own version."""

    __tablename__ = "draft_tasks"
    __table_args__ = of_case(UniqueConstraint("case_id", "task"))

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    task: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)


class CaseRevision(Base):
    """What was submitted or answered: written once, never changed."""

    __tablename__ = "case_content"
    __table_args__ = of_case(UniqueConstraint("case_id", "revision"))

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    revision: Mapped[int]
    schema_number: Mapped[int]
    lang: Mapped[str] = mapped_column(String(8))
    data: Mapped[dict[str, Any]]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)


class CaseQuestion(Base):
    """A question to the State, tied to a field of the request or to "other".

    Until `answered_at` is set, `answer`, `cannot_answer` and `correction` are what the State saved for itself to go on
    with later: nobody outside that State may be shown them.

    Attributes:
        round: questions of one round were asked together, and their answers are given together.
        blocking: the work stands still until the round is answered.
        revision: what the request held when it was asked; None when that is not known.
        due_on: by when an answer is asked for where nothing stands still; None where a limit of the process runs.
        correction: the new value of the field; None leaves it as it is.
        closed_at: since when nobody waits for an answer any more, because the request went on without it.
        read_at: when whoever asked, or the officer who has the case now, said to have read the answer.
    """

    __tablename__ = "case_questions"
    __table_args__ = of_case(
        CheckConstraint(
            "answered_at IS NULL OR answer <> '' OR cannot_answer <> '' OR correction IS NOT NULL", name="answered"
        ),
        CheckConstraint("answered_at IS NULL OR closed_at IS NULL", name="answered_or_closed"),
        CheckConstraint("read_at IS NULL OR answered_at IS NOT NULL", name="read_when_answered"),
        CheckConstraint("round > 0", name="round"),
        Index("ix_case_questions_case_id", "case_id", "round"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    round: Mapped[int]
    field_path: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    blocking: Mapped[bool] = mapped_column(default=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(default="")
    cannot_answer: Mapped[str] = mapped_column(default="")
    correction: Mapped[Any] = mapped_column(NullableJson, nullable=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    revision: Mapped[int | None]
    due_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class ConsentRecord(Base):
    """A dated consent of the State, given by a named person; withdrawing it keeps the row.

    Attributes:
        subject: key of the joint visit in the plan; empty for the other kinds.
    """

    __tablename__ = "consent_records"
    __table_args__ = of_case(
        code_check("kind", ConsentKind),
        CheckConstraint("(kind = 'visit') = (subject <> '')", name="visit_named"),
        Index("ix_consent_records_case_id", "case_id"),
        Index(
            "uq_consent_records_in_force",
            "case_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    kind: Mapped[ConsentKind] = mapped_column(Code(ConsentKind))
    subject: Mapped[str] = mapped_column(String(12), default="", server_default=text("''"))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
