"""What is known of the note or letter with which a request came on paper."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base

NUMBER_LENGTH = 80


class PaperNote(Base):
    """The note verbale or letter of one request, and who registered it.

    `note_mark` is the number as it is compared (`queries.mark_of`): the same number may be written in many ways. The
    scan is a document of the case.
    """

    __tablename__ = "paper_notes"
    __table_args__ = of_case(
        CheckConstraint("note_number <> ''", name="note_number"),
        Index("ix_paper_notes_state_id_note_mark", "state_id", "note_mark"),
    )

    case_id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int]
    note_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH))
    note_mark: Mapped[str] = mapped_column(String(NUMBER_LENGTH))
    note_date: Mapped[date]
    gist: Mapped[str] = mapped_column(default="")
    """What the original says, in English; the original prevails."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    registered_at: Mapped[datetime] = mapped_column(default=now)
