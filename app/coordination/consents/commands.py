"""What giving and withdrawing a consent takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.vocabulary import ConsentKind


class Command(BaseModel):
    """Base: frozen, trimmed.

    Attributes:
        key: public key of the case.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")

    key: str


class GiveConsent(Command):
    """Give one consent; one that is in force already stays as it is.

    Attributes:
        subject: key of the joint visit in the plan; empty for the other kinds.
    """

    kind: ConsentKind
    subject: Annotated[str, StringConstraints(max_length=12), Field(validate_default=True)] = ""

    @field_validator("subject")
    @classmethod
    def _of_a_visit(cls, value: str, info: ValidationInfo) -> str:
        if (info.data.get("kind") is ConsentKind.VISIT) != bool(value):
            raise PydanticCustomError("not_offered", "a visit is named, and nothing else")
        return value


class WithdrawConsent(Command):
    """Withdraw one consent that the page showed as in force.

    Attributes:
        consent: public key of its record.
    """

    consent: str
