"""What somebody without an account says through a link."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from app.casework.content.fields import plain_text
from app.coordination.commands import GivePosition
from app.coordination.models import NAME_LENGTH

Name = Annotated[str, StringConstraints(max_length=NAME_LENGTH), AfterValidator(plain_text)]


class AnswerByLink(GivePosition):
    """The position of a body.

    Attributes:
        in_name_of: who answers, by name: an office is never an actor.
    """

    in_name_of: Annotated[Name, Field(validate_default=True)] = ""

    @field_validator("in_name_of")
    @classmethod
    def _somebody(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("link.name_needed", "who answers is needed")
        return value


class OfNotice(BaseModel):
    """Names a notice by its public key."""

    model_config = ConfigDict(frozen=True)

    key: str
