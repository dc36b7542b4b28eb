"""Bodies are asked, and answer (slice `coordination`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.coordination import positions, recording, rounds
from app.coordination.commands import (
    Acknowledge,
    AskMoreTime,
    Consult,
    GivePosition,
    Partner,
    ProceedWithout,
    RecordPosition,
    Revise,
    WithdrawObjection,
)
from app.coordination.facts import is_latest
from app.coordination.models import Consultation
from app.coordination.vocabulary import Came, OpeningRule
from app.demo.acts.on_stage import OnStage
from app.demo.post import send_notices
from app.demo.stage import backstage
from app.documents.receiving import StoredFile, store_bytes
from app.foundation.clock import now
from app.foundation.formatting import plain_text
from app.papers import Part
from app.papers import document as typed
from app.workflow.vocabulary import Body, Position

#: Addresses of partners that the stories ask; nobody has them.
PARTNER_DOMAIN = "partner.example"


class Consulting(OnStage):
    """Acts of the officer who asks, of liaisons who answer for their body, and of the chief who goes on without."""

    def consult(self, login: str, *bodies: Body, partner: str = "", ola_rule: OpeningRule | None = None) -> None:
        """Ask every body that has to be asked; the notices leave.

        Args:
            bodies: that are asked besides: again, though their answer would hold, or Legal Affairs by judgement.
            ola_rule: on which ground Legal Affairs is asked where the request itself shows none.
            partner: name of a partner that is asked as well.
        """
        address = f"{partner.lower().replace(' ', '-')}@{PARTNER_DOMAIN}"
        partners = (Partner(name=partner, address=address),) if partner else ()
        command = Consult(**self.shown(), bodies=bodies, ola_rule=ola_rule, partners=partners)
        rounds.consult(self.actor(login), command)
        send_notices(self.key)

    def acknowledge(self, login: str) -> None:
        """Say for the body that the notice arrived."""
        positions.acknowledge(self.actor(login), Acknowledge(**self._own(login)))

    def give_position(self, login: str, word: str = "") -> None:
        """Answer for the body with the position `word` of the script; without a word it has no objection."""
        said: Mapping[str, Any] = self.script.positions[word] if word else {"position": Position.NO_OBJECTION}
        command = GivePosition(**self._own(login), **said)
        positions.give_position(self.actor(login), command)

    def ask_more_time(self, login: str) -> None:
        """Ask for more time for the body."""
        positions.ask_more_time(self.actor(login), AskMoreTime(**self._own(login)))

    def withdraw_objection(self, login: str) -> None:
        """Take the body's objection back."""
        positions.withdraw_objection(self.actor(login), WithdrawObjection(**self._own(login)))

    def record_call(self, login: str, body: Body, word: str) -> None:
        """Record what a body said by telephone as the position `word` of the script, with the note of the call."""
        said: Mapping[str, Any] = self.script.positions[word]
        command = RecordPosition(
            **self.shown(),
            consultation=self._latest(body).key,
            came=Came.TELEPHONE,
            file=_note_of_call(str(said["note"])),
            **said,
        )
        recording.record_position(self.actor(login), command)

    def revise(self, login: str, *again: Body) -> None:
        """Take the case back into review, with the word `what_changed`; answers of `again` hold no more."""
        keys = tuple(self._latest(body).key for body in again)
        command = Revise(**self.shown(), what_changed=self.script.words["what_changed"], again=keys)
        rounds.revise(self.actor(login), command)

    def proceed_without(self, login: str, body: Body) -> None:
        """Go on without the answer of a body, with the word `proceed_reason`."""
        consultation = self._latest(body).key
        command = ProceedWithout(**self.shown(), consultation=consultation, reason=self.script.words["proceed_reason"])
        recording.proceed_without(self.actor(login), command)

    def _own(self, login: str) -> dict[str, Any]:
        """Return what the page of a body's own consultation carries."""
        body = self.actor(login).body
        if body is None:
            raise LookupError(f"{login} speaks for no body")
        return {"key": self.key, "version": self._latest(body).version, "seen": self.version()}

    def _latest(self, body: Body) -> Consultation:
        with backstage() as session:
            theirs = select(Consultation).where(
                Consultation.case_id == self.id_select(), Consultation.body == body, is_latest()
            )
            found = session.scalars(theirs).one()
            session.expunge(found)
            return found


def _note_of_call(words: str) -> StoredFile:
    """Return the paper on which an officer noted a call."""
    note = typed(
        "Note of a telephone call", [Part(words=plain_text(words))], kind="Note", reference=None, dated=now().date()
    )
    return store_bytes(note.pdf(), "note-of-call.pdf", "application/pdf")
