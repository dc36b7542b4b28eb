"""What registering a paper request takes, with its rules."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import Command
from app.casework.content.fields import plain_text
from app.casework.content.tasks import Language
from app.casework.numbers import VIENNA
from app.documents.fields import ChosenFile
from app.foundation.clock import now
from app.triage.paper.models import NUMBER_LENGTH
from app.workflow.vocabulary import Channel

#: Of the English gist, in characters.
GIST_LENGTH = 6000

NoteNumber = Annotated[str, StringConstraints(min_length=1, max_length=NUMBER_LENGTH), AfterValidator(plain_text)]
Gist = Annotated[str, StringConstraints(max_length=GIST_LENGTH), AfterValidator(plain_text)]


class RegisterPaper(Command):
    """Register a request that came on paper (process, Acts: register_paper).

    Attributes:
        state: code of three letters of the State that asks.
        channel: how it came; anything but the portal.
        note_number, note_date: as they stand on the document.
        received_on: the day on which TPB received it, from which the clocks count.
        scan: the document itself.
        answers: what it says, by task ("who", "need"); the rules are `casework.content`, and what is missing is asked
            of the State later.
        gist: what the original says, in English.
        ctc: the document says that the State agrees to share the request with the Committee.
        another: the officer knows of a request with the same number, and this is another one.
    """

    state: Annotated[str, StringConstraints(min_length=3, max_length=3)]
    channel: Channel
    note_number: NoteNumber
    note_date: date
    received_on: date
    scan: ChosenFile
    answers: dict[str, dict[str, Any]]
    gist: Annotated[Gist, Field(validate_default=True)] = ""
    ctc: Annotated[bool, Field(strict=True)] = False
    another: bool = False

    @field_validator("channel")
    @classmethod
    def _on_paper(cls, value: Channel) -> Channel:
        if value is Channel.PORTAL:
            raise PydanticCustomError("not_offered", "not on paper")
        return value

    @field_validator("note_date")
    @classmethod
    def _written_by_now(cls, value: date) -> date:
        if value > today():
            raise PydanticCustomError("day_to_come", "in the future")
        return value

    @field_validator("received_on")
    @classmethod
    def _received_by_now(cls, value: date, info: ValidationInfo) -> date:
        if value > today():
            raise PydanticCustomError("day_to_come", "in the future")
        written = info.data.get("note_date")
        if written is not None and value < written:
            raise PydanticCustomError("received_before_written", "before the document was written")
        return value

    @field_validator("gist")
    @classmethod
    def _gist_of_other_languages(cls, value: str, info: ValidationInfo) -> str:
        written = info.data.get("answers", {}).get("who", {}).get("working_language")
        if written == Language.OTHER.value and not value:
            raise PydanticCustomError("gist_needed", "an English gist is needed")
        return value


def today() -> date:
    """Return the day at TPB's duty station."""
    return now().astimezone(VIENNA).date()
