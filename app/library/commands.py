"""What the use cases of the library take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from app.casework.content.fields import WebAddress, empty_is_none, plain_text
from app.casework.content.tasks import Language
from app.documents.fields import ChosenFile
from app.reference.models.tools import EDITION_LENGTH, PUBLISHER_LENGTH, REASON_LENGTH
from app.reference.vocabulary import ToolKind

TITLE_LENGTH: Final = 200
#: Operative paragraphs of the resolution that a tool can serve.
PARAGRAPHS: Final = tuple(range(4, 11))
_Plain = AfterValidator(plain_text)
_Title = Annotated[str, StringConstraints(max_length=TITLE_LENGTH), _Plain]


class Command(BaseModel):
    """Base: frozen, trimmed."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")


class ToolCommand(Command):
    """About one tool, as it was when the page was shown.

    Attributes:
        key: its public key.
        version: the version that the page showed.
    """

    key: str
    version: Annotated[int, Field(ge=1)]


class SaveTool(Command):
    """Enter a tool, or change what is said of it.

    Attributes:
        key: None for a new one; `version` is then 0.
        title_en: and the others: titles by language; English is needed, the others may be left out.
        address: where a course is taken.
        demo: made for the demonstration; no form says so, and nothing that is there becomes one.
    """

    key: str | None = None
    version: Annotated[int, Field(ge=0)] = 0
    kind: ToolKind
    title_en: Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LENGTH), _Plain]
    title_fr: _Title = ""
    title_es: _Title = ""
    title_ru: _Title = ""
    title_ar: _Title = ""
    title_zh: _Title = ""
    publisher: Annotated[str, StringConstraints(min_length=1, max_length=PUBLISHER_LENGTH), _Plain]
    year: Annotated[int, Field(ge=1945, le=2100)]
    edition: Annotated[str, StringConstraints(max_length=EDITION_LENGTH), _Plain] = ""
    paragraphs: list[int] = []
    instruments: list[str] = []
    address: Annotated[WebAddress | None, BeforeValidator(empty_is_none)] = None
    demo: bool = False

    @field_validator("paragraphs")
    @classmethod
    def _of_the_resolution(cls, value: list[int]) -> list[int]:
        if not set(value) <= set(PARAGRAPHS):
            raise PydanticCustomError("not_offered", "no such paragraph")
        return sorted(set(value))

    @property
    def titles(self) -> dict[str, str]:
        """The titles that were entered, by language code."""
        entered = {name.removeprefix("title_"): getattr(self, name) for name in type(self).model_fields}
        return {code: entered[code] for code in ("en", "fr", "es", "ru", "ar", "zh") if entered[code]}


class AddFile(ToolCommand):
    """Add a tool in one language, or replace the file of that language."""

    lang: Language
    file: ChosenFile

    @field_validator("lang")
    @classmethod
    def _named(cls, value: Language) -> Language:
        if value is Language.OTHER:
            raise PydanticCustomError("not_offered", "no language")
        return value


class PublishTool(ToolCommand):
    """Give a tool out to everybody."""


class WithdrawTool(ToolCommand):
    """Stop giving a tool out.

    Attributes:
        reason: why, for those who come for it.
    """

    reason: Annotated[str, StringConstraints(min_length=1, max_length=REASON_LENGTH), _Plain]
