"""Who is offered which pages, in the header of every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.accounts.actor import signed_in
from app.coordination.queries import waiting_count
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation.

    Attributes:
        endpoint: where it leads.
        label: lazy text.
        roles: who is offered it.
        pages: how the endpoints of the pages below it begin.
        count: how much waits behind it.
    """

    endpoint: str
    label: Any
    roles: frozenset[Role]
    pages: tuple[str, ...] = ()
    count: Callable[[Session, Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the layout shows it: `active` on its own page, `within` on the pages below it."""

    label: str
    url: str
    active: bool
    within: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is signed in, as the header shows them.

    Attributes:
        stand_ins_url: where one chooses for whom one acts; None when nobody is away for whom one may.
        acting_for: the absent person's name, while acting for somebody.
        act_for_url: where the choice is posted.
    """

    name: str
    account_url: str
    sign_out_url: str
    notices_url: str
    stand_ins_url: str | None
    acting_for: str | None
    act_for_url: str


_STAFF = TPB_ROLES | {Role.AUDITOR}
_STEERING = frozenset({Role.MANAGER, Role.BRANCH_CHIEF, Role.PROGRAMME_SUPPORT, Role.AUDITOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_CASES = (
    *("activities.", "assessment.", "casefile.", "consents.", "coordination.", "correspondence.", "decision."),
    *("documents.", "evaluation.", "funding.", "moves.", "paper.", "participation.", "plan.", "requests."),
    *("silence.", "triage."),
)
_AGREEING = frozenset({Role.BRANCH_CHIEF, Role.CTC_LIAISON})
_REFERENCE = ("administration.", "reference.", "treaty_lists.")
_PROPOSALS = ("requests.propos",)

#: The first entry that a role is offered is where it begins.
ENTRIES = (
    Entry("requests.home", _l("Your requests"), STATE_ROLES, _CASES),
    Entry("accounts.mission_people", _l("Focal points"), frozenset({Role.MISSION}), ("accounts.mission_",)),
    Entry("triage.queue", _l("Requests"), _STAFF, _CASES),
    Entry("sources.index", _l("Sources of money"), _STAFF, ("sources.", "needs.")),
    Entry("accounts.admin_users", _l("People"), _ADMINISTRATOR, ("accounts.admin_",)),
    Entry("accounts.admin_offices", _l("Offices"), _ADMINISTRATOR, ("accounts.admin_office",)),
    Entry("administration.reference", _l("Reference data"), _ADMINISTRATOR, _REFERENCE),
    Entry("notifications.outbox", _l("Undelivered mail"), _ADMINISTRATOR),
    Entry("notifications.jobs", _l("Jobs"), _ADMINISTRATOR),
    Entry("coordination.inbox", _l("Consultations"), LIAISON_ROLES, _CASES, waiting_count),
    Entry("notifications.notices", _l("Notices"), LIAISON_ROLES),
    Entry("requests.proposals", _l("Proposed drafts"), frozenset({Role.CTC_LIAISON, Role.CASE_OFFICER}), _PROPOSALS),
    Entry("dashboards.dashboard", _l("Dashboard"), _STEERING, ("dashboards.",)),
    Entry("monthly.months", _l("Monthly lists"), _AGREEING, ("monthly.",)),
    Entry("agreements.agreements", _l("Agreements"), _AGREEING, ("agreements.",)),
    Entry("audit.history", _l("Histories"), frozenset({Role.AUDITOR}), ("audit.",)),
    Entry("administration.checks", _l("Checks"), frozenset({Role.AUDITOR}), ("administration.checks",)),
    Entry("states.treaties", _l("States and treaties"), frozenset(Role), ("states.",)),
    Entry("library.index", _l("Tools"), frozenset(Role), ("library.",)),
)


def home_endpoint(actor: Actor) -> str:
    """Return where `actor` begins: the first entry of the navigation that the role is offered."""
    offered = (entry.endpoint for entry in ENTRIES if entry.roles & actor.roles)
    return next(offered, "accounts.account")


def navigation_of(actor: Actor) -> list[Link]:
    """Return the entries for `actor`, the one of this page marked."""
    here = request.endpoint or ""
    offered = [entry for entry in ENTRIES if entry.roles & actor.roles]
    # the entry that names the page most closely is the one it lies within
    nearest = max(offered, key=lambda entry: _length_of_match(entry, here), default=None)
    return [
        Link(
            str(entry.label),
            url_for(entry.endpoint),
            here == entry.endpoint,
            entry is nearest and here.startswith(entry.pages),
            _count(entry, actor),
        )
        for entry in offered
    ]


def _count(entry: Entry, actor: Actor) -> int | None:
    """Return how much waits behind an entry, by one statement; None where nothing is counted, or nothing waits."""
    if entry.count is None:
        return None
    try:
        return entry.count(read_session(), actor) or None
    except SQLAlchemyError:
        # the page that says that the database is away must not need it
        return None


def _length_of_match(entry: Entry, endpoint: str) -> int:
    return max((len(start) for start in entry.pages if endpoint.startswith(start)), default=0)


def header() -> dict[str, Any]:
    """Return what the layout's header shows; asks the database only for what waits for a body's liaison."""
    rule = access.rule_of_request()
    actor = access.current_actor() if rule is not None and rule.touches_session else None
    person = signed_in() if actor is not None else None
    if actor is None or person is None:
        return {"viewer": None, "sign_in_url": url_for("security.login"), "home_url": url_for("front.start")}
    viewer = Viewer(
        name=actor.name,
        account_url=url_for("accounts.account"),
        sign_out_url=url_for("security.logout"),
        notices_url=url_for("notifications.notices"),
        stand_ins_url=url_for("accounts.stand_ins") if person.covers else None,
        acting_for=actor.on_behalf_of.name if actor.on_behalf_of else None,
        act_for_url=url_for("accounts.act_for"),
    )
    return {"viewer": viewer, "navigation": navigation_of(actor), "home_url": url_for(home_endpoint(actor))}


def init_navigation(app: Flask) -> None:
    """Give every template the header."""
    app.context_processor(header)
