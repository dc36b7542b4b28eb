"""The table of documents: one row a version, its file in the store under a name that nobody chose."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.documents.vocabulary import DocumentKind, DocumentStatus
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.foundation.db.types import PUBLIC_KEY_LENGTH
from app.workflow.vocabulary import Audience, Role

TITLE_LENGTH = 200
FILE_NAME_LENGTH = 160
STORAGE_NAME_LENGTH = 100
_CURRENT = text("superseded_at IS NULL")


class Document(Base):
    """One version of one document of a case.

    Attributes:
        series: key of the first version; the versions of a document share it.
        version: 1 for the first; a later one is a row of its own and leaves the earlier ones as they were.
        file_name: as the person called it, cleaned; never a name in the store.
        media_type: what the check found, not what the browser said.
        size: in octets.
        storage_name: of the file in the store.
        audience: who may read it, of this version alone.
        field_path: the field of the request to which it belongs, such as `drafting.texts`; None for most.
        uploaded_as: in which role it was brought; that side, or that body, adds its next version.
        uploaded_by_id: None for what the system made.
        superseded_at: when the next version came; None for the newest.
        widened_at: when its audience was last widened, by `widened_by_id`.
    """

    __tablename__ = "documents"
    __table_args__ = of_case(
        UniqueConstraint("series", "version"),
        code_check("kind", DocumentKind),
        code_check("audience", Audience),
        code_check("status", DocumentStatus),
        code_check("uploaded_as", Role),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("(widened_at IS NULL) = (widened_by_id IS NULL)", name="widened_by_somebody"),
        Index("ix_documents_case_id", "case_id", "series", "version"),
        Index("uq_documents_current", "series", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("ix_documents_storage_name", "storage_name"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    series: Mapped[str] = mapped_column(String(PUBLIC_KEY_LENGTH))
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[DocumentKind] = mapped_column(Code(DocumentKind))
    lang: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    file_name: Mapped[str] = mapped_column(String(FILE_NAME_LENGTH))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_name: Mapped[str] = mapped_column(String(STORAGE_NAME_LENGTH))
    audience: Mapped[Audience] = mapped_column(Code(Audience))
    field_path: Mapped[str | None] = mapped_column(String(80))
    uploaded_as: Mapped[Role] = mapped_column(Code(Role))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=now)
    status: Mapped[DocumentStatus] = mapped_column(Code(DocumentStatus), default=DocumentStatus.ACCEPTED)
    superseded_at: Mapped[datetime | None]
    widened_at: Mapped[datetime | None]
    widened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def is_readable(self) -> bool:
        """Whether it can be downloaded by those whom its audience admits."""
        return self.status is DocumentStatus.ACCEPTED
