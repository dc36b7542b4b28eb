"""Who acts: made once per request, passed as an argument, never read from a global."""

from __future__ import annotations

from dataclasses import dataclass

from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, ActorKind, Body, Role


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The absent person for whom a stand-in acts; both names go into history (process page, People)."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, or the scheduler, with what decides over their permissions.

    A stand-in carries the absent person's roles and `on_behalf_of`. `may_submit` says that the mission lets
    this focal point submit alone. `state_id` is set for the State's people, `body` for liaisons.
    """

    user_id: int | None
    kind: ActorKind
    name: str
    roles: frozenset[Role]
    state_id: int | None = None
    body: Body | None = None
    on_behalf_of: OnBehalf | None = None
    may_submit: bool = False

    @classmethod
    def system(cls) -> Actor:
        """The scheduler: no user account, only the role `system`."""
        return cls(user_id=None, kind=ActorKind.SYSTEM, name="system", roles=frozenset({Role.SYSTEM}))

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_state_side(self) -> bool:
        """Whether the actor speaks for a Member State."""
        return not self.roles.isdisjoint(STATE_ROLES)

    @property
    def is_tpb(self) -> bool:
        """Whether the actor works in the Terrorism Prevention Branch."""
        return not self.roles.isdisjoint(TPB_ROLES)

    @property
    def is_system(self) -> bool:
        """Whether the scheduler acts."""
        return self.kind is ActorKind.SYSTEM

    @property
    def person_ids(self) -> frozenset[int]:
        """The persons behind the act: who acts and, for a stand-in, who is absent."""
        ids = {self.user_id, self.on_behalf_of.user_id if self.on_behalf_of else None}
        return frozenset(person for person in ids if person is not None)


SYSTEM = Actor.system()
