"""Where the one table of wiring is hung up, so that the layers below can reach it.

`app.composition` fills a `Wiring` and `create_app` hangs it up; nothing else is ever registered at run time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.foundation.errors import Stale
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import Action


class Effect(Protocol):
    """Writes its slice's tables when a step is taken; never performs another step."""

    def __call__(self, session: Session, case: Any, actor: Actor, command: Any) -> None: ...


#: Answers one section of the facts about a case with one statement.
FactProvider = Callable[[Session, int, CaseCore], Any]
#: Tells whether a person may (still) be told about a case: (session, user id, case key).
RecipientCheck = Callable[[Session, int, str], bool]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the case page: a URL of the slice that owns it.

    Attributes:
        endpoint: endpoint with the parameter `key`.
        label: lazy text.
        visible: tells whether this actor sees it for this case.
    """

    endpoint: str
    label: Any
    visible: Callable[[Actor, CaseCore], bool]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Where the form of an action stands.

    Attributes:
        endpoint: endpoint with the parameter `key`; GET shows the form, POST acts.
        one_click: the button posts at once, without a page of its own.
    """

    endpoint: str
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled job: an idempotent service.

    Attributes:
        name: key of its row in the table of jobs.
        every_seconds: how long after a run the next is due.
        run: the service; gets `Actor.system()`.
    """

    name: str
    every_seconds: int
    run: Callable[[Actor], Any]


@dataclass(frozen=True, slots=True)
class Wiring:
    """Facts, step effects, scheduled jobs, case tabs, action pages and recipient checks.

    `case_endpoint` is the page of one case. `changes_since` answers what happened to a case since a stale page was
    shown, for the 409 page.
    """

    facts: Mapping[str, FactProvider] = field(default_factory=dict)
    effects: Mapping[Action, Sequence[Effect]] = field(default_factory=dict)
    jobs: Sequence[Job] = ()
    tabs: Sequence[Tab] = ()
    action_pages: Mapping[Action, ActionPage] = field(default_factory=dict)
    recipient_checks: Sequence[RecipientCheck] = ()
    case_endpoint: str | None = None
    changes_since: Callable[[Stale], Sequence[Any]] | None = None


def hang_up(app: Flask, wiring: Wiring) -> None:
    """Give `app` its wiring, once."""
    if "wiring" in app.extensions:
        raise RuntimeError("the wiring hangs already")
    app.extensions["wiring"] = wiring


def wiring() -> Wiring:
    """Return the wiring of the running application."""
    found: Wiring = current_app.extensions["wiring"]
    return found
