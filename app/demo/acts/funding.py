"""Requests rest for money or for another cause, get money, and go on (slice `funding`)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from app.casework.costs import support_cost
from app.delivery.plan.costs import plan_costs
from app.demo.acts.giving import Giving, key_of_source
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
        """Allocate so many cents from the source in the word `source`, which a colleague recorded as received."""
        given = Giving(self.script.words["source"], self.script.words.get("donor", "Kingdom of Aurelund"))
        percent = 0 if kind is SourceKind.IN_KIND else 13
        source = self.recorded(replace(given, kind=kind, currency=CURRENCY), minor, percent)
        allocate(self.actor(login), Allocate(**self.shown(), source=source, minor=minor))

    def allocate_from(self, login: str, giving: Giving, minor: int) -> None:
        """Allocate so many cents, support cost not among them, of what somebody gave."""
        source = key_of_source(self.stage, giving, minor)
        allocate(self.actor(login), Allocate(**self.shown(), source=source, minor=minor))

    def fund_plan(self, login: str) -> None:
        """Allocate what the newest plan costs, its support cost included, from the word `source` or a donor."""
        with backstage() as session:
            cost = plan_costs(self.id_select()).subquery()
            lines, percent, currency = session.execute(
                select(func.sum(cost.c.minor), func.max(cost.c.support_percent), func.max(cost.c.currency))
            ).one()
        given = Giving("Voluntary contribution for assistance", "Kingdom of Aurelund", currency=currency)
        # PostgreSQL adds whole numbers up to a decimal
        minor = int(lines)
        source = self.recorded(given, minor, percent)
        allocate(self.actor(login), Allocate(**self.shown(), source=source, minor=minor))

    def recorded(self, giving: Giving, minor: int, percent: int = 13) -> str:
        """Return the key of a source of which `minor` can be allocated: a colleague records what it lacks."""
        return key_of_source(self.stage, giving, minor + support_cost(minor, percent))

    def resume_planning(self, login: str) -> None:
        """Go on with planning, with the word `resumed`."""
        resume_planning(self.actor(login), Resume(**self.shown(), text=self.script.words["resumed"]))

    def resume_review(self, login: str) -> None:
        """Go on with the review, with the word `resumed`."""
        resume_review(self.actor(login), Resume(**self.shown(), text=self.script.words["resumed"]))
