"""Errors have names; one table turns them into pages.

A service raises an `AccedeError` with a code and parameters, never with a sentence: `casework.texts` holds the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class AccedeError(Exception):
    """Base of everything that a person may cause.

    Attributes:
        status: the HTTP status of its page.
        code: what happened, a key of the table of texts.
        params: values for the sentence's named placeholders.
    """

    status = 400
    code = "error"

    def __init__(self, code: str | None = None, **params: Any) -> None:
        self.code = code or type(self).code
        self.params = params
        super().__init__(self.code)


class NotFound(AccedeError):
    """Nothing there that this person may see; the same answer whether it exists or not."""

    status = 404
    code = "not_found"


class Forbidden(AccedeError):
    """The page exists, this role may not use it."""

    status = 403
    code = "forbidden"


class NotNow(Forbidden):
    """Somebody of this role may do it, but not with the case as it stands: an old link leads here.

    Attributes:
        case_key: the case that the person sees.
    """

    def __init__(self, case_key: str) -> None:
        super().__init__()
        self.case_key = case_key


class Stale(AccedeError):
    """Somebody changed the object after the page was shown.

    Attributes:
        case_key: the case whose history says what changed; None for other objects.
        seen_version: the version that the page carried.
    """

    status = 409
    code = "stale"

    def __init__(self, code: str | None = None, *, case_key: str | None = None, seen_version: int = 0) -> None:
        super().__init__(code)
        self.case_key = case_key
        self.seen_version = seen_version


class Refused(AccedeError):
    """The process does not allow this now.

    Attributes:
        reasons: (code, params) of each rule that is not met.
    """

    status = 422
    code = "refused"

    def __init__(self, reasons: Sequence[tuple[str, Mapping[str, Any]]], code: str | None = None) -> None:
        super().__init__(code)
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field.

    Attributes:
        path: dotted path of the field in the command.
        code: key of the table of texts.
        params: values for the sentence.
    """

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class InvalidCommand(AccedeError):
    """What was entered cannot be taken; each error belongs beside its field."""

    status = 422
    code = "invalid"

    def __init__(self, *errors: FieldError) -> None:
        super().__init__()
        self.errors = errors


class IdempotencyMismatch(AccedeError):
    """A form's key came back with another body."""

    status = 409
    code = "key_reused"


class TooManyTries(AccedeError):
    """Back-off after failed tries.

    Attributes:
        retry_after: seconds until the next try is heard.
    """

    status = 429
    code = "too_many_tries"

    def __init__(self, retry_after: int) -> None:
        super().__init__(seconds=retry_after)
        self.retry_after = retry_after


class Unavailable(AccedeError):
    """The database or another part does not answer; the same request may work later."""

    status = 503
    code = "unavailable"
