"""Who needs a second factor, and of which kind (security.md, Sign-in)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app

from app.accounts.kinds import AccountKind

AUTHENTICATOR: Final = "authenticator"
MAILED_CODE: Final = "email"


@dataclass(frozen=True, slots=True)
class SecondFactorRule:
    """For which kinds of account a second factor is compulsory; for none outside production."""

    compulsory: frozenset[AccountKind]


def is_required(kind: AccountKind) -> bool:
    """Tell whether an account of this kind may not be used without a second factor."""
    rule: SecondFactorRule = current_app.extensions["second_factor_rule"]
    return kind in rule.compulsory


def methods_for(kind: AccountKind) -> tuple[str, ...]:
    """Return the second factors that an account of this kind may choose.

    Staff and liaisons use an authenticator; a State's people may have a code mailed instead.
    """
    return (AUTHENTICATOR, MAILED_CODE) if kind is AccountKind.STATE else (AUTHENTICATOR,)
