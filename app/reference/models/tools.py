"""The library of legislative tools (paragraph 5): what there is, its files by language, how often each was fetched."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import now
from app.foundation.db.base import Base
from app.foundation.db.types import Code, Json, bigint_pk, code_check, public_key
from app.reference.vocabulary import ToolKind

PUBLISHER_LENGTH = 200
EDITION_LENGTH = 40
ADDRESS_LENGTH = 500
REASON_LENGTH = 500
_CURRENT = text("superseded_at IS NULL")


class Tool(Base):
    """One tool: a guide, model law, checklist or course. It is never deleted: a State may have got it.

    Attributes:
        titles: by language code; English is always there.
        paragraphs: operative paragraphs of the resolution that it serves.
        instruments: codes of the instruments that it is about.
        edition: as it stands on it, such as "second, revised".
        address: where a course is taken; empty for what is only downloaded.
        demo: made for the demonstration, nobody's publication.
        version: rises with each change.
        withdrawal_reason: why it is no longer given out, for its readers.
    """

    __tablename__ = "tools"
    __table_args__ = (
        code_check("kind", ToolKind),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("year BETWEEN 1945 AND 2100", name="year"),
        CheckConstraint("withdrawn_at IS NULL OR published_at IS NOT NULL", name="withdrawn_after_published"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawal_reason = '')", name="withdrawn_with_reason"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    kind: Mapped[ToolKind] = mapped_column(Code(ToolKind))
    paragraphs: Mapped[list[int]] = mapped_column(Json, default=list)
    instruments: Mapped[list[str]] = mapped_column(default=list)
    publisher: Mapped[str] = mapped_column(String(PUBLISHER_LENGTH))
    year: Mapped[int]
    edition: Mapped[str] = mapped_column(String(EDITION_LENGTH), default="")
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")

    @property
    def is_given_out(self) -> bool:
        """Whether everybody may have it."""
        return self.published_at is not None and self.withdrawn_at is None


class ToolFile(Base):
    """A tool in one language; a file that replaces another leaves the row of that one as it was."""

    __tablename__ = "tool_files"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        Index(
            "uq_tool_files_current", "tool_id", "lang", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
        ),
        Index("ix_tool_files_storage_name", "storage_name"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    tool_id: Mapped[int] = mapped_column(ForeignKey("tools.id"))
    lang: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_name: Mapped[str] = mapped_column(String(100))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]

    @property
    def is_readable(self) -> bool:
        """Whether it can be given out; what the scanner withholds never gets a row."""
        return True


class ToolDownload(Base):
    """How often a file was fetched on one day of UTC; nothing about by whom."""

    __tablename__ = "tool_downloads"
    __table_args__ = (CheckConstraint("times > 0", name="times"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("tool_files.id"), primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
