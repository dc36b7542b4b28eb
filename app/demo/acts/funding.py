"""Requests rest for money or for another cause, get money, and go on (slice `funding`)."""

from __future__ import annotations

from sqlalchemy import func, select

from app.casework.costs import support_cost
from app.delivery.plan.costs import plan_costs
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage
from app.funding.allocating import allocate
from app.funding.commands import Allocate, PutOnHold, Resume
from app.funding.holding import hold, resume_planning, resume_review
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import HoldReason

CURRENCY = "USD"


class Funding(OnStage):
    """Acts of programme support and of the chief."""

    def hold(self, login: str, reason: HoldReason, *, missing: int | None = None) -> None:
        """Let the case rest, with the words `hold` (for the Branch) and `hold_for_state`.

        Args:
            missing: shortfall in cents, of a hold for money.
        """
        words = self.script.words
        command = PutOnHold(
            **self.shown(),
            reason=reason,
            text=words["hold"],
            for_state=words.get("hold_for_state", ""),
            minor=missing,
            currency=CURRENCY if missing else None,
        )
        hold(self.actor(login), command)

    def allocate(self, login: str, kind: SourceKind, minor: int) -> None:
        """Allocate so many cents, from the source in the word `source`."""
        command = Allocate(
            **self.shown(), kind=kind, source=self.script.words["source"], minor=minor, currency=CURRENCY
        )
        allocate(self.actor(login), command)

    def fund_plan(self, login: str) -> None:
        """Allocate what the newest plan costs, its support cost included, from the word `source` or a donor."""
        with backstage() as session:
            cost = plan_costs(self.id_select()).subquery()
            lines, percent, currency = session.execute(
                select(func.sum(cost.c.minor), func.max(cost.c.support_percent), func.max(cost.c.currency))
            ).one()
        minor = lines + support_cost(lines, percent)
        source = self.script.words.get("source", "Voluntary contribution")
        command = Allocate(
            **self.shown(), kind=SourceKind.EXTRABUDGETARY, source=source, minor=minor, currency=currency
        )
        allocate(self.actor(login), command)

    def resume_planning(self, login: str) -> None:
        """Go on with planning, with the word `resumed`."""
        resume_planning(self.actor(login), Resume(**self.shown(), text=self.script.words["resumed"]))

    def resume_review(self, login: str) -> None:
        """Go on with the review, with the word `resumed`."""
        resume_review(self.actor(login), Resume(**self.shown(), text=self.script.words["resumed"]))
