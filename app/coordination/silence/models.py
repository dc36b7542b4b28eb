"""The proof that a body was deemed to have no objection, as it stood when it was written."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import Base, bigint_pk, public_key


class SilenceProof(Base):
    """Everything that shows why one silence counted. Written once, with the entry in the history.

    Attributes:
        proof: who was asked, how the notice was delivered, each day that was counted, and the agreement in force; see
            `proving.Proof`.
        due_at: the instant at which the limit ended.
        deemed_at: when the silence was recorded.
    """

    __tablename__ = "silence_proofs"
    __table_args__ = of_case(UniqueConstraint("consultation_id"))

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("body_agreements.id"))
    proof: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    deemed_at: Mapped[datetime]
