"""A second look at a refused request: the State asks once, the chief takes it up with another officer."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.casework.facts import core_of
from app.casework.officers import officer_under
from app.casework.perform import Said, lock_case, perform, record
from app.decision.commands import AskReconsideration, Reconsider
from app.decision.deciding import lock_for_chief
from app.decision.facts import outcome_facts
from app.documents.letters import Sent, file_letter
from app.foundation.db import use_case
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience, Section


@use_case
def ask_reconsideration(session: Session, actor: Actor, command: AskReconsideration) -> None:
    """Ask for a second look with a fact that was not known before, once and within the window (process, Acts).

    Raises:
        Refused: the State asked before, or the window has closed.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.new_fact, audience=Audience.STATE_TPB)
    record(session, case, Action.ASK_RECONSIDERATION, actor, said, bump=True)


@use_case
def reconsider(session: Session, actor: Actor, command: Reconsider, letter: Sent) -> None:
    """Take a refused request up again; another officer gets it, the State gets the letter.

    Raises:
        InvalidCommand: nobody can get the case under this key.
        Refused: the State did not ask, it was reconsidered before, or the same officer is chosen.
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    case, involved = lock_for_chief(session, actor, command)
    officer_id, former_id = officer_under(session, command.officer), case.officer_id
    core = core_of(session, case, actor, involved=involved)
    known = {Section.OUTCOME: replace(outcome_facts(session, case.id, core), officer_at_decision_id=former_id)}
    payload = {"officer_id": officer_id, "former_officer_id": former_id, **file_letter(session, case, actor, letter)}
    case.officer_id = officer_id
    perform(session, case, Action.RECONSIDER, actor, command, Said(payload), known=known, involved=involved)
