"""What recording, giving and revoking an agreement takes, with its rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.content.fields import plain_text
from app.documents.fields import ChosenFile
from app.foundation.clock import now
from app.reference.agreements import STANDING_TYPES
from app.reference.models.agreements import NOTE_LENGTH, REFERENCE_LENGTH
from app.reference.vocabulary import AgreementKind
from app.workflow.vocabulary import AssistanceType

#: Where CTC/CTED works, as its calendar says.
NEW_YORK: Final = ZoneInfo("America/New_York")
_LAST_DAY = date(2100, 12, 31)


def today() -> date:
    """Return the day in New York, where CTC/CTED works."""
    return now().astimezone(NEW_YORK).date()


def _not_past(value: date) -> date:
    if value < today():
        raise PydanticCustomError("agreement.from_past", "before today")
    return value


def _standing(value: tuple[AssistanceType, ...]) -> tuple[AssistanceType, ...]:
    if not set(value) <= STANDING_TYPES:
        raise PydanticCustomError("not_offered", "not a class of the fast lane")
    return tuple(sorted(set(value)))


Types = Annotated[tuple[AssistanceType, ...], AfterValidator(_standing)]
FirstDay = Annotated[date, Field(le=_LAST_DAY), AfterValidator(_not_past)]


class Command(BaseModel):
    """Base: frozen, trimmed."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")


class RecordAgreement(Command):
    """Record an agreement from a letter of CTC/CTED.

    Attributes:
        types: classes of a standing no-objection; nothing else of the silence rule is kept.
        letter_reference, letter_date: as they stand on the letter.
        original: the scanned letter.
        valid_from: the first day on which it is in force, in New York; today means from now on.
    """

    kind: AgreementKind
    types: Annotated[Types, Field(validate_default=True)] = ()
    letter_reference: Annotated[
        str, StringConstraints(min_length=1, max_length=REFERENCE_LENGTH), AfterValidator(plain_text)
    ]
    letter_date: date
    original: ChosenFile
    valid_from: FirstDay

    @field_validator("types")
    @classmethod
    def _of_its_kind(cls, value: tuple[AssistanceType, ...], info: ValidationInfo) -> tuple[AssistanceType, ...]:
        if info.data.get("kind") is not AgreementKind.STANDING_NO_OBJECTION:
            return ()
        if not value:
            raise PydanticCustomError("agreement.types_needed", "a standing no-objection names its classes")
        return value

    @field_validator("letter_date")
    @classmethod
    def _written_by_now(cls, value: date) -> date:
        if value > today():
            raise PydanticCustomError("agreement.letter_to_come", "in the future")
        return value


class GiveStanding(Command):
    """Give a standing no-objection for one's own body; the act of the signed-in liaison is the writing.

    Attributes:
        types: the classes for which it is given.
        valid_from: the first day on which it is in force, in New York; today means from now on.
    """

    types: Annotated[Types, Field(validate_default=True)] = ()
    valid_from: FirstDay

    @field_validator("types")
    @classmethod
    def _some(cls, value: tuple[AssistanceType, ...]) -> tuple[AssistanceType, ...]:
        if not value:
            raise PydanticCustomError("agreement.types_needed", "a standing no-objection names its classes")
        return value


class RevokeAgreement(Command):
    """End an agreement at once.

    Attributes:
        key: its public key.
        note: why, for the record.
    """

    key: str
    note: Annotated[str, StringConstraints(min_length=1, max_length=NOTE_LENGTH), AfterValidator(plain_text)]
