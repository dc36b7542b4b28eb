"""Officers find what is needed, and the chief confirms what is urgent (slice `assessment`)."""

from __future__ import annotations

from sqlalchemy import select

from app.assessment import services, urgency
from app.assessment.commands import COMMANDS, ConfirmUrgency, ReopenAssessment, SignAssessment
from app.assessment.models import Assessment
from app.assessment.vocabulary import Part
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage


class Assessing(OnStage):
    """Acts of the officer in review, and of the chief about urgency."""

    def assess(self, login: str) -> None:
        """Write every part that the script has, and sign."""
        for part in Part:
            if answers := self.script.assessment.get(part.value):
                command = COMMANDS[part].model_validate({**answers, "key": self.key, "version": 0})
                services.save_part(self.actor(login), part, command)
        services.sign(self.actor(login), SignAssessment(key=self.key, version=self._look()))

    def sign_again(self, login: str) -> None:
        """Take the signed assessment up again and sign it as it stands: what changed is no part of it."""
        services.reopen(self.actor(login), ReopenAssessment(key=self.key, version=self._look()))
        services.sign(self.actor(login), SignAssessment(key=self.key, version=self._look()))

    def confirm_urgency(self, login: str) -> None:
        """Confirm the dated event that the State named."""
        urgency.confirm_urgency(self.actor(login), ConfirmUrgency(**self.shown()))

    def _look(self) -> int:
        """Return the version of the newest look at the request."""
        with backstage() as session:
            newest = select(Assessment.version).where(Assessment.case_id == self.id_select())
            return session.scalars(newest.order_by(Assessment.number.desc()).limit(1)).one()
