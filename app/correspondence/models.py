"""Messages and notes on a case, and who has read them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.audiences import Readership
from app.casework.content.tasks import Language
from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.workflow.vocabulary import Audience, Role


class Message(Base):
    """One message; a note is a message for TPB only. What was written never changes, its audience only grows.

    Attributes:
        before_submission: the State wrote it among itself; it stays with the State for good.
        written_as: the role in which its writer wrote: it says on which side they stand.
        widened_at: when it was last opened to more readers; each time is in the history.
        widened_for_id: the absent person for whom a stand-in opened it.
    """

    __tablename__ = "messages"
    __table_args__ = of_case(
        UniqueConstraint("id", "case_id"),
        code_check("audience", Audience),
        code_check("written_as", Role),
        CheckConstraint(
            "NOT before_submission OR (audience = 'state_tpb' AND widened_at IS NULL)", name="stays_with_state"
        ),
        CheckConstraint("(widened_at IS NULL) = (widened_by_id IS NULL)", name="widened"),
        Index("ix_messages_case_id_id", "case_id", "id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    audience: Mapped[Audience] = mapped_column(Code(Audience))
    before_submission: Mapped[bool]
    lang: Mapped[str] = mapped_column(String(8))
    text: Mapped[str]
    written_as: Mapped[Role] = mapped_column(Code(Role))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)
    widened_at: Mapped[datetime | None]
    widened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    widened_for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def tongue(self) -> str | None:
        """The language for `lang`; None when it is none of those that the form names."""
        return None if self.lang == Language.OTHER else self.lang

    @property
    def readership(self) -> Readership:
        """Who reads it."""
        return Readership.of(self.audience, before_submission=self.before_submission)


class MessageRead(Base):
    """One person has read one message."""

    __tablename__ = "message_reads"
    __table_args__ = of_case(ForeignKeyConstraint(["message_id", "case_id"], ["messages.id", "messages.case_id"]))

    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int]
    state_id: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(default=now)
