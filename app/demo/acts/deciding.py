"""Outcomes are proposed, and the chief decides (slice `decision`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.decision import as_proposed, deciding, ending_letters, letters, proposing, reconsidering, review_letters
from app.decision.commands import (
    Approve,
    AskReconsideration,
    DecideType,
    Decline,
    Discontinue,
    FindIneligible,
    ProposeOutcome,
    PutForDecision,
    Reconsider,
    Refer,
    SendBack,
)
from app.decision.vocabulary import DeclineReason, OutcomeReason
from app.demo.acts.on_stage import OnStage
from app.documents.letters import Draft, Sent
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType, OutcomeKind

#: Words of a proposal that the script may have.
_OF_PROPOSAL = ("text", "remedy", "provider", "account", "note")


class Deciding(OnStage):
    """Acts of officers who propose, of the chief who decides, and of the State that asks for a second look."""

    def propose(self, login: str, kind: OutcomeKind, reason: OutcomeReason) -> None:
        """Propose an outcome, with what the script has of the words `text`, `remedy`, `provider`, `account`, `note`."""
        words = {name: self.script.words[name] for name in _OF_PROPOSAL if name in self.script.words}
        agreed = kind is OutcomeKind.REFER
        command = ProposeOutcome(**self.shown() | words, kind=kind, reason=reason, state_agreed=agreed)
        proposing.propose_outcome(self.actor(login), command)

    def find_ineligible(self, login: str) -> None:
        """Decide so as the chief; the State gets the letter."""
        command = FindIneligible(**self.shown())
        letter = self._about(login, ending_letters.not_eligible, command)
        as_proposed.find_ineligible(self.actor(login), command, letter)

    def refer(self, login: str) -> None:
        """Refer as it was proposed; the State gets the letter."""
        command = Refer(**self.shown())
        as_proposed.refer(self.actor(login), command, self._about(login, ending_letters.referred, command))

    def discontinue(self, login: str) -> None:
        """End the assistance as it was proposed; the State gets the letter."""
        command = Discontinue(**self.shown())
        letter = self._about(login, ending_letters.discontinued, command)
        as_proposed.discontinue(self.actor(login), command, letter)

    def put_for_decision(self, login: str) -> None:
        """Give the case to the chief."""
        deciding.put_for_decision(self.actor(login), PutForDecision(**self.shown()))

    def approve(self, login: str, declined: Mapping[AssistanceType, DeclineReason]) -> None:
        """Approve every type of the request but `declined` with why; their words are `declined_<type>`.

        The State gets the letter.
        """
        types = [AssistanceType(one) for one in self.script.tasks["need"]["types"]]
        decisions = tuple(
            DecideType(
                type=one,
                approved=one not in declined,
                reason=declined.get(one),
                text=self.script.words.get(f"declined_{one.value}", ""),
            )
            for one in sorted(types)
        )
        command = Approve(**self.shown(), decisions=decisions)
        deciding.approve(self.actor(login), command, self._about(login, review_letters.approved, command))

    def decline(self, login: str, reason: DeclineReason) -> None:
        """Decline the whole request with the word `declined`; the State gets the letter."""
        command = Decline(**self.shown(), reason=reason, text=self.script.words["declined"])
        deciding.decline(self.actor(login), command, self._about(login, review_letters.declined, command))

    def send_back(self, login: str) -> None:
        """Give the case back to its officer, with the word `comment`."""
        command = SendBack(**self.shown(), comment=self.script.words["comment"])
        deciding.send_back(self.actor(login), command)

    def ask_reconsideration(self, login: str) -> None:
        """Ask for a second look, with the word `new_fact`."""
        command = AskReconsideration(**self.shown(), new_fact=self.script.words["new_fact"])
        reconsidering.ask_reconsideration(self.actor(login), command)

    def reconsider(self, login: str, officer: str) -> None:
        """Take the refused case up again, with another officer; the State gets the letter."""
        command = Reconsider(**self.shown(), officer=self.player(officer).key)
        letter = self._about(login, review_letters.reconsidered, command)
        reconsidering.reconsider(self.actor(login), command, letter)

    def _about(
        self, login: str, compose: Callable[[letters.Subject, Actor, Any], Draft | None], command: object
    ) -> Sent:
        """Return the letter of a decision, as its page would show it before it is sent."""
        actor = self.actor(login)
        return self.letter(lambda session: compose(letters.subject_of(session, actor, self.key), actor, command))
