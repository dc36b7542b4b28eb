"""Where the one table of wiring is hung up, so that the layers below can reach it.

`app.composition` fills a `Wiring` and `create_app` hangs it up; nothing else is ever registered at run time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy import ColumnElement, ScalarSelect, Select
from sqlalchemy.orm import Session

from app.foundation.daytime import Daily
from app.foundation.errors import Stale
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import Action, Audience


class Effect(Protocol):
    """Writes its slice's tables when a step is taken; never performs another step."""

    def __call__(self, session: Session, case: Any, actor: Actor, command: Any) -> None: ...


#: Answers one section of the facts about a case with one statement.
FactProvider = Callable[[Session, int, CaseCore], Any]
#: Tells whether a person may (still) be told about a case: (session, user id, case key, audience). The audience is that
#: of the message or document of which the mail tells; None when it tells of the case as a whole.
RecipientCheck = Callable[[Session, int, str, Audience | None], bool]
#: Answers the open recommendations of a case with one statement: (session, id of the case).
OpenRecommendations = Callable[[Session, int], Sequence[Any]]
#: Answers to which activities of other States the actor's State was invited, with one statement: (session, actor).
#: What it answers has `lines`, of what is to come, and `past_url`, None while nothing is past.
Invitations = Callable[[Session, Actor], Any]
#: Answers the select of the cases of the actor's State whose State has yet to say which others may be told: case_id.
Disclosures = Callable[[Actor], Select[Any]]
#: Answers the select of the joint visits in the newest plan of a case (its id): key, title, starts_on, city.
JointVisits = Callable[[int], Select[Any]]
#: Answers the select of the cost lines of the newest plan of a case (its id, or a column of ids): what, minor,
#: support_percent, currency.
PlanCosts = Callable[[Any], Select[Any]]
#: Answers whether the decision that counts declined a type of assistance of a case: (column of ids, column of types).
DeclinedType = Callable[[Any, Any], ColumnElement[bool]]
#: Answers what is allocated to a case and was not spent, with one statement, as pairs of amount and source:
#: (session, id of a case that a reader of the Branch may see).
Unspent = Callable[[Session, int], Sequence[tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class SummaryGroup:
    """Rows of label and value that belong together; what is None was left open."""

    heading: Any
    rows: Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What one section of a case holds, for those who decide on it.

    Attributes:
        endpoint: its page, with the parameter `key`.
        read: answers the groups for a reader of the Branch: (session, actor, `casework.page.CasePage`).
    """

    endpoint: str
    read: Callable[[Session, Actor, Any], Sequence[SummaryGroup]]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the case page: a URL of the slice that owns it.

    Attributes:
        endpoint: endpoint with the parameter `key`.
        label: lazy text.
        visible: tells whether this actor sees it for this case.
        count: a number beside the label, read with the case itself: a scalar select that is correlated with `cases`;
            None when there is nothing to count for this actor.
        count_words: what is counted, for those who hear the page.
        tells: facts that the count answers by itself, by section: (the case's row, the count).
    """

    endpoint: str
    label: Any
    visible: Callable[[Actor, CaseCore], bool]
    count: Callable[[Actor], ScalarSelect[int] | None] | None = None
    count_words: Callable[[int], str] | None = None
    tells: Callable[[Any, int], Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Where the form of an action stands.

    Attributes:
        endpoint: endpoint with the parameter `key`; GET shows the form, POST acts.
        one_click: the button posts at once, without a page of its own.
        says_why_not: what stands in the way is asked and said on the page itself: buttons elsewhere lead to it without.
        waits: makes the condition, as a column read with a case, that there is something to do at all; without it there
            is no button. None where the guards say so.
    """

    endpoint: str
    one_click: bool = False
    says_why_not: bool = False
    waits: Callable[[], ScalarSelect[int]] | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """The list from which a case was opened, and what stands beside the case in it; None at the ends."""

    back_url: str
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled job: an idempotent service.

    Attributes:
        name: key of its row in the table of jobs.
        when: how many seconds after a run the next is due, or at which time of which zone's day.
        run: the service; gets `Actor.system()`.
    """

    name: str
    when: int | Daily
    run: Callable[[Actor], Any]

    def next_after(self, at: datetime) -> datetime:
        """Return when it is due after a run that ended at `at`, in UTC."""
        return at + timedelta(seconds=self.when) if isinstance(self.when, int) else self.when.next_after(at)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Facts, effects of steps and of acts that begin a case, scheduled jobs, case tabs, action pages, recipient checks.

    `open_recommendations` answers what a case recommended and nobody has done yet, `joint_visits` which visits need a
    consent, `plan_costs` what the newest version of a plan costs, `declined_type` which types an approval left out,
    `unspent` what an end gives back, `invitations` to which activities of other States the reader's State was invited,
    `disclosures` where it has to say who else may be.
    `case_endpoint` is the page of one case.
    `changes_since` answers what happened to a case since a stale page was shown, for the 409 page.
    `field_pages` are the pages of a draft whose fields are documents, by path: endpoint and values besides the key.
    `summaries` are what the pages of a decision show of assessment, consultations, plan and delivery.
    `trail` reads the parameter `list` of a case's address: (session, actor, case, text).
    """

    facts: Mapping[str, FactProvider] = field(default_factory=dict)
    effects: Mapping[Action, Sequence[Effect]] = field(default_factory=dict)
    jobs: Sequence[Job] = ()
    tabs: Sequence[Tab] = ()
    action_pages: Mapping[Action, ActionPage] = field(default_factory=dict)
    recipient_checks: Sequence[RecipientCheck] = ()
    open_recommendations: OpenRecommendations | None = None
    joint_visits: JointVisits | None = None
    plan_costs: PlanCosts | None = None
    declined_type: DeclinedType | None = None
    unspent: Unspent | None = None
    invitations: Invitations | None = None
    disclosures: Disclosures | None = None
    case_endpoint: str | None = None
    field_pages: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    changes_since: Callable[[Stale], Sequence[Any]] | None = None
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    trail: Callable[[Session, Actor, Any, str], Trail | None] | None = None


def hang_up(app: Flask, wiring: Wiring) -> None:
    """Give `app` its wiring, once."""
    if "wiring" in app.extensions:
        raise RuntimeError("the wiring hangs already")
    app.extensions["wiring"] = wiring


def wiring() -> Wiring:
    """Return the wiring of the running application."""
    found: Wiring = current_app.extensions["wiring"]
    return found
