"""One notice of a consultation to one address, with the link in it and what became of the mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import Base, bigint_pk, public_key

ADDRESS_LENGTH = 254


class ConsultationNotice(Base):
    """One notice: to whom, when, and what is known of its way. The link itself is made when the mail leaves.

    Attributes:
        address: registered address of the body, or of the partner, when it was queued.
        message_id: Message-ID of the mail without its domain; the outbox forgets its row long before this one.
        accepted_at: when the mail server took it.
        bounced_at: when a report came that it did not arrive, with its `bounce_status`.
        expires_at: until when the link is good.
        revoked_at: from when it is not, as an officer said.
        received_at: when somebody pressed "I have received this" on the page behind the link.
        answered_at: when the body answered through it; a link is good for one answer.
    """

    __tablename__ = "consultation_notices"
    __table_args__ = of_case(
        UniqueConstraint("consultation_id", "address"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_somebody"),
        CheckConstraint("(bounced_at IS NULL) = (bounce_status IS NULL)", name="bounced_somehow"),
        Index("ix_consultation_notices_case_id", "case_id", "id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH))
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    queued_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    bounce_status: Mapped[str | None] = mapped_column(String(20))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
