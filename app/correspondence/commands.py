"""What can be done with messages: one frozen command each, with its rules."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from app.casework.audiences import Readership
from app.casework.content.fields import plain_text
from app.casework.content.tasks import Language

#: The longest message, in characters.
TEXT_LENGTH = 6000

Key = Annotated[str, StringConstraints(min_length=12, max_length=12)]


def _said(value: str) -> str:
    if not value:
        raise PydanticCustomError("message_needed", "a message is needed")
    return plain_text(value)


class Command(BaseModel):
    """Base of the commands: frozen, trimmed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class WriteMessage(Command):
    """Write a message about a case.

    Attributes:
        key: public key of the case.
        readers: who is to read it, as the page said; what the writer may not choose is refused.
        text: plain text.
        lang: the language in which it is written.
    """

    key: str
    readers: Readership
    text: Annotated[str, StringConstraints(max_length=TEXT_LENGTH), AfterValidator(_said)]
    lang: Language


class WidenMessage(Command):
    """Open a message to more readers.

    Attributes:
        key: public key of the case.
        message: public key of the message.
        seen: who reads it now, as the page said.
        readers: who is to read it.
    """

    key: str
    message: str
    seen: Readership
    readers: Readership


class MarkRead(Command):
    """Mark what the reader has been shown as read.

    Attributes:
        key: public key of the case.
        newest: public key of the newest message that was shown.
    """

    key: str
    newest: Key
