"""The words of the process. Each is spelt in this package and nowhere else; its value is the code that is stored.

Texts for people are not here: the layers above map each code to a translated text. Import from the package itself.
"""

from __future__ import annotations

from app.workflow.vocabulary.actions import (
    Action,
    Ask,
    Mark,
)
from app.workflow.vocabulary.people import (
    BODY_OF_ROLE,
    LIAISON_ROLES,
    LONE_ROLES,
    STATE_ROLES,
    TPB_ROLES,
    ActorKind,
    Audience,
    Body,
    Condition,
    Party,
    Role,
    Tie,
)
from app.workflow.vocabulary.records import (
    AssessmentPart,
    AssistanceType,
    Channel,
    EligibilityCheck,
    EvaluationAnswer,
    HoldReason,
    OutcomeKind,
    Position,
    Urgency,
)
from app.workflow.vocabulary.states import (
    LimitKey,
    Phase,
    Section,
    State,
    Unit,
    Window,
)

__all__ = [
    "BODY_OF_ROLE",
    "LIAISON_ROLES",
    "LONE_ROLES",
    "STATE_ROLES",
    "TPB_ROLES",
    "Action",
    "ActorKind",
    "Ask",
    "AssessmentPart",
    "AssistanceType",
    "Audience",
    "Body",
    "Channel",
    "Condition",
    "EligibilityCheck",
    "EvaluationAnswer",
    "HoldReason",
    "LimitKey",
    "Mark",
    "OutcomeKind",
    "Party",
    "Phase",
    "Position",
    "Role",
    "Section",
    "State",
    "Tie",
    "Unit",
    "Urgency",
    "Window",
]
