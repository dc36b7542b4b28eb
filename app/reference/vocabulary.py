"""The words of reference data. Each value is the code that is stored; texts for people stand in `texts.py`."""

from __future__ import annotations

from enum import StrEnum


class StateStatus(StrEnum):
    """What a row of `states` is. Only MEMBER counts among "the 193"; DEMO never counts among real States."""

    MEMBER = "member"
    OBSERVER = "observer"
    DEMO = "demo"


class RegionalGroup(StrEnum):
    """The regional groups of Member States at the United Nations."""

    AFRICAN = "african"
    ASIA_PACIFIC = "asia_pacific"
    EASTERN_EUROPEAN = "eastern_european"
    LATIN_AMERICAN_CARIBBEAN = "latin_american_caribbean"
    WESTERN_EUROPEAN_OTHERS = "western_european_others"


class ActKind(StrEnum):
    """A dated treaty act as the list names it. CONSENT: the list does not say which form the consent took."""

    SIGNATURE = "signature"
    SUCCESSION_TO_SIGNATURE = "succession_to_signature"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    SUCCESSION = "succession"
    CONSENT = "consent"
    WITHDRAWAL = "withdrawal"


class ActEffect(StrEnum):
    """What an act does: announces (signature), binds (consent to be bound), or ends the bond."""

    SIGNATURE = "signature"
    CONSENT = "consent"
    EXIT = "exit"


EFFECTS = {
    ActKind.SIGNATURE: ActEffect.SIGNATURE,
    ActKind.SUCCESSION_TO_SIGNATURE: ActEffect.SIGNATURE,
    ActKind.RATIFICATION: ActEffect.CONSENT,
    ActKind.ACCESSION: ActEffect.CONSENT,
    ActKind.ACCEPTANCE: ActEffect.CONSENT,
    ActKind.APPROVAL: ActEffect.CONSENT,
    ActKind.SUCCESSION: ActEffect.CONSENT,
    ActKind.CONSENT: ActEffect.CONSENT,
    ActKind.WITHDRAWAL: ActEffect.EXIT,
}


class CellStatus(StrEnum):
    """Status of one State under one instrument. UNKNOWN is a value of its own, never read as NOT_PARTY."""

    PARTY = "party"
    SIGNATORY = "signatory"
    NOT_PARTY = "not_party"
    UNKNOWN = "unknown"


class ListedStatus(StrEnum):
    """What an undated list says of a State. UNDISTINGUISHED: signatory or party, the list does not say which."""

    PARTY = "party"
    SIGNATORY = "signatory"
    NOT_PARTY = "not_party"
    UNKNOWN = "unknown"
    UNDISTINGUISHED = "undistinguished"


class CellBasis(StrEnum):
    """Why a cell has its status."""

    DATED_ACT = "dated_act"
    COMPLETE_LIST = "complete_list"
    """Absent from a list that names every party."""
    LISTING = "listing"
    """An undated list says so."""
    UNDISTINGUISHED = "undistinguished"
    """Listed as signatory or party without saying which."""
    PARTIAL_LIST = "partial_list"
    """Signed according to a truncated list, which cannot rule out consent."""
    UNDATED = "undated"
    """Party at a later day; since when is not known."""
    NO_LIST = "no_list"


class DutyStation(StrEnum):
    """Duty stations whose calendar a limit follows: Vienna for TPB, New York for CTC/CTED and OLA."""

    VIENNA = "vienna"
    NEW_YORK = "new_york"


class ChangeKind(StrEnum):
    """What changed in a calendar."""

    HOLIDAY_ENTERED = "holiday_entered"
    HOLIDAY_ENDED = "holiday_ended"
    LIST_READ = "list_read"
    WEEK = "week"


class ImportKind(StrEnum):
    """What a reference file holds."""

    STATES = "states"
    INSTRUMENTS = "instruments"
    TREATY = "treaty"
    SNAPSHOTS = "snapshots"
    HOLIDAYS = "holidays"
    EVENTS = "events"
    DEMO_STATES = "demo_states"


class AgreementKind(StrEnum):
    """What a consulted body may agree to in advance (process page, Consultations 4, and Fast lane)."""

    SILENCE_RULE = "silence_rule"
    STANDING_NO_OBJECTION = "standing_no_objection"


class ToolKind(StrEnum):
    """What a tool of the library is (paragraph 5)."""

    GUIDE = "guide"
    MODEL_LAW = "model_law"
    CHECKLIST = "checklist"
    COURSE = "course"
