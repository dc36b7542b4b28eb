"""Why cases rest, and what was allocated to them. Both are written once.

When a hold ended stands in the history of the case, and nowhere else. What is spent or released of an allocation are
lines in the ledger of its source (`sources.models`).
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, NullableJson, bigint_pk, code_check, public_key
from app.funding.sources.models import LINE_LENGTH
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import HoldReason

SOURCE_LENGTH = 200


class Hold(Base):
    """One time that a case was put on hold.

    Attributes:
        seq: number of its entry in the history of the case.
        text: why, for the Branch alone.
        for_state: what the State reads besides the kind of reason; may be empty.
        lang: language of `for_state`.
        shortfall_minor: what is missing, of a hold for money, in minor units of `currency` (ISO 4217).
    """

    __tablename__ = "holds"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq"),
        code_check("reason", HoldReason),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("(reason = 'money') = (shortfall_minor IS NOT NULL)", name="money_with_shortfall"),
        CheckConstraint("(currency IS NULL) = (shortfall_minor IS NULL)", name="shortfall_with_currency"),
        CheckConstraint("shortfall_minor IS NULL OR shortfall_minor > 0", name="shortfall"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    reason: Mapped[HoldReason] = mapped_column(Code(HoldReason))
    text: Mapped[str]
    for_state: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    shortfall_minor: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    held_at: Mapped[datetime] = mapped_column(default=now)


class Allocation(Base):
    """Money, or something in kind, that programme support allocated to a case.

    It counts for the plan once `approved_at` is set; until then it is a proposal, which reserves what it takes.

    Attributes:
        seq: number of its entry in the history of the case.
        contribution_id: the source; None of an allocation from before sources had ledgers.
        kind: where it comes from.
        source: name of the contribution, the budget or the giver.
        budget_line: of the existing regular budget, together with `year`; else empty.
        minor: minor units of `currency` (ISO 4217), without support cost; in kind, what it is worth.
        support_minor: programme support cost that it takes besides.
        cost_lines: in kind, the cost lines of the plan that it covers.
        paragraphs: operative paragraphs of the resolution that it serves (12).
        note: for the Branch alone.
        allocated_for_id: the absent person in whose place it was allocated.
        approved_by_id: who approved it; the same person where they had recorded no pledge of the source.
        uncovered_minor: so much of it, support cost included, is no longer behind it, since its source was reduced.
    """

    __tablename__ = "allocations"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq"),
        code_check("kind", SourceKind),
        CheckConstraint("source <> ''", name="source"),
        CheckConstraint("minor > 0", name="minor"),
        CheckConstraint("support_minor >= 0", name="support"),
        CheckConstraint("uncovered_minor BETWEEN 0 AND minor + support_minor", name="uncovered"),
        CheckConstraint("(kind = 'existing_regular_budget') = (budget_line <> '')", name="budget_line"),
        CheckConstraint("(kind = 'existing_regular_budget') = (year IS NOT NULL)", name="budget_year"),
        Index("ix_allocations_kind", "kind"),
        Index("ix_allocations_contribution_id", "contribution_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contributions.id"))
    kind: Mapped[SourceKind] = mapped_column(Code(SourceKind))
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    budget_line: Mapped[str] = mapped_column(String(LINE_LENGTH), default="")
    year: Mapped[int | None]
    minor: Mapped[int]
    support_minor: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    currency: Mapped[str] = mapped_column(String(3))
    cost_lines: Mapped[list[str] | None] = mapped_column(NullableJson)
    paragraphs: Mapped[list[int] | None] = mapped_column(NullableJson)
    note: Mapped[str] = mapped_column(default="")
    allocated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    allocated_for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    allocated_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    uncovered_minor: Mapped[int] = mapped_column(default=0, server_default=text("0"))
