"""What consulted bodies agreed to in advance: that their silence counts, or no objection to a class of requests."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db.base import Base
from app.foundation.db.types import Code, bigint_pk, code_check, public_key
from app.reference.vocabulary import AgreementKind
from app.workflow.vocabulary import Body

REFERENCE_LENGTH = 120
NOTE_LENGTH = 500
_ONE_SILENCE_RULE = text("kind = 'silence_rule' AND revoked_at IS NULL")


class BodyAgreement(Base):
    """One agreement of CTC/CTED. A row is never changed but to be revoked; a renewal is a row of its own.

    The Office of Legal Affairs is never deemed to have answered, and partners do not block: neither agrees to anything.

    Attributes:
        types: classes of assistance of a standing no-objection; empty for the silence rule.
        letter_reference, letter_date: of the letter, as they stand on it; None where the body's own liaison gave the
            agreement in the product.
        storage_name: of the scanned original in the store of documents; `sha256` is the hash of its content.
        valid_from, valid_to: the first instant at which it is in force and the first at which it is not any more.
        revoked_at: from when it has no effect; what was deemed before stays as it was.
        revocation_note: why, for the record.
    """

    __tablename__ = "body_agreements"
    __table_args__ = (
        code_check("body", Body),
        code_check("kind", AgreementKind),
        CheckConstraint("body = 'ctc_cted'", name="of_ctc"),
        CheckConstraint(
            "(letter_reference IS NULL) = (storage_name IS NULL) AND (letter_date IS NULL) = (storage_name IS NULL) "
            "AND (file_name IS NULL) = (storage_name IS NULL) AND (media_type IS NULL) = (storage_name IS NULL) "
            "AND (size IS NULL) = (storage_name IS NULL) AND (sha256 IS NULL) = (storage_name IS NULL)",
            name="letter_with_original",
        ),
        CheckConstraint("kind <> 'silence_rule' OR storage_name IS NOT NULL", name="silence_in_writing"),
        CheckConstraint("(kind = 'silence_rule') = (valid_to IS NULL)", name="standing_ends"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_somebody"),
        Index(
            "uq_body_agreements_silence_rule",
            "body",
            unique=True,
            sqlite_where=_ONE_SILENCE_RULE,
            postgresql_where=_ONE_SILENCE_RULE,
        ),
        Index("ix_body_agreements_storage_name", "storage_name"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    body: Mapped[Body] = mapped_column(Code(Body))
    kind: Mapped[AgreementKind] = mapped_column(Code(AgreementKind))
    types: Mapped[list[str]]
    letter_reference: Mapped[str | None] = mapped_column(String(REFERENCE_LENGTH))
    letter_date: Mapped[date | None]
    file_name: Mapped[str | None] = mapped_column(String(160))
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    storage_name: Mapped[str | None] = mapped_column(String(100))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revocation_note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="")

    @property
    def is_readable(self) -> bool:
        """Whether there is a letter to be downloaded."""
        return self.storage_name is not None
