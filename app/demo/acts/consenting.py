"""The State says with whom a request may be shared (slice `coordination`, consents)."""

from __future__ import annotations

from sqlalchemy import select

from app.casework.models import ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.coordination.consents.commands import GiveConsent, WithdrawConsent
from app.coordination.consents.services import give_consent, withdraw_consent
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage


class Consenting(OnStage):
    """Acts of focal points and missions about consents of a request that was submitted."""

    def give_consent(self, login: str, kind: ConsentKind) -> None:
        """Give a consent that the request did not give."""
        give_consent(self.actor(login), GiveConsent(key=self.key, kind=kind))

    def withdraw_consent(self, login: str, kind: ConsentKind) -> None:
        """Withdraw the consent of this kind that is in force."""
        with backstage() as session:
            held = select(ConsentRecord.key).where(
                ConsentRecord.case_id == self.id_select(),
                ConsentRecord.kind == kind,
                ConsentRecord.withdrawn_at.is_(None),
            )
            consent = session.scalars(held).one()
        withdraw_consent(self.actor(login), WithdrawConsent(key=self.key, consent=consent))
