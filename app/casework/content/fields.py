"""Kinds of answers that tasks are made of."""

import unicodedata
from typing import Annotated, Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

#: Line breaks and tabs are the only control characters that plain text needs.
_ALLOWED_CONTROLS = {"\n", "\t"}
#: U+0000 cannot be stored, and lone surrogates cannot be encoded.
_REFUSED_CATEGORIES = {"Cc", "Cs"}
_NOT_IN_ADDRESSES = set(' \t\n<>"')
#: No offer of a host is larger; a slip of the keyboard is refused.
MOST_MINOR_UNITS = 10**15


class TaskModel(BaseModel):
    """Base of each task's answers: plain text, trimmed, nothing that the task does not know."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore", frozen=True)


def plain_text(value: str) -> str:
    """Normalize line breaks and composition; refuse characters that cannot be shown.

    Raises:
        PydanticCustomError: `control_characters`.
    """
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    for character in value:
        if character not in _ALLOWED_CONTROLS and unicodedata.category(character) in _REFUSED_CATEGORIES:
            raise PydanticCustomError("control_characters", "control characters")
    return value


def email(value: str) -> str:
    """Check the form of an e-mail address.

    Raises:
        PydanticCustomError: `email`.
    """
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError:
        raise PydanticCustomError("email", "not an e-mail address") from None


def empty_is_none(value: Any) -> Any:
    """Treat an empty answer as no answer."""
    return None if value in ("", [], {}) else value


def web_address(value: str) -> str:
    """Check that `value` is an address of the web.

    Raises:
        PydanticCustomError: `web_address`.
    """
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or set(value) & _NOT_IN_ADDRESSES:
        raise PydanticCustomError("web_address", "not an address of the web")
    return value


#: For texts whose lengths are their own.
plain = AfterValidator(plain_text)
#: Required text, by greatest length in characters.
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(plain_text)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(plain_text)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=6000), AfterValidator(plain_text)]
#: Text that may be left out.
OptionalLine = Annotated[str, StringConstraints(max_length=200), AfterValidator(plain_text)]
OptionalText = Annotated[str, StringConstraints(max_length=2000), AfterValidator(plain_text)]
Email = Annotated[str, StringConstraints(min_length=1, max_length=254), AfterValidator(email)]
Optional = BeforeValidator(empty_is_none)
WebAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(plain_text), AfterValidator(web_address)]
#: ISO 3166-1 alpha-3; whether there is such a State is asked of reference data.
StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


def amount(value: Any) -> Any:
    """Refuse what is no number of minor units.

    Raises:
        PydanticCustomError: `money_amount`.
    """
    if not isinstance(value, int):
        raise PydanticCustomError("money_amount", "not an amount")
    return value


class MoneyAnswer(TaskModel):
    """An amount in minor units of its currency (ISO 4217), as `foundation.db.Money`."""

    minor: Annotated[int, BeforeValidator(amount), Field(ge=0, le=MOST_MINOR_UNITS)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
