"""One page of the walk, in one situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.workflow.vocabulary import Role, State

VISITOR: Final = "visitor"
#: Somebody who gave the password and is asked for the second step.
HALF_IN: Final = "half in"
EVERYBODY: Final = (VISITOR, HALF_IN, *(role.value for role in Role if role is not Role.SYSTEM))
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in one situation.

    Attributes:
        endpoint: of the route.
        state: of the case whose page it is; None when it is not about a case.
        values: parts of the address; `{name}` is filled from `World.names`.
        people: who walks it; None for everybody whom the route's rule admits.
        heaviest: what it may weigh as it travels, in bytes.
    """

    endpoint: str
    state: State | None = None
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    people: tuple[str, ...] | None = None
    heaviest: int = 15_000

    def __str__(self) -> str:
        return " ".join([self.endpoint, *([self.state] if self.state else []), *self.values.values()])
