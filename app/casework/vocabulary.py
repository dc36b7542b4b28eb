"""Words of the case that the process does not decide on."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """What a State consents to; sharing with CTC is asked of every request (paragraphs 1, 3, 4, 7)."""

    CTC = "ctc"
    PARTNERS = "partners"
    PUBLIC_SUMMARY = "public_summary"
