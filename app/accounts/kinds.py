"""What an account is for. A kind fixes which roles may be held, and the database checks it.

An auditor and an administrator hold nothing else; State accounts have a State and no other capacity; a liaison's
account belongs to one body (process page, People).
"""

from enum import StrEnum

from app.workflow.vocabulary import STATE_ROLES, TPB_ROLES, Body, Role


class AccountKind(StrEnum):
    """On whose side somebody works; never changes, a person who moves gets a new account."""

    STATE = "state"
    TPB = "tpb"
    CTC_CTED = "ctc_cted"
    OLA = "ola"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLES_OF_KIND: dict[AccountKind, frozenset[Role]] = {
    AccountKind.STATE: STATE_ROLES,
    AccountKind.TPB: TPB_ROLES,
    AccountKind.CTC_CTED: frozenset({Role.CTC_LIAISON}),
    AccountKind.OLA: frozenset({Role.OLA_LIAISON}),
    AccountKind.AUDITOR: frozenset({Role.AUDITOR}),
    AccountKind.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}

#: The roles that a person may hold: every role but the scheduler's.
PERSONAL_ROLES = frozenset(Role) - {Role.SYSTEM}

BODY_OF_KIND: dict[AccountKind, Body] = {AccountKind.CTC_CTED: Body.CTC_CTED, AccountKind.OLA: Body.OLA}


def kind_of(role: Role) -> AccountKind:
    """Return the only kind of account that may hold `role`.

    Raises:
        ValueError: no person holds it (`system`).
    """
    for kind, allowed in ROLES_OF_KIND.items():
        if role in allowed:
            return kind
    raise ValueError(f"no person holds {role}")
