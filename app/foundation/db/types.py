"""The few column kinds of the schema: keys, codes, instants, JSON and money.

Every model uses these and nothing else, so that a value has one form in Python, in SQLite and in PostgreSQL.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, Dialect, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

#: Crockford's base 32: no I, L, O, U, so that a key read aloud over the telephone is not misheard.
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_KEY_LENGTH = 12

#: SQLite only auto-increments a column declared INTEGER; PostgreSQL keeps BIGINT.
BigInt = BigInteger().with_variant(Integer(), "sqlite")


def new_public_key() -> str:
    """Return 12 random Crockford base32 characters (60 bits), the only identifier that appears in a URL."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(PUBLIC_KEY_LENGTH))


bigint_pk = Annotated[int, mapped_column(BigInt, primary_key=True, autoincrement=True)]
public_key = Annotated[str, mapped_column(String(PUBLIC_KEY_LENGTH), unique=True, default=new_public_key)]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values on the way in and always answers in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        # SQLite keeps text; without an offset its values sort and compare as UTC.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Code(TypeDecorator[Any]):
    """A word of the vocabulary, stored by its value. Pair it with `code_check` in the table's arguments."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        # lists and files read thousands of words, and an enumeration looks each up by a call of its own
        self._word_of = {word.value: word for word in words}

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self._word_of.get(value) or self.words(value)


def code_check(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Return the named CHECK that lets `column` hold only values of `words`.

    Named after the column alone: the naming convention adds the table.
    """
    allowed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


#: JSON that PostgreSQL can index.
Json = JSON().with_variant(JSONB(), "postgresql")
#: The same where there may be no value: None is NULL, not the word `null` of JSON.
NullableJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of one currency; a converted value is computed, never stored alone."""

    minor: int
    currency: str
