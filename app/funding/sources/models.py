"""Sources (contributions, budget lines, offers in kind) and their ledger, whose lines are written once.

How much of a source is available is never stored: `ledger.Standing` computes it from the lines and the allocations.
Neither table says anything about a case but through an allocation, which belongs to the case.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.funding.vocabulary import LineKind, SourceKind

DONOR_LENGTH = 200
TITLE_LENGTH = 200
LINE_LENGTH = 60


class Contribution(Base):
    """One source.

    Attributes:
        donor: who gives; of the regular budget the United Nations itself.
        title: what people call it.
        budget_line: of the existing regular budget, together with `year`; else empty.
        currency: of every line of its ledger (ISO 4217).
        regions: regional groups to which it is earmarked; none for everywhere.
        states: States to which it is earmarked (ISO 3166-1 alpha-3); none for all.
        types: types of assistance to which it is earmarked; none for all.
        expires_on: the last day on which it can be allocated.
        support_percent: programme support cost that an allocation takes besides, 0 to 100; 0 in kind.
        firm: a written pledge counts before it is received.
        from_host: offered by the State that hosts the activity; counts once received, whatever was pledged.
        what: of a contribution in kind, what is given; its lines say what that is worth.
        version: rises with each line and each allocation; forms carry it.
        recorded_for_id: the absent person in whose place it was recorded.
        thanked_on: when the donor was thanked (11).
    """

    __tablename__ = "contributions"
    __table_args__ = (
        code_check("kind", SourceKind),
        CheckConstraint("donor <> ''", name="donor"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("(kind = 'existing_regular_budget') = (budget_line <> '')", name="budget_line"),
        CheckConstraint("(kind = 'existing_regular_budget') = (year IS NOT NULL)", name="budget_year"),
        CheckConstraint("(kind = 'in_kind') = (what <> '')", name="in_kind_named"),
        CheckConstraint("support_percent BETWEEN 0 AND 100", name="support_percent"),
        CheckConstraint("kind <> 'in_kind' OR support_percent = 0", name="in_kind_without_support"),
        CheckConstraint("version > 0", name="version"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    kind: Mapped[SourceKind] = mapped_column(Code(SourceKind))
    donor: Mapped[str] = mapped_column(String(DONOR_LENGTH))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    budget_line: Mapped[str] = mapped_column(String(LINE_LENGTH), default="")
    year: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    regions: Mapped[list[str]] = mapped_column(default=list)
    states: Mapped[list[str]] = mapped_column(default=list)
    types: Mapped[list[str]] = mapped_column(default=list)
    expires_on: Mapped[date | None]
    support_percent: Mapped[int]
    firm: Mapped[bool] = mapped_column(default=True)
    from_host: Mapped[bool] = mapped_column(default=False)
    what: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    thanked_on: Mapped[date | None]
    thanked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ContributionLine(Base):
    """One line of the ledger of a source.

    Attributes:
        minor: minor units of the source's currency; negative only where it corrects another line.
        on_date: the day of what it records, in the words of the paper behind it.
        allocation_id: what was spent or released of, else None.
        corrects_id: the line that it corrects; both add up.
        by_id: who recorded it.
        for_id: the absent person in whose place that was done.
    """

    __tablename__ = "contribution_lines"
    __table_args__ = (
        code_check("kind", LineKind),
        CheckConstraint("minor > 0 OR (corrects_id IS NOT NULL AND minor < 0)", name="minor"),
        CheckConstraint("(kind IN ('spending', 'release')) = (allocation_id IS NOT NULL)", name="of_allocation"),
        Index("ix_contribution_lines_contribution_id", "contribution_id", "kind"),
        Index("ix_contribution_lines_allocation_id", "allocation_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"))
    kind: Mapped[LineKind] = mapped_column(Code(LineKind))
    minor: Mapped[int]
    on_date: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    allocation_id: Mapped[int | None] = mapped_column(ForeignKey("allocations.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("contribution_lines.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
