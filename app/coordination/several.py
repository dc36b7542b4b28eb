"""Several requests get "no objection": a check list before, a transaction for each, a result for each after.

Each answer is given by the use case that gives one, in its own transaction and under its own idempotency key, derived
from the form's: what was done before something failed stays done (docs/decisions/0011).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.casework.changes import changes_since
from app.coordination.commands import AnswerSeveral, GivePosition, Ticked
from app.coordination.positions import give_position
from app.foundation.db.idempotency import offer_claim
from app.foundation.errors import Forbidden, IdempotencyMismatch, NotFound, Refused, Stale
from app.foundation.texts import text
from app.workflow.actor import Actor
from app.workflow.vocabulary import Position


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one request.

    Attributes:
        outcome: given, refused, changed or missing.
        reasons: why not, in words.
        changes: what happened since the check list was shown.
    """

    key: str
    outcome: str
    reasons: tuple[str, ...] = ()
    changes: Sequence[Any] = ()


def entered(given: Iterable[str]) -> list[dict[str, str]]:
    """Return what the check list sent of each request: key and version, each request once."""
    found = {key: version for key, _dot, version in (one.partition(".") for one in given)}
    return [{"key": key, "version": version} for key, version in found.items()]


def answer_several(actor: Actor, command: AnswerSeveral) -> list[Result]:
    """Give each answer by itself; nothing that happens to one undoes another."""
    return [_answer(actor, command, one) for one in command.cases]


def _answer(actor: Actor, command: AnswerSeveral, one: Ticked) -> Result:
    offer_claim(_digest(f"{command.form_key} {one.key}"), _digest(f"{one.key} {one.version}"))
    try:
        give_position(actor, GivePosition(key=one.key, version=one.version, position=Position.NO_OBJECTION))
    except NotFound:
        return Result(one.key, "missing")
    except Stale as stale:
        return Result(one.key, "changed", changes=changes_since(stale)[-MOST_CHANGES:])
    except Forbidden:
        return Result(one.key, "refused", (text("inbox_gone"),))
    except IdempotencyMismatch:
        return Result(one.key, "refused", (text("key_reused"),))
    except Refused as refused:
        return Result(one.key, "refused", tuple(text(code, params) for code, params in refused.reasons))
    finally:
        offer_claim(None, "")
    return Result(one.key, "given")


#: The latest of them say what the reader has missed.
MOST_CHANGES = 3


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
