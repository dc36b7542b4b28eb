"""Other States in an activity: the host says who may be told, each invited State answers (slice `delivery`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.delivery.participation.answering import answer_invitation
from app.delivery.participation.commands import AnswerInvitation, Disclose, Nominee, OfCase
from app.delivery.participation.models import Participation
from app.delivery.participation.services import disclose, put_invitations
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage
from app.reference.states import state_by_code


class Participating(OnStage):
    """Acts of officer, host and guests about invitations."""

    def put_invitations(self, login: str) -> None:
        """Ask the host which of the States in the plan may be told."""
        put_invitations(self.actor(login), OfCase(key=self.key))

    def disclose(self, login: str, *guests: str, agree: bool = True) -> None:
        """Agree for the host that States (codes) are told, or say that they are not; all that wait without any."""
        with backstage() as session:
            wanted = {state_by_code(session, code).id for code in guests}
            waiting = select(Participation.key, Participation.participant_id).where(
                Participation.case_id == self.id_select(),
                Participation.closed_at.is_(None),
                Participation.disclosed_at.is_(None),
            )
            rows = session.execute(waiting.order_by(Participation.id)).all()
            keys = tuple(row.key for row in rows if not wanted or row.participant_id in wanted)
        disclose(self.actor(login), Disclose(key=self.key, participations=keys, agree=agree))

    def join_in(self, login: str, nominees: Sequence[Nominee] = (), remark: str = "") -> None:
        """Consent for the State of `login`, and nominate people."""
        self._answer(login, ParticipationAnswer.CONSENT, remark, tuple(nominees))

    def stay_away(self, login: str, remark: str = "") -> None:
        """Decline for the State of `login`."""
        self._answer(login, ParticipationAnswer.DECLINE, remark, ())

    def _answer(self, login: str, said: ParticipationAnswer, remark: str, nominees: tuple[Nominee, ...]) -> None:
        actor = self.actor(login)
        with backstage() as session:
            asked = select(Participation.key, Participation.version).where(
                Participation.case_id == self.id_select(),
                Participation.participant_id == actor.state_id,
                Participation.closed_at.is_(None),
            )
            row = session.execute(asked).one()
        answer_invitation(
            actor, AnswerInvitation(key=row.key, seen=row.version, answer=said, remark=remark, nominees=nominees)
        )
