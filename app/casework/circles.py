"""Groups of people around a case, and which notice of a step each of them gets."""

from dataclasses import dataclass
from enum import Enum, auto


class Circle(Enum):
    """A group of people around a case."""

    FOCAL_POINTS = auto()
    MISSION = auto()
    INTAKE = auto()
    OFFICER = auto()
    LIAISONS = auto()
    CHIEF = auto()
    MANAGER = auto()
    PROGRAMME_SUPPORT = auto()
    CTC_LIAISONS = auto()
    COUNCIL = auto()
    NAMED = auto()
    """Those whom the step itself names, see `perform.Said.also`."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice of a step.

    Attributes:
        circle: who gets it.
        code: which notice.
        actor_too: also the person who acted (a receipt).
    """

    circle: Circle
    code: str
    actor_too: bool = False
