"""A furnished instance for the walk: people of every role, a case in every state with pages, full lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Flask, url_for
from playwright.sync_api import Page as Tab
from sqlalchemy import select

from app.accounts import services
from app.accounts.commands import InvitePerson, NameStandIn
from app.accounts.own import name_stand_in
from app.foundation import access
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.notifications.models import OutboxMessage
from app.notifications.services import notify
from app.notifications.vocabulary import MessageState
from app.reference.models import Calendar
from app.workflow.vocabulary import Body, Role, State
from tests.browser.pages import HALF_IN, PAGES, VISITOR, Page
from tests.factories.cases import Made, Plan, at_home, make_cases
from tests.factories.people import Cast, cast_of
from tests.support.accounts import made_when_sent, path_of
from tests.support.people import PASSWORD

#: Words as people write them: long, without a place to break, in the other direction.
TITLES: Final = {
    State.SUBMITTED: "Aide à la rédaction d'une loi sur le financement du terrorisme et la coopération judiciaire",
    State.SCREENING: "المساعدة القانونية في مجال مكافحة الإرهاب",
    State.RETURNED: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz_ohne_Leerstelle_" + 40 * "x",
}
STATES: Final = sorted({page.state for page in PAGES if page.state})


@dataclass(frozen=True, slots=True)
class World:
    """What the walk visits.

    Attributes:
        names: words for addresses, see `Page.values`.
    """

    app: Flask
    cast: Cast
    cases: dict[State, Made]
    names: dict[str, str]

    def path_to(self, page: Page) -> str:
        """The address of `page`."""
        values = {name: value.format(**self.names) for name, value in page.values.items()}
        if page.state is not None:
            values["key"] = self.cases[page.state].key
        with self.app.test_request_context():
            return url_for(page.endpoint, **values)

    def pages_of(self, person: str) -> list[Page]:
        """What `person` (a role, or somebody without one) walks."""
        return [page for page in PAGES if self.walks(person, page)]

    def walks(self, person: str, page: Page) -> bool:
        """Whether `person` visits `page`."""
        if page.people is not None:
            return person in page.people
        rule = access.rule_of(self.app, page.endpoint)
        if person in (VISITOR, HALF_IN):
            return rule.anonymous and person == VISITOR and page.endpoint != "security.two_factor_setup"
        return rule.admits(self.cast.of(Role(person)).actor)


def furnished(app: Flask) -> World:
    """Fill a fresh database."""
    cast = cast_of(app)
    made = make_cases(app, cast, [(state, _plan(cast, state)) for state in STATES])
    invited = _invited(app, cast)
    _absent(app, cast)
    _told(app, cast, made)
    with app.app_context(), write_transaction(None) as session:
        calendar = session.scalars(select(Calendar.key).order_by(Calendar.id).limit(1)).one()
    names = {"officer": cast.case_officer.key, "colleague": cast.colleague.key, "calendar": calendar, **invited}
    return World(app, cast, dict(zip(STATES, made, strict=True)), names)


def sign_in(tab: Tab, email: str, password: str = PASSWORD) -> None:
    """Sign in through the page that people use."""
    tab.goto("/login")
    tab.locator("input[name=email]").fill(email)
    tab.locator("input[name=password]").fill(password)
    tab.locator("main form button").first.click()
    tab.wait_for_url(lambda address: not address.split("?")[0].endswith("/login"))


def _plan(cast: Cast, state: State) -> Plan:
    bodies = (Body.CTC_CTED, Body.OLA) if state is State.IN_REVIEW else ()
    title = TITLES.get(state, f"Review of the law on mutual legal assistance ({state.value.replace('_', ' ')})")
    return at_home(cast, title=title, bodies=bodies, judged=state is State.IN_REVIEW)


def _invited(app: Flask, cast: Cast) -> dict[str, str]:
    with app.app_context():
        command = InvitePerson(name="Cleo Marsh", email="cleo.marsh@example.org", roles=(Role.CASE_OFFICER,))
        account = services.invite_person(cast.administrator.actor, command)
    links = {
        name: made_when_sent(app, user_id, code)
        for name, user_id, code in (
            ("invitation", account.id, "accounts.invitation"),
            ("reset", cast.manager.id, "accounts.reset"),
        )
    }
    tokens = {name: path_of(app, made["link"]).rsplit("/", 1)[1] for name, made in links.items() if made}
    return {"invited": account.key, **tokens}


def _absent(app: Flask, cast: Cast) -> None:
    today = now().date()
    for absent, instead in ((cast.case_officer, cast.other_officer), (cast.focal_point, cast.colleague)):
        with app.app_context():
            name_stand_in(absent.actor, NameStandIn(stand_in_key=instead.key, first_day=today, last_day=today))


def _told(app: Flask, cast: Cast, made: list[Made]) -> None:
    """Notices for everybody, and one mail that could not be delivered."""
    case = made[STATES.index(State.IN_REVIEW)]
    people = [member.id for member in cast.members.values()]
    with app.app_context(), write_transaction(None) as session:
        for code in ("case.new_request", "case.accepted"):
            notify(session, people, code, {}, case_key=case.key, number=case.number)
        session.flush()
        dead = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id).limit(1)).one()
        dead.state = MessageState.DEAD
