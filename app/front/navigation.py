"""Who is offered which pages, in the header of every page."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l

from app.accounts.actor import signed_in
from app.foundation import access
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
    """

    endpoint: str
    label: Any
    roles: frozenset[Role]
    pages: tuple[str, ...] = ()


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
    """Who is signed in, as the header shows them."""

    name: str
    account_url: str
    sign_out_url: str
    notices_url: str


_STAFF = TPB_ROLES | {Role.AUDITOR}
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_CASES = ("casefile.", "requests.", "triage.")

#: The first entry that a role is offered is where it begins.
ENTRIES = (
    Entry("requests.home", _l("Your requests"), STATE_ROLES, _CASES),
    Entry("accounts.mission_people", _l("Focal points"), frozenset({Role.MISSION}), ("accounts.mission_",)),
    Entry("triage.queue", _l("Requests"), _STAFF, _CASES),
    Entry("accounts.admin_users", _l("People"), _ADMINISTRATOR, ("accounts.admin_",)),
    Entry("reference.calendars", _l("Calendars"), _ADMINISTRATOR, ("reference.",)),
    Entry("notifications.outbox", _l("Undelivered mail"), _ADMINISTRATOR),
    Entry("notifications.notices", _l("Notices"), LIAISON_ROLES),
)


def home_endpoint(actor: Actor) -> str:
    """Return where `actor` begins: the first entry of the navigation that the role is offered."""
    offered = (entry.endpoint for entry in ENTRIES if entry.roles & actor.roles)
    return next(offered, "accounts.account")


def navigation_of(actor: Actor) -> list[Link]:
    """Return the entries for `actor`, the one of this page marked."""
    here = request.endpoint or ""
    return [
        Link(str(entry.label), url_for(entry.endpoint), here == entry.endpoint, here.startswith(entry.pages))
        for entry in ENTRIES
        if entry.roles & actor.roles
    ]


def header() -> dict[str, Any]:
    """Return what the layout's header shows; asks the database for nothing that is not loaded already."""
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
    )
    return {"viewer": viewer, "navigation": navigation_of(actor), "home_url": url_for(home_endpoint(actor))}


def init_navigation(app: Flask) -> None:
    """Give every template the header."""
    app.context_processor(header)
