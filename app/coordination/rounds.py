"""Rounds: who is asked and why, the next round after a revision, and what ends a round without an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseBody, CaseRevision, ConsentRecord
from app.casework.notices import tell
from app.casework.perform import Said, lock_case, perform
from app.casework.sharing import consents_to_sharing
from app.casework.vocabulary import ConsentKind
from app.coordination.briefs import documents_for_all, freeze
from app.coordination.commands import Consult, Revise
from app.coordination.facts import is_latest
from app.coordination.models import Consultation
from app.coordination.recording import liaisons_of
from app.coordination.rules import BY_JUDGEMENT, openings
from app.coordination.vocabulary import ClosedHow, OpeningRule
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.reference.states import instruments
from app.workflow.actor import Actor
from app.workflow.facts import ConsentFacts
from app.workflow.vocabulary import Action, Audience, Body, Section, State

#: Before the first consultation there is none to close.
NEVER_CONSULTED = frozenset({State.SUBMITTED, State.SCREENING, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that may be asked now.

    Attributes:
        rules: which demand it; empty where an officer may ask it all the same.
        former: its last round; None when it was never asked.
    """

    body: Body
    rules: tuple[OpeningRule, ...]
    former: Consultation | None = None

    @property
    def needed(self) -> bool:
        """Whether it must be asked: a rule demands it, or it was asked before, and no answer of it holds."""
        asked = bool(self.rules) or self.former is not None
        return asked and not holds(self.former)


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that opening a round is decided on.

    Attributes:
        revision: what the State said last.
        partners_agreed: its consent to share with partners is in force.
        partners: their latest consultations.
    """

    revision: CaseRevision
    ctc_agreed: bool
    partners_agreed: bool
    candidates: Sequence[Candidate]
    partners: Sequence[Consultation]


def holds(consultation: Consultation | None) -> bool:
    """Tell whether the answer of a round still counts, as far as anybody said."""
    if consultation is None or consultation.position is None:
        return False
    return consultation.stands and not consultation.objects


def ground_of(session: Session, case: AssistanceRequest) -> Ground:
    """Return whom a request may be shown to, and why: three statements.

    Args:
        case: got from `visible_cases`.
    """
    case_id, revision = case.id, case.latest_revision
    if revision is None:
        raise LookupError("a request that is assessed was submitted")
    given = select(ConsentRecord.kind).where(ConsentRecord.case_id == case_id, ConsentRecord.withdrawn_at.is_(None))
    consents = set(session.scalars(given))
    latest = _latest(session, case_id)
    former = {one.body: one for one in latest if one.body is not Body.PARTNER}
    codes = {one.code for one in instruments(session) if one.un_depositary}
    demanded = openings(revision.data, codes)
    return Ground(
        revision,
        ctc_agreed=ConsentKind.CTC in consents,
        partners_agreed=ConsentKind.PARTNERS in consents,
        candidates=[Candidate(body, demanded.get(body, ()), former.get(body)) for body in (Body.CTC_CTED, Body.OLA)],
        partners=[one for one in latest if one.body is Body.PARTNER],
    )


@use_case
def consult(session: Session, actor: Actor, command: Consult) -> None:
    """Open the consultations of a request, each with the brief as it is now (process, Consultations).

    CTC/CTED is asked always, the Office of Legal Affairs by rule, partners as far as the State agreed. A body whose
    answer holds is asked again only when the officer says so; its next round refers to the one before.

    Raises:
        InvalidCommand: a partner is named without the State's consent or twice, or a reason is missing.
        Refused: the assessment is incomplete, or the State took its consent back.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    ground = ground_of(session, case)
    asked = [*_bodies(ground, command), *_partners(ground, command)]
    brief = freeze(ground.revision, documents_for_all(session, case.id))
    rows = [_row(case, actor, brief, one) for one in asked]
    bodies = {row.body for row in rows}
    if bodies:
        there = [{"case_id": case.id, "body": body, "state_id": case.state_id, "since": now()} for body in bodies]
        session.execute(insert_unless_there(session, CaseBody).values(there).on_conflict_do_nothing())
    codes = {"bodies": [row.body.value for row in rows], "rounds": [row.round for row in rows]}
    known = {Section.CONSENTS: ConsentFacts(ctc=ground.ctc_agreed)}
    said = Said(codes, also=frozenset(liaisons_of(session, bodies)))
    perform(session, case, Action.CONSULT, actor, command, said, known=known)
    session.add_all(rows)


@use_case
def revise(session: Session, actor: Actor, command: Revise) -> None:
    """Take a request back into review because of an objection or a comment (process, Steps).

    What no body has answered yet is overtaken. An answer stays valid unless the officer says that it does not, or it is
    an objection.

    Raises:
        Refused: nothing calls for a revision.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    latest = _latest(session, case.id)
    void = [one for one in latest if not one.open and (one.objects or one.key in command.again)]
    said = Said({"again": [one.key for one in void]}, note=command.what_changed, audience=Audience.COORDINATION)
    perform(session, case, Action.REVISE, actor, command, said)
    for one in void:
        one.stands = False
        one.version += 1
    _close([one for one in latest if one.open and one.body is not Body.PARTNER], ClosedHow.OVERTAKEN)


def overtake_consultations(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Close what CTC/CTED and the Office of Legal Affairs have not answered when a request goes back to review."""
    del actor, command
    _close(_open(session, case, frozenset(Body) - {Body.PARTNER}), ClosedHow.OVERTAKEN)


def close_open_consultations(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Close what nobody has answered when a request ends, and tell the liaisons that no answer is waited for."""
    del actor, command
    if case.state in NEVER_CONSULTED:
        return
    rows = _open(session, case, frozenset(Body))
    _close(rows, ClosedHow.REQUEST_ENDED)
    people = liaisons_of(session, {row.body for row in rows})
    tell(session, case, people, "case.consultation_ended", {}, Audience.COORDINATION)


def copy_referral(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Copy a referral to CTC/CTED (4): its liaisons see the request from now on; the step's notices tell them.

    Nothing is shared where the State took its consent back.
    """
    del actor, command
    if not session.scalars(select(consents_to_sharing(case.id))).one():
        return
    row = {"case_id": case.id, "body": Body.CTC_CTED, "state_id": case.state_id, "since": now()}
    session.execute(insert_unless_there(session, CaseBody).values(row).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class _Asked:
    body: Body
    rule: OpeningRule
    former: Consultation | None
    partner: str = ""
    address: str = ""


def _bodies(ground: Ground, command: Consult) -> list[_Asked]:
    asked = []
    for one in ground.candidates:
        if not one.needed and one.body not in command.bodies:
            continue
        rule = one.rules[0] if one.rules else (one.former.rule if one.former else command.ola_rule)
        if rule is None or (not one.rules and one.former is None and rule not in BY_JUDGEMENT):
            raise InvalidCommand(FieldError("ola_rule", "ola_rule_needed"))
        asked.append(_Asked(one.body, rule, one.former))
    return asked


def _partners(ground: Ground, command: Consult) -> list[_Asked]:
    former = {one.partner.casefold(): one for one in ground.partners}
    asked = []
    for number, partner in enumerate(command.partners):
        before = former.get(partner.name.casefold())
        path = f"partners.{number}.name"
        if not ground.partners_agreed:
            raise InvalidCommand(FieldError(path, "partners_not_allowed"))
        if before is not None and before.open:
            raise InvalidCommand(FieldError(path, "partner_waits"))
        name = before.partner if before else partner.name
        asked.append(_Asked(Body.PARTNER, OpeningRule.STATE_CONSENTED, before, name, partner.address))
    return asked


def _row(case: AssistanceRequest, actor: Actor, brief: Mapping[str, Any], one: _Asked) -> Consultation:
    return Consultation(
        case_id=case.id,
        state_id=case.state_id,
        body=one.body,
        partner=one.partner,
        address=one.address,
        round=one.former.round + 1 if one.former else 1,
        former_id=one.former.id if one.former else None,
        rule=one.rule,
        brief=brief,
        asked_by_id=actor.user_id,
    )


def _latest(session: Session, case_id: int) -> Sequence[Consultation]:
    statement = select(Consultation).where(Consultation.case_id == case_id, is_latest())
    return session.scalars(statement.order_by(Consultation.id)).all()


def _open(session: Session, case: AssistanceRequest, bodies: Collection[Body]) -> Sequence[Consultation]:
    statement = select(Consultation).where(
        Consultation.case_id == case.id, Consultation.closed_at.is_(None), Consultation.body.in_(sorted(bodies))
    )
    return session.scalars(statement).all()


def _close(rows: Collection[Consultation], how: ClosedHow) -> None:
    for row in rows:
        row.closed_at, row.closed_how = now(), how
        row.version += 1
