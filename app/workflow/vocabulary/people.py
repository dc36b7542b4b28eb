"""Who acts, in which capacity, and for whom something is meant."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """In which capacity somebody acts (process page, People)."""

    FOCAL_POINT = "focal_point"
    MISSION = "mission"
    INTAKE_OFFICER = "intake_officer"
    CASE_OFFICER = "case_officer"
    BRANCH_CHIEF = "branch_chief"
    PROGRAMME_SUPPORT = "programme_support"
    CTC_LIAISON = "ctc_liaison"
    OLA_LIAISON = "ola_liaison"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Tie(StrEnum):
    """What connects a person with one case. Ties follow persons and history, not posts."""

    OWN = "own"
    PARTICIPATING = "participating"
    ASSIGNED = "assigned"
    INDEPENDENT = "independent"
    CONSULTED = "consulted"
    ANY = "any"


class Condition(StrEnum):
    """What one person must fulfil beyond role and tie ("whom the mission lets submit", "who drafted it")."""

    MAY_SUBMIT = "may_submit"
    DRAFTED_IT = "drafted_it"


class ActorKind(StrEnum):
    """Who acts: a person with an account, or the scheduler."""

    USER = "user"
    SYSTEM = "system"


class Body(StrEnum):
    """Who is consulted."""

    CTC_CTED = "ctc_cted"
    OLA = "ola"
    PARTNER = "partner"


class Party(StrEnum):
    """With whom a case or a limit lies."""

    STATE = "state"
    TPB = "tpb"
    CTC_CTED = "ctc_cted"
    OLA = "ola"
    PARTNER = "partner"
    OTHER_STATE = "other_state"
    FUNDING = "funding"
    NOBODY = "nobody"


class Audience(StrEnum):
    """Who may read one message, note or document; never a property of a case."""

    STATE_TPB = "state_tpb"
    ALL = "all"
    COORDINATION = "coordination"
    TPB_ONLY = "tpb_only"


STATE_ROLES = frozenset({Role.FOCAL_POINT, Role.MISSION})
TPB_ROLES = frozenset({Role.INTAKE_OFFICER, Role.CASE_OFFICER, Role.BRANCH_CHIEF, Role.PROGRAMME_SUPPORT, Role.MANAGER})
LIAISON_ROLES = frozenset({Role.CTC_LIAISON, Role.OLA_LIAISON})
# An auditor holds no other role, an administrator no role that touches a case: each stands alone.
LONE_ROLES = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.SYSTEM})
BODY_OF_ROLE = {Role.CTC_LIAISON: Body.CTC_CTED, Role.OLA_LIAISON: Body.OLA}
