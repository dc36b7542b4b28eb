"""What officers proposed to the chief, and what was decided on each type of assistance: written once.

Whether a proposal still waits, who decided and what the chief answered stands in the history, and nowhere else.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.decision.vocabulary import DeclineReason, OutcomeReason
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import AssistanceType, OutcomeKind, State

PROVIDER_LENGTH = 200


class OutcomeProposal(Base):
    """One proposal of an officer: find ineligible, refer, or discontinue.

    Attributes:
        seq: number of its entry in the history of the case.
        proposed_in: the state of the case; the proposal waits while the case stays there.
        text: why, in the officer's words, for the State.
        remedy: what would make the request eligible, for the State.
        note: for the chief; it never leaves the Branch.
        lang: language of `text` and `remedy`.
        provider: who could help instead, with a referral.
        state_agreed: the State agreed to the referral.
        account: what was delivered and spent, with a proposal to discontinue.
        officer_id: whose case it was.
    """

    __tablename__ = "outcome_proposals"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq"),
        code_check("kind", OutcomeKind),
        code_check("reason", OutcomeReason),
        code_check("proposed_in", State),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("kind <> 'ineligible' OR remedy <> ''", name="ineligible_names_a_remedy"),
        CheckConstraint("kind <> 'refer' OR provider <> ''", name="referral_names_a_provider"),
        CheckConstraint("kind <> 'discontinue' OR account <> ''", name="discontinued_with_account"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    kind: Mapped[OutcomeKind] = mapped_column(Code(OutcomeKind))
    reason: Mapped[OutcomeReason] = mapped_column(Code(OutcomeReason))
    proposed_in: Mapped[State] = mapped_column(Code(State))
    text: Mapped[str]
    remedy: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    provider: Mapped[str] = mapped_column(String(PROVIDER_LENGTH), default="")
    state_agreed: Mapped[bool] = mapped_column(default=False)
    account: Mapped[str] = mapped_column(default="")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)


class TypeDecision(Base):
    """What the chief decided on one type of assistance. Those with the greatest `seq` of a case count.

    A decline of the whole request is a row for each type, with one reason and one text.

    Attributes:
        seq: number of the entry in the history of the case: an approval or a decline.
        reason: why not, of a type that is declined.
        text: why not, in the chief's words, for the State.
        lang: language of `text`.
    """

    __tablename__ = "type_decisions"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq", "type"),
        code_check("type", AssistanceType),
        code_check("reason", DeclineReason),
        CheckConstraint("approved = (reason IS NULL)", name="declined_with_reason"),
        CheckConstraint("approved = (text = '')", name="declined_with_text"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    type: Mapped[AssistanceType] = mapped_column(Code(AssistanceType))
    approved: Mapped[bool]
    reason: Mapped[DeclineReason | None] = mapped_column(Code(DeclineReason))
    text: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
