"""The Branch tells a State that it can ask for a follow-up: only the State asks for one, staff may offer (3)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.commands import Command
from app.casework.facts import core_of
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.foundation.db import use_case
from app.foundation.errors import Forbidden, Refused
from app.workflow.actor import Actor
from app.workflow.guards.related import follow_up_refusal
from app.workflow.vocabulary import Action, Audience


class OfferFollowUp(Command):
    """Offer a follow-up of a request.

    Attributes:
        key: public key of the request that was delivered.
    """

    key: str


@use_case
def offer_follow_up(session: Session, actor: Actor, command: OfferFollowUp) -> None:
    """Tell the State's people, with a link to the page on which they begin a follow-up; the history says so.

    Raises:
        NotFound: see `lock_case`.
        Forbidden: the actor is not of the Branch.
        Refused: no follow-up of this request can begin now.
    """
    case = lock_case(session, actor, command.key)
    if not actor.is_tpb:
        raise Forbidden
    if refusal := follow_up_refusal(core_of(session, case, actor, involved=True)):
        raise Refused([(f"refusal.{refusal.code.value}", refusal.params)])
    said = Said({"follow_up_offered": True}, seen_by=Readership.STATE_TPB)
    record(session, case, Action.WRITE, actor, said, bump=False)
    tell_circles(session, case, {Circle.FOCAL_POINTS, Circle.MISSION}, "case.follow_up_offered", {}, Audience.STATE_TPB)
