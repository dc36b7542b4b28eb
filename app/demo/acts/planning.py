"""The officer drafts the plan (slice `delivery`, plan)."""

from __future__ import annotations

from sqlalchemy import select

from app.casework.content.tasks import Language
from app.delivery.plan import drafting
from app.delivery.plan.commands import SaveActivity, SaveDraft
from app.delivery.plan.models import ResponsePlan
from app.delivery.plan.proposing import propose_plan
from app.delivery.plan.step_commands import ProposePlan
from app.demo.acts.on_stage import OnStage
from app.demo.content import dated
from app.demo.stage import backstage


class Planning(OnStage):
    """Acts of the officer about the plan."""

    def draft_plan(self, login: str) -> None:
        """Draft the plan of the script, with its activities."""
        self._save_draft(login, self.script.plan["summary"], seen=0)
        for activity in self.script.plan.get("activities", ()):
            command = SaveActivity(**self.shown(), **dated(activity, self.stage.today.date()))
            drafting.save_activity(self.actor(login), command)

    def revise_plan(self, login: str) -> None:
        """Write the plan's `revised` summary."""
        with backstage() as session:
            newest = select(ResponsePlan.version).where(ResponsePlan.case_id == self.id_select())
            seen = session.scalars(newest.order_by(ResponsePlan.number.desc()).limit(1)).one()
        self._save_draft(login, self.script.plan["revised"], seen=seen)

    def propose_plan(self, login: str) -> None:
        """Put the newest version of the plan to the State."""
        with backstage() as session:
            numbers = select(ResponsePlan.number).where(ResponsePlan.case_id == self.id_select())
            newest = session.scalars(numbers.order_by(ResponsePlan.number.desc()).limit(1)).one()
        propose_plan(self.actor(login), ProposePlan(**self.shown(), plan=newest))

    def _save_draft(self, login: str, summary: str, *, seen: int) -> None:
        plan = self.script.plan
        command = SaveDraft(
            **self.shown(),
            seen=seen,
            summary=summary,
            expected_results=plan["expected_results"],
            lang=Language.EN,
            currency=plan["currency"],
            costs=tuple(plan["costs"]),
        )
        drafting.save_draft(self.actor(login), command)
