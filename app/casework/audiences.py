"""For whom a note, message or document is meant, who may read it, and who may open it to more (process, Audiences)."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Audience, Role


class Side(StrEnum):
    """Who reads together."""

    STATE = "state"
    TPB = "tpb"
    BODIES = "bodies"


class Readership(StrEnum):
    """Who is to read something, as its writer chooses it: an audience, or before submission the State alone.

    What a State says among itself before it submits stays with it for good (docs/decisions/0003).
    """

    STATE_TPB = "state_tpb"
    ALL = "all"
    COORDINATION = "coordination"
    TPB_ONLY = "tpb_only"
    OWN_STATE = "own_state"

    @property
    def audience(self) -> Audience:
        """The audience that is stored; the narrowest that a State has for what stays with it."""
        return Audience.STATE_TPB if self is Readership.OWN_STATE else Audience(self.value)

    @classmethod
    def of(cls, audience: Audience, *, before_submission: bool) -> "Readership":
        """Return who reads what was stored with `audience`."""
        return cls.OWN_STATE if before_submission else cls(audience.value)


#: The sides of each audience; for those who write, the narrowest first.
SIDES = {
    Audience.TPB_ONLY: frozenset({Side.TPB}),
    Audience.STATE_TPB: frozenset({Side.STATE, Side.TPB}),
    Audience.COORDINATION: frozenset({Side.TPB, Side.BODIES}),
    Audience.ALL: frozenset(Side),
}
_ROLES = {Side.STATE: STATE_ROLES, Side.TPB: TPB_ROLES, Side.BODIES: LIAISON_ROLES}


def sides_of(readership: Readership) -> frozenset[Side]:
    """Return who reads together with `readership`."""
    return frozenset({Side.STATE}) if readership is Readership.OWN_STATE else SIDES[readership.audience]


def side_of(roles: Collection[Role]) -> Side | None:
    """Return on which side somebody with `roles` stands; None for auditors and administrators."""
    return next((side for side, theirs in _ROLES.items() if not theirs.isdisjoint(roles)), None)


def readable_by(actor: Actor) -> frozenset[Audience]:
    """Return the audiences to which `actor` belongs; auditors read everything, an administrator nothing."""
    if actor.is_system or actor.has(Role.AUDITOR):
        return frozenset(Audience)
    side = side_of(actor.roles)
    return frozenset(audience for audience, sides in SIDES.items() if side in sides)


def readerships_of(actor: Actor) -> frozenset[Readership]:
    """Return everything that `actor` may read; only a State reads what it said before it submitted."""
    theirs = {Readership(audience.value) for audience in readable_by(actor)}
    return frozenset(theirs | {Readership.OWN_STATE} if actor.is_state_side else theirs)


def writable_by(actor: Actor, *, before_submission: bool) -> Sequence[Readership]:
    """Return to whom `actor` may write, the narrowest first: it is offered unless another is chosen."""
    side = side_of(actor.roles)
    if before_submission:
        return (Readership.OWN_STATE,) if side is Side.STATE else ()
    return tuple(Readership(audience.value) for audience, sides in SIDES.items() if side in sides)


def widenings(actor: Actor, readership: Readership, written_as: Role) -> Sequence[Readership]:
    """Return to which wider audiences `actor` may open something, the narrowest first.

    From `state_tpb` only the State widens, whoever wrote it; everything else is widened by the side that wrote it, and
    each body speaks for itself. Nothing is ever made narrower, and what a State said before it submitted stays with it.

    Args:
        actor: who wants to.
        readership: who reads it now.
        written_as: in which role it was written.
    """
    if readership is Readership.OWN_STATE or not _may_widen(actor, readership, written_as):
        return ()
    now = SIDES[readership.audience]
    return tuple(Readership(audience.value) for audience, sides in SIDES.items() if sides > now)


def _may_widen(actor: Actor, readership: Readership, written_as: Role) -> bool:
    side = side_of(actor.roles)
    if side not in sides_of(readership):
        return False
    if readership is Readership.STATE_TPB:
        return side is Side.STATE
    if side is Side.BODIES:
        return actor.has(written_as)
    return side is side_of({written_as})
