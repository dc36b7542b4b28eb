"""What the use cases of invitations take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import Command, OptionalWords
from app.casework.content.fields import plain_text
from app.delivery.participation.vocabulary import ParticipationAnswer

NAME_LENGTH = 160
#: More would be no delegation that anybody hosts.
MOST_NOMINEES = 20
#: More than any plan names.
MOST_INVITATIONS = 400

Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH), AfterValidator(plain_text)]
OptionalName = Annotated[str, StringConstraints(max_length=NAME_LENGTH), AfterValidator(plain_text)]


class OfCase(Command):
    """About the invitations of one case.

    Attributes:
        key: public key of the case.
    """

    key: str


class Disclose(OfCase):
    """Agree that States are told of an activity, or say that they are not.

    Attributes:
        participations: public keys of the invitations.
    """

    participations: Annotated[tuple[str, ...], Field(max_length=MOST_INVITATIONS)] = ()
    agree: bool

    @field_validator("participations")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise PydanticCustomError("participation.choose_some", "nothing was chosen")
        return tuple(dict.fromkeys(value))


class GoWithout(OfCase):
    """Go on without one State.

    Attributes:
        participation: public key of its invitation.
    """

    participation: str


class Nominee(BaseModel):
    """Somebody whom an invited State nominates."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    name: Name
    function: OptionalName = ""
    institution: OptionalName = ""


class AnswerInvitation(Command):
    """What an invited State answers.

    Attributes:
        key: public key of the invitation.
        seen: the version of it that the page showed.
    """

    key: str
    seen: Annotated[int, Field(ge=1)]
    answer: ParticipationAnswer
    remark: OptionalWords = ""
    nominees: Annotated[tuple[Nominee, ...], Field(max_length=MOST_NOMINEES)] = ()

    @field_validator("nominees")
    @classmethod
    def _only_who_comes(cls, value: tuple[Nominee, ...], info: ValidationInfo) -> tuple[Nominee, ...]:
        if value and info.data.get("answer") is ParticipationAnswer.DECLINE:
            raise PydanticCustomError("participation.nominees_with_consent", "who declines nominates nobody")
        return value
