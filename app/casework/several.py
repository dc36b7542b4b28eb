"""One act on several ticked requests: a check list before, a transaction for each, a result for each after.

Each is done by the use case that does it to one, in its own transaction and under its own idempotency key, derived from
the form's: what was done before something failed stays done, and the form sent again repeats nothing
(docs/decisions/0011).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final

from flask_babel.speaklater import LazyString
from pydantic import Field

from app.casework.changes import changes_since
from app.casework.commands import Command
from app.foundation.db.idempotency import offer_claim
from app.foundation.errors import FieldError, Forbidden, IdempotencyMismatch, InvalidCommand, NotFound, Refused, Stale
from app.foundation.forms import sentence
from app.foundation.texts import text

#: As many as a page of a list shows.
MOST: Final = 100
#: The latest of them say what the reader has missed.
MOST_CHANGES: Final = 3


class Ticked(Command):
    """A request, or what is asked about it, as the check list showed it."""

    key: Annotated[str, Field(max_length=12)]
    version: Annotated[int, Field(ge=1, lt=2**31)]


class SeveralCommand(Command):
    """Do one act to several requests.

    Attributes:
        form_key: the idempotency key of the form.
    """

    cases: Annotated[tuple[Ticked, ...], Field(min_length=1, max_length=MOST)]
    form_key: str


class Outcome(StrEnum):
    """What came of one request."""

    DONE = "done"
    REFUSED = "refused"
    CHANGED = "changed"
    MISSING = "missing"


_TONES: Final = {
    Outcome.DONE: "success",
    Outcome.REFUSED: "warn",
    Outcome.CHANGED: "warn",
    Outcome.MISSING: "danger",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one request.

    Attributes:
        reasons: why not, in words.
        changes: what happened since the check list was shown.
    """

    key: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    changes: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What came of one request; number and title are None when it was not found."""

    key: str
    number: str | None
    title: str | None
    lang: str
    status: str
    tone: str
    reasons: tuple[str, ...]
    changes: Sequence[Any]


def entered(given: Iterable[str]) -> list[dict[str, str]]:
    """Return what the check list sent of each request: key and version, each request once."""
    found = {key: version for key, _dot, version in (one.partition(".") for one in given)}
    return [{"key": key, "version": version} for key, version in found.items()]


def stop_if_too_many(keys: Sequence[str]) -> None:
    """Stop where more are ticked than a page of a list shows.

    Raises:
        InvalidCommand: so many are ticked.
    """
    if len(keys) > MOST:
        raise InvalidCommand(FieldError("cases", "too_long", {"max_length": MOST}))


def each(command: SeveralCommand, act: Callable[[Ticked], object], *, not_open: str, about: str = "") -> list[Result]:
    """Do `act` to each request by itself; nothing that happens to one undoes another.

    Args:
        command: the ticked requests.
        act: the use case that does it to one.
        not_open: code of the words where the process has no such act for it as it stands.
        about: what else the form says; the same key with another is refused.
    """
    return [_one(command, one, act, not_open, about) for one in command.cases]


def _one(command: SeveralCommand, one: Ticked, act: Callable[[Ticked], object], not_open: str, about: str) -> Result:
    offer_claim(_digest(f"{command.form_key} {one.key}"), _digest(f"{one.key} {one.version} {about}"))
    try:
        act(one)
    except NotFound:
        return Result(one.key, Outcome.MISSING)
    except Stale as stale:
        return Result(one.key, Outcome.CHANGED, changes=changes_since(stale)[-MOST_CHANGES:])
    except Forbidden:
        return _refused(one, text(not_open))
    except IdempotencyMismatch:
        return _refused(one, text("key_reused"))
    except Refused as refused:
        return _refused(one, *(text(code, params) for code, params in refused.reasons))
    except InvalidCommand as wrong:
        return _refused(one, *(sentence(error) for error in wrong.errors))
    finally:
        offer_claim(None, "")
    return Result(one.key, Outcome.DONE)


def _refused(one: Ticked, *reasons: str) -> Result:
    return Result(one.key, Outcome.REFUSED, reasons)


def in_words(found: Sequence[Result], rows: Mapping[str, Any], words: Mapping[Outcome, LazyString]) -> list[ResultRow]:
    """Return the results in words, in the order of the check list.

    Args:
        rows: what is known of each request under its key: `number`, `title`, `lang`.
        words: what each outcome is called.
    """
    return [_in_words(result, rows.get(result.key), words) for result in found]


def _in_words(result: Result, row: Any, words: Mapping[Outcome, LazyString]) -> ResultRow:
    return ResultRow(
        key=result.key,
        number=row.number if row else None,
        title=row.title if row else None,
        lang=row.lang if row else "",
        status=str(words[result.outcome]),
        tone=_TONES[result.outcome],
        reasons=result.reasons,
        changes=result.changes,
    )


def done(found: Sequence[Result]) -> int:
    """Return to how many requests it was done."""
    return sum(one.outcome is Outcome.DONE for one in found)


def headings(columns: Iterable[tuple[str, Any, str]]) -> list[dict[str, str]]:
    """Return columns as `data_table` takes them."""
    return [{"key": key, "label": str(label), "kind": kind} for key, label, kind in columns]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
