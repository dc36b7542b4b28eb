"""The officer drafts the plan (slice `delivery`, plan)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select

from app.casework.content.tasks import Language
from app.delivery.activities import cancelling, moving
from app.delivery.activities.models import Activity
from app.delivery.activities.moves import waiting_moves
from app.delivery.activities.moving_commands import AnswerMove, CancelActivity, MoveActivity
from app.delivery.plan import drafting, proposing
from app.delivery.plan.commands import SaveActivity, SaveDraft
from app.delivery.plan.models import ResponsePlan
from app.delivery.plan.step_commands import AgreePlan, ProposePlan, RequestChanges, Reschedule
from app.demo.acts.on_stage import OnStage
from app.demo.content import dated
from app.demo.stage import backstage


class Planning(OnStage):
    """Acts of the officer about the plan and its activities, and what the State answers."""

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
        proposing.propose_plan(self.actor(login), ProposePlan(**self.shown(), plan=self._newest()))

    def ask_changes(self, login: str) -> None:
        """Say for the State what should change: the word `plan_changes`."""
        comment = self.script.words["plan_changes"]
        command = RequestChanges(**self.shown(), plan=self._newest(), comment=comment)
        proposing.request_plan_changes(self.actor(login), command)

    def agree_plan(self, login: str) -> None:
        """Agree to the plan for the State."""
        proposing.agree_plan(self.actor(login), AgreePlan(**self.shown(), plan=self._newest()))

    def reschedule(self, login: str) -> None:
        """Take the agreed plan up again, for the word `rescheduled`."""
        command = Reschedule(**self.shown(), what_changed=self.script.words["rescheduled"])
        proposing.reschedule(self.actor(login), command)

    def move(self, login: str, place: int, days: int) -> None:
        """Propose to hold an activity so many days later, for the word `moved`.

        Args:
            place: of the activity in the plan, from 0.
        """
        row, later = self._standing_activity(place), timedelta(days=days)
        dates = {"starts_on": row.starts_on + later, "ends_on": row.ends_on + later}
        command = MoveActivity(**self.shown(), activity=row.key, reason=self.script.words["moved"], **dates)
        moving.move_activity(self.actor(login), command)

    def answer_move(self, login: str, *, accepted: bool) -> None:
        """Answer for the State the move that was proposed first."""
        with backstage() as session:
            move = session.scalars(waiting_moves(self.id_select())).all()[0].key
        moving.answer_move(self.actor(login), AnswerMove(**self.shown(), move=move, accepted=accepted))

    def cancel_activity(self, login: str, place: int, minor: int) -> None:
        """Cancel an activity for the word `cancelled`; it costs so many cents. `place`: see `move`."""
        reason = self.script.words["cancelled"]
        command = CancelActivity(
            **self.shown(), activity=self._standing_activity(place).key, reason=reason, minor=minor
        )
        cancelling.cancel_activity(self.actor(login), command)

    def _newest(self) -> int:
        with backstage() as session:
            numbers = select(ResponsePlan.number).where(ResponsePlan.case_id == self.id_select())
            return session.scalars(numbers.order_by(ResponsePlan.number.desc()).limit(1)).one()

    def _standing_activity(self, place: int) -> Row[Any]:
        wanted = select(Activity.key, Activity.starts_on, Activity.ends_on).where(
            Activity.case_id == self.id_select(), Activity.place == place
        )
        with backstage() as session:
            return session.execute(wanted).one()

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
