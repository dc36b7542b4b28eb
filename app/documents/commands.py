"""What can be done with documents: one frozen command each, with its rules."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from app.casework.audiences import Readership
from app.casework.content.fields import plain_text
from app.casework.content.tasks import Language
from app.documents.fields import ChosenFile
from app.documents.models import TITLE_LENGTH
from app.documents.vocabulary import DocumentKind


def _titled(value: str) -> str:
    if not value:
        raise PydanticCustomError("document.title_needed", "a title is needed")
    return plain_text(value)


def _of_a_kind(value: Any) -> Any:
    if not value:
        raise PydanticCustomError("document.kind_needed", "a kind is needed")
    return value


Title = Annotated[str, StringConstraints(max_length=TITLE_LENGTH), AfterValidator(_titled)]
Kind = Annotated[DocumentKind, BeforeValidator(_of_a_kind)]
FieldPath = Annotated[str, StringConstraints(max_length=80)]


class Command(BaseModel):
    """Base of the commands: frozen, trimmed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class AddDocument(Command):
    """Attach a document to a case.

    Attributes:
        key: public key of the case.
        file: what was received before.
        readers: who is to read it; what this person may not choose is refused.
        field_path: the field of a draft to which it belongs; None for most.
    """

    key: str
    file: ChosenFile
    title: Title
    kind: Kind
    lang: Language
    readers: Readership
    field_path: FieldPath | None = None


class AddVersion(Command):
    """Add the next version of a document.

    Attributes:
        key: public key of the case.
        document: public key of the newest version.
    """

    key: str
    document: str
    file: ChosenFile
    title: Title
    lang: Language


class WidenDocument(Command):
    """Open one version of a document to more readers.

    Attributes:
        key: public key of the case.
        document: public key of the version.
        seen: who reads it now, as the page said.
        readers: who is to read it.
    """

    key: str
    document: str
    seen: Readership
    readers: Readership


class RemoveDocument(Command):
    """Take a document out of a draft.

    Attributes:
        key: public key of the case.
        document: public key of its newest version.
    """

    key: str
    document: str
