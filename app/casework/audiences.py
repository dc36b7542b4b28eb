"""Who may read a note, message or document (process, Audiences)."""

from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, TPB_ROLES, Audience, Role

_EVERY = frozenset(Audience)
_OF_STATE = frozenset({Audience.STATE_TPB, Audience.ALL})
_OF_BODIES = frozenset({Audience.ALL, Audience.COORDINATION})


def readable_by(actor: Actor) -> frozenset[Audience]:
    """Return the audiences to which `actor` belongs; auditors read everything, an administrator nothing."""
    if actor.is_system or actor.roles & (TPB_ROLES | {Role.AUDITOR}):
        return _EVERY
    if actor.is_state_side:
        return _OF_STATE
    return _OF_BODIES if actor.roles & LIAISON_ROLES else frozenset()
