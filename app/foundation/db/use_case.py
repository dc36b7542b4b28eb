"""`@use_case`: one command, one transaction, committed before the answer is built."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_type_hints

from flask import has_app_context
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.foundation.db.idempotency import claim, remember, take_claim
from app.foundation.db.scope import scope_of
from app.foundation.db.sessions import write_transaction
from app.workflow.actor import Actor

P = ParamSpec("P")
R = TypeVar("R", bound=BaseModel | None)

_inside: ContextVar[str | None] = ContextVar("use_case", default=None)


class NestedUseCase(RuntimeError):
    """A use case was called inside another: two transactions would be one promise."""


def use_case(function: Callable[Concatenate[Session, Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Run `function` in a writing transaction of its own.

    The wrapped function is called without the session: `submit(actor, command)`. It returns a frozen pydantic model or
    None. When the request carries an idempotency key, the key is claimed in the same transaction, so that a refused
    call leaves none, and the stored result is returned instead of running twice.

    Raises:
        NestedUseCase: called inside another use case.
        IdempotencyMismatch: the key was used for another body.
    """
    result_type = get_type_hints(function).get("return")

    @wraps(function)
    def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not has_app_context():
            raise RuntimeError("a use case needs an application context")
        if (outer := _inside.get()) is not None:
            raise NestedUseCase(f"{function.__name__} inside {outer}")
        token = _inside.set(function.__name__)
        try:
            return cast(R, _run(function, result_type, actor, args, kwargs))
        finally:
            _inside.reset(token)

    return run


def _run(function: Callable[..., Any], result_type: Any, actor: Actor, args: Any, kwargs: Any) -> Any:
    key = take_claim()
    with write_transaction(scope_of(actor)) as session:
        if key is not None:
            done, stored = claim(session, key, actor, function.__name__)
            if done:
                return result_type.model_validate(stored) if stored is not None else None
        result = function(session, actor, *args, **kwargs)
        if key is not None:
            remember(session, key, result)
        return result
