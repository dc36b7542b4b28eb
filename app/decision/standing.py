"""Where a decision stands: what was proposed, decided and asked anew, and who can decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import StandIn, User, UserRole
from app.casework.facts import not_independent
from app.casework.page import CasePage
from app.decision.dossier import Dossier, dossier_of
from app.decision.page import ProposalView, latest_proposal
from app.decision.queries import UNDECIDED, DecidedType, NewFact, decisions_on, new_fact_of
from app.foundation.clock import now
from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.people import CHIEF
from app.workflow.states import ENDED
from app.workflow.vocabulary import Role, State


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that the page shows.

    Attributes:
        barred: the reader is a chief who is not independent of the case.
        deciders: who can decide, where somebody independent has to.
    """

    proposal: ProposalView | None
    decided: Sequence[DecidedType]
    new_fact: NewFact | None
    dossier: Dossier | None
    barred: bool
    deciders: Sequence[str]


def standing_of(session: Session, actor: Actor, page: CasePage) -> Standing:
    """Return where the decision on the case of `page` stands, for a reader of the Branch."""
    case = page.case
    decides = independent_chief_in(case.state)
    involved = page.core.not_independent_ids
    if decides and involved is None:
        involved = not_independent(session, case.id)
    barred = decides and actor.has(Role.BRANCH_CHIEF) and not actor.person_ids.isdisjoint(involved or ())
    weighed = case.state not in UNDECIDED and case.state not in ENDED
    return Standing(
        proposal=latest_proposal(session, case.id),
        decided=decisions_on(session, actor, case),
        new_fact=new_fact_of(session, case),
        dossier=dossier_of(session, actor, page) if weighed else None,
        barred=barred,
        deciders=deciders_without(session, involved or frozenset()) if decides else (),
    )


def independent_chief_in(state: State) -> bool:
    """Tell whether some step from `state` needs a chief who is independent."""
    return any(CHIEF in step.people for step in PROCESS.steps if state in step.sources)


def deciders_without(session: Session, involved: frozenset[int]) -> list[str]:
    """Return the names of those who can decide: chiefs, and who stands in for one today; two statements.

    Args:
        involved: ids of those who are not independent; a stand-in is only where the absent chief is as well.
    """
    is_chief = (UserRole.user_id == User.id) & (UserRole.role == Role.BRANCH_CHIEF) & UserRole.ended_at.is_(None)
    chiefs = session.execute(select(User.id, User.name).join(UserRole, is_chief).where(User.active).order_by(User.name))
    free = {row.id: row.name for row in chiefs if row.id not in involved}
    if not free:
        return []
    other = aliased(User)
    today = StandIn.revoked_at.is_(None) & (StandIn.starts_at <= now()) & (StandIn.ends_at > now())
    standing_in = session.execute(
        select(other.id, other.name)
        .join(StandIn, StandIn.stand_in_id == other.id)
        .where(today, other.active, StandIn.absent_id.in_(free))
        .order_by(other.name)
    )
    return [*free.values(), *(row.name for row in standing_in if row.id not in involved | free.keys())]
