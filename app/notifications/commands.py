"""What people do with their notices, and administrators with mails that did not leave."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.notifications.vocabulary import ALWAYS_AT_ONCE, MailChoice, NoticeKind


class _Some(BaseModel):
    """One row by its key, or all of them."""

    model_config = ConfigDict(frozen=True)

    key: str | None = Field(default=None, max_length=12)
    everything: bool = False

    @model_validator(mode="after")
    def _one_or_all(self) -> Self:
        if (self.key is None) == (not self.everything):
            raise ValueError("one key, or everything")
        return self


class MarkRead(_Some):
    """Mark one notice, or all, as read."""


class RetryMail(_Some):
    """Begin anew with one mail that was given up, or with all."""


class ChooseMails(BaseModel):
    """How one wants to be told of each kind; kinds that are not named stay as they are."""

    model_config = ConfigDict(frozen=True)

    choices: dict[NoticeKind, MailChoice]

    @model_validator(mode="after")
    def _may_wait(self) -> Self:
        if ALWAYS_AT_ONCE & self.choices.keys():
            raise ValueError("some mails always come at once")
        return self
