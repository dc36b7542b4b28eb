"""Who may do something, as the lines of the process name them: a role with its tie."""

from __future__ import annotations

from app.workflow.model import Who
from app.workflow.vocabulary import Condition, HoldReason, Role, Tie

FOCAL_POINT = Who(Role.FOCAL_POINT, Tie.OWN)
MISSION = Who(Role.MISSION, Tie.OWN)
FOCAL_POINT_ALONE = Who(Role.FOCAL_POINT, Tie.OWN, only=Condition.MAY_SUBMIT)
FOCAL_POINT_DRAFTER = Who(Role.FOCAL_POINT, Tie.OWN, only=Condition.DRAFTED_IT)
INTAKE = Who(Role.INTAKE_OFFICER, Tie.ANY)
OFFICER = Who(Role.CASE_OFFICER, Tie.ASSIGNED)
ANY_OFFICER = Who(Role.CASE_OFFICER, Tie.ANY)
CHIEF = Who(Role.BRANCH_CHIEF, Tie.INDEPENDENT)
ANY_CHIEF = Who(Role.BRANCH_CHIEF, Tie.ANY)
SUPPORT = Who(Role.PROGRAMME_SUPPORT, Tie.ANY)
MANAGER = Who(Role.MANAGER, Tie.ANY)
SYSTEM = Who(Role.SYSTEM, Tie.ANY)
CTC = Who(Role.CTC_LIAISON, Tie.CONSULTED)
OLA = Who(Role.OLA_LIAISON, Tie.CONSULTED)
ANY_CTC = Who(Role.CTC_LIAISON, Tie.ANY)

STATE_SIDE = (FOCAL_POINT, MISSION)
LIAISONS = (CTC, OLA)
PARTICIPANTS = (Who(Role.FOCAL_POINT, Tie.PARTICIPATING), Who(Role.MISSION, Tie.PARTICIPATING))
# A hold for money is programme support's, every other one the chief's (Steps, hold).
HOLDERS = (
    Who(Role.PROGRAMME_SUPPORT, Tie.ANY, holds_for=frozenset({HoldReason.MONEY})),
    Who(Role.BRANCH_CHIEF, Tie.ANY, holds_for=frozenset(HoldReason) - {HoldReason.MONEY}),
)
# Everybody of TPB and the bodies consulted who sees the case; an auditor reads only, an administrator sees none.
STAFF_WHO_SEE = (INTAKE, ANY_OFFICER, ANY_CHIEF, SUPPORT, MANAGER, *LIAISONS)

# Which tie can mean something for which role; every other cell of the permission table is refused by its nature.
TIES_OF: dict[Role, frozenset[Tie]] = {
    Role.FOCAL_POINT: frozenset({Tie.OWN, Tie.PARTICIPATING}),
    Role.MISSION: frozenset({Tie.OWN, Tie.PARTICIPATING}),
    Role.INTAKE_OFFICER: frozenset({Tie.ANY}),
    Role.CASE_OFFICER: frozenset({Tie.ASSIGNED, Tie.ANY}),
    Role.BRANCH_CHIEF: frozenset({Tie.INDEPENDENT, Tie.ANY}),
    Role.PROGRAMME_SUPPORT: frozenset({Tie.ANY}),
    Role.CTC_LIAISON: frozenset({Tie.CONSULTED, Tie.ANY}),
    Role.OLA_LIAISON: frozenset({Tie.CONSULTED}),
    Role.MANAGER: frozenset({Tie.ANY}),
    Role.AUDITOR: frozenset({Tie.ANY}),
    Role.ADMINISTRATOR: frozenset({Tie.ANY}),
    Role.SYSTEM: frozenset({Tie.ANY}),
}
