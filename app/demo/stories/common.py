"""Parts that several stories share."""

from __future__ import annotations

from typing import Any

from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage


def drafted(stage: Stage, case: Case, state: str, ago: int, **need: Any) -> Story:
    """The focal point of `state` writes the whole draft in one day.

    Args:
        stage: where it is played.
        case: not begun.
        state: code of three letters, small.
        ago: days from Monday to Friday before today.
        need: answers of the task "need" that depend on today.
    """
    focal = f"focal.{state}"
    yield stage.on(focal, ago, 9)
    case.begin(focal)
    case.save(focal, "who")
    yield stage.on(focal, ago, 10)
    case.save(focal, "need", **need)
    yield stage.on(focal, ago, 14)
    case.save(focal, "rights")
    yield stage.on(focal, ago, 15)
    case.save(focal, "consents")


def confirmed(
    stage: Stage, case: Case, state: str, *, drafted_ago: int, sent: int, confirmed_ago: int, **need: Any
) -> Story:
    """The State writes, and its mission confirms: the request has a number."""
    yield from drafted(stage, case, state, drafted_ago, **need)
    yield stage.on(f"focal.{state}", sent, 16)
    case.send(f"focal.{state}")
    yield stage.on(f"mission.{state}", confirmed_ago, 11)
    case.confirm(f"mission.{state}")
