"""What the use cases of an assessment take; the rules of each part stand in `answers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from app.assessment.answers import MODELS, PartModel
from app.assessment.vocabulary import Part


def _version(value: Any) -> Any:
    """What is no number was not written by a page."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise PydanticCustomError("int_parsing", "not a number")
    return value


Version = Annotated[int, BeforeValidator(_version), Field(ge=0)]


class AboutCase(BaseModel):
    """Base: frozen, about one case.

    Attributes:
        key: public key of the case.
        version: of what the page showed.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")

    key: str
    version: Version


class SavePart(AboutCase):
    """Save one part; the answers stand beside these fields, see `COMMANDS`.

    Attributes:
        version: of the part that the page showed; 0 when nothing was saved.
        finished: it is meant to be complete; else it is kept as far as it is.
    """

    finished: bool = True


def _command_of(model: type[PartModel]) -> type[SavePart]:
    bases: Any = (SavePart, model)
    return cast(type[SavePart], create_model(f"Save{model.__name__}", __base__=bases))


#: The command of each part: its answers, with the fields of `SavePart`.
COMMANDS: Mapping[Part, type[SavePart]] = {part: _command_of(model) for part, model in MODELS.items()}


def answers_in(part: Part, command: SavePart) -> PartModel:
    """Return the answers that `command` brings."""
    return MODELS[part].model_validate({name: getattr(command, name) for name in MODELS[part].model_fields})


class SignAssessment(AboutCase):
    """Sign the assessment that the page showed."""


class ReopenAssessment(AboutCase):
    """Change a signed assessment: it must be signed again."""


class ConfirmUrgency(AboutCase):
    """Confirm that the dated event makes a request urgent."""
