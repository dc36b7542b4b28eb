"""Words of money that the process does not decide on."""

from enum import StrEnum


class SourceKind(StrEnum):
    """Where money comes from (process, Money). There is none for an increase of the regular budget (footnote 4)."""

    EXTRABUDGETARY = "extrabudgetary"
    EXISTING_REGULAR_BUDGET = "existing_regular_budget"
    IN_KIND = "in_kind"


class LineKind(StrEnum):
    """What one line of the ledger of a source says. A correction has the kind of the line that it corrects."""

    PLEDGE = "pledge"
    REDUCTION = "reduction"
    RECEIPT = "receipt"
    SPENDING = "spending"
    RELEASE = "release"
