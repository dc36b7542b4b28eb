"""What the use cases of consultations take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import TEXT_LENGTH, CaseCommand, Command, OptionalWords, Words
from app.casework.content.fields import email, empty_is_none, plain_text
from app.casework.content.tasks import Language
from app.coordination.models import ADDRESS_LENGTH, NAME_LENGTH, PARTNER_LENGTH
from app.coordination.vocabulary import GIVEN, RECORDED, WITH_TEXT, Came, ObjectionGround, OpeningRule
from app.documents.receiving import StoredFile
from app.workflow.vocabulary import Body, Position

#: More partners at once would be a circular, and more rows than the page has.
MOST_PARTNERS = 3

_EmptyIsNone = BeforeValidator(empty_is_none)
_Absent = BeforeValidator(lambda value: () if value is None else value)
_Line = BeforeValidator(lambda value: "" if value is None else value)
_Late = Field(validate_default=True)
_Name = Annotated[str, StringConstraints(max_length=NAME_LENGTH), AfterValidator(plain_text)]


class Partner(Command):
    """One partner that is to be asked.

    Attributes:
        name: of the organization.
        address: where its notice goes.
    """

    name: Annotated[str, _Line, StringConstraints(max_length=PARTNER_LENGTH), AfterValidator(plain_text)] = ""
    address: Annotated[str, _Line, StringConstraints(max_length=ADDRESS_LENGTH)] = ""

    @field_validator("address")
    @classmethod
    def _an_address(cls, value: str) -> str:
        return email(value) if value else value


class Consult(CaseCommand):
    """Open the consultations of a request, or the next round of some.

    Attributes:
        bodies: which are asked although no rule demands it: the Office of Legal Affairs, or a body again whose answer
            would still hold.
        ola_rule: on which ground the Office of Legal Affairs is asked where the request itself shows none.
        partners: as far as the State consented.
    """

    bodies: Annotated[tuple[Body, ...], _Absent] = ()
    ola_rule: Annotated[OpeningRule | None, _EmptyIsNone] = None
    partners: tuple[Partner, ...] = Field((), max_length=MOST_PARTNERS)

    @field_validator("partners")
    @classmethod
    def _named(cls, value: tuple[Partner, ...]) -> tuple[Partner, ...]:
        named = [one for one in value if one.name or one.address]
        if any(not one.name for one in named):
            raise PydanticCustomError("partner_needed", "a name is needed")
        if len({one.name.casefold() for one in named}) < len(named):
            raise PydanticCustomError("partner_twice", "named twice")
        return tuple(named)


class Revise(CaseCommand):
    """Take a request back into review.

    Attributes:
        what_changed: what will be changed, for the Branch and the bodies.
        again: keys of consultations whose answer will not hold any more.
    """

    what_changed: Words = ""
    again: Annotated[tuple[str, ...], _Absent] = ()


class GivePosition(CaseCommand):
    """What a body says of a request.

    Attributes:
        version: of the consultation, not of the case.
        seen: version of the case that the page showed, for what changed since.
        ground: needed with an objection.
        text: needed with everything but "no objection".
    """

    seen: Annotated[int, Field(ge=0)] = 0
    position: Annotated[Position | None, _EmptyIsNone, _Late] = None
    ground: Annotated[ObjectionGround | None, _EmptyIsNone, _Late] = None
    text: Annotated[str, StringConstraints(max_length=TEXT_LENGTH), AfterValidator(plain_text), _Late] = ""
    lang: Language = Language.EN

    @field_validator("position")
    @classmethod
    def _a_body_says_this(cls, value: Position | None) -> Position | None:
        if value not in GIVEN:
            raise PydanticCustomError("position_needed", "a position is needed")
        return value

    @field_validator("ground")
    @classmethod
    def _of_an_objection(cls, value: ObjectionGround | None, info: ValidationInfo) -> ObjectionGround | None:
        if info.data.get("position") is not Position.OBJECTION:
            return None
        if value is None:
            raise PydanticCustomError("ground_needed", "an objection has a ground")
        return value

    @field_validator("text")
    @classmethod
    def _said_in_words(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("position") in WITH_TEXT and not value:
            raise PydanticCustomError("position_text_needed", "say it in words")
        return value


class CorrectPosition(GivePosition):
    """What a body says instead of what an officer recorded for it."""


class RecordPosition(GivePosition):
    """What a body said by mail or telephone.

    Attributes:
        version: of the case.
        consultation: key of the consultation.
        in_name_of: who said it.
        file: the original.
        note: what was noted of a call; it stands for the original.
    """

    consultation: Annotated[str, _Line] = ""
    came: Annotated[Came | None, _EmptyIsNone, _Late] = None
    in_name_of: Annotated[_Name, _Line, _Late] = ""
    note: Annotated[OptionalWords, _Line] = ""
    file: Annotated[StoredFile | None, _Late] = None

    @field_validator("came")
    @classmethod
    def _not_here(cls, value: Came | None) -> Came | None:
        if value not in RECORDED:
            raise PydanticCustomError("came_needed", "how it came is needed")
        return value

    @field_validator("in_name_of")
    @classmethod
    def _somebody(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("said_by_needed", "who said it is needed")
        return value

    @field_validator("file")
    @classmethod
    def _with_its_original(cls, value: StoredFile | None, info: ValidationInfo) -> StoredFile | None:
        noted = info.data.get("came") is Came.TELEPHONE and info.data.get("note")
        if value is None and "came" in info.data and not noted:
            raise PydanticCustomError("original_needed", "the original is needed")
        return value


class OfConsultation(CaseCommand):
    """About a body's own consultation.

    Attributes:
        version: of the consultation, not of the case.
        seen: version of the case that the page showed.
    """

    seen: Annotated[int, Field(ge=0)] = 0


class Acknowledge(OfConsultation):
    """Say that the body has received the notice."""


class AskMoreTime(OfConsultation):
    """Ask for more time, once."""


class WithdrawObjection(OfConsultation):
    """Take an objection back."""


class ProceedWithout(CaseCommand):
    """Go on without the answer of a body.

    Attributes:
        consultation: key of the consultation.
        reason: why, for the Branch and the bodies.
    """

    consultation: Annotated[str, _Line] = ""
    reason: Words = ""
