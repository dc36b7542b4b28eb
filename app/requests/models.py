"""Drafts that were proposed to a State by somebody outside it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import TITLE_LENGTH, of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.requests.vocabulary import ProposalAnswer


class Proposal(Base):
    """Who proposed a draft to its State, and whether the State made it its own.

    The title is kept as it was proposed: it is all that the proposer sees again, whatever the State makes of the draft.
    """

    __tablename__ = "proposals"
    __table_args__ = of_case(
        code_check("answer", ProposalAnswer),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_proposals_proposed_by_id", "proposed_by_id", "id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int] = mapped_column(unique=True)
    state_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    lang: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[ProposalAnswer | None] = mapped_column(Code(ProposalAnswer))
    answered_at: Mapped[datetime | None]
