"""By whose clock a person lives."""

from __future__ import annotations

from typing import Final

from app.accounts.kinds import AccountKind

#: Nobody lives by it; an account has it until its person chooses another.
NOT_CHOSEN: Final = "UTC"
_VIENNA: Final = "Europe/Vienna"
_DUTY_STATION: Final = {AccountKind.CTC_CTED: "America/New_York", AccountKind.OLA: "America/New_York"}


def zone_of(kind: AccountKind, chosen: str, of_state: str | None) -> str:
    """Return the zone whose clock a person lives by: the chosen one, else that of the State or the duty station.

    Args:
        kind: of the account; the Branch, auditors and administrators work in Vienna, liaisons in New York.
        chosen: the account's zone (IANA name).
        of_state: the zone of the account's State, None for others.
    """
    if chosen != NOT_CHOSEN:
        return chosen
    return of_state or _DUTY_STATION.get(kind, _VIENNA)
