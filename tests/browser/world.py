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
from app.assessment.vocabulary import Part
from app.casework.audiences import Readership
from app.casework.content.details import Profession
from app.casework.content.tasks import Language
from app.casework.models import AssistanceRequest
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.models import PlanActivity
from app.documents.vocabulary import DocumentKind
from app.foundation import access
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.notifications.services import notify
from app.notifications.vocabulary import MessageState
from app.reference.models import Calendar, Holiday
from app.reference.vocabulary import ToolKind
from app.workflow.vocabulary import AssistanceType, Audience, Body, Position, Role, State
from tests.browser.leading import lead_on
from tests.browser.looks import USUAL, Look, looks
from tests.browser.pages import EVERYBODY, HALF_IN, PAGES, VISITOR, Page
from tests.browser.plan_pages import put_plans
from tests.factories.activities import Held, keep_delivery, keep_log, put_activity, put_evaluation
from tests.factories.agreements import agree
from tests.factories.assessment import assessed
from tests.factories.beginnings import follow_up_of, propose, recommended
from tests.factories.cases import Made, Plan, at_home, make_case, make_cases
from tests.factories.consultations import agree_to_partners, ask_bodies, record
from tests.factories.documents import attach, stored_file
from tests.factories.invitations import agree as agree_to
from tests.factories.invitations import answer, give_up, guest_of, keys_of, planned, planned_elsewhere
from tests.factories.messages import write
from tests.factories.money import put_treasury
from tests.factories.one_page import one_page_draft
from tests.factories.paper import GIST, register
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.silence import put_link, put_month, put_proof
from tests.factories.supplies import FAST_LANE, stand_by
from tests.factories.tools import put_tool
from tests.support.accounts import made_when_sent, path_of
from tests.support.people import PASSWORD

#: Words as people write them: long, without a place to break, in the other direction.
TITLES: Final = {
    State.SUBMITTED: "Aide à la rédaction d'une loi sur le financement du terrorisme et la coopération judiciaire",
    State.SCREENING: "المساعدة القانونية في مجال مكافحة الإرهاب",
    State.RETURNED: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz_ohne_Leerstelle_" + 40 * "x",
}
#: Where both bodies are asked, so that each walks what only those read who were asked.
CONSULTED: Final = (State.IN_REVIEW, State.IN_COORDINATION, State.DECISION)
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

    def pages_in(self, look: Look, person: str) -> list[Page]:
        """What `person` walks in `look`.

        The readers of a page take turns with the looks, so that it is seen in each of them by somebody, and in all of
        them by its only reader. With ACCEDE_TEST_ALL (`make check-all`) everybody sees everything in every look.
        """
        return [page for page in self.pages_of(person) if look in self.looks_at(page, person)]

    def looks_at(self, page: Page, person: str) -> tuple[Look, ...]:
        """In which looks `person` sees `page`."""
        readers = [one for one in EVERYBODY if self.walks(one, page)]
        if len(readers) == 1 or looks() != USUAL:
            return looks()
        return (USUAL[readers.index(person) % len(USUAL)],)

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
    begun = _begun_otherwise(app, cast, made[STATES.index(State.CLOSED)])
    _absent(app, cast)
    _told(app, cast, made)
    with app.app_context(), write_transaction(None) as session:
        calendar = session.scalars(select(Calendar.key).order_by(Calendar.id).limit(1)).one()
        days = select(Holiday.key).join(Calendar, Calendar.id == Holiday.calendar_id).where(Calendar.key == calendar)
        holiday = session.scalars(days.order_by(Holiday.id).limit(1)).one()
    names = {
        "submitted": made[STATES.index(State.SUBMITTED)].key,
        "officer": cast.case_officer.key,
        "colleague": cast.colleague.key,
        "calendar": calendar,
        "holiday": holiday,
        "number": str(made[STATES.index(State.SUBMITTED)].number),
        **invited,
        **begun,
    }
    names["agreement"] = agree(app, cast)
    put_proof(app, made[STATES.index(State.DECISION)])
    names["month"] = put_month(app)
    names["link"] = put_link(app, made[STATES.index(State.IN_COORDINATION)])
    names["link_of_partner"] = _partner_asked(app, made[STATES.index(State.IN_COORDINATION)])
    names |= _library(app)
    names |= put_treasury(app, cast, made[STATES.index(State.PLANNING)])
    stand_by(app, cast)
    names["course"] = make_case(app, cast, State.SCREENING, at_home(cast, types=FAST_LANE, judged=True)).key
    names |= _planned(app, cast, made[STATES.index(State.IN_COORDINATION)])
    names |= put_plans(app, cast) | _inviting(app, cast)
    names |= _delivered(app, dict(zip(STATES, made, strict=True)))
    names |= _recorded(app, cast) | {"in_coordination": made[STATES.index(State.IN_COORDINATION)].key}
    names |= _written(app, cast, dict(zip(STATES, made, strict=True)))
    names |= _attached(app, cast, dict(zip(STATES, made, strict=True)))
    assessed(app, made[STATES.index(State.IN_REVIEW)], signed=False, without=(Part.CRIME_LINKS,))
    assessed(app, made[STATES.index(State.IN_COORDINATION)])
    return World(app, cast, dict(zip(STATES, made, strict=True)), names)


def sign_in(tab: Tab, email: str, password: str = PASSWORD) -> None:
    """Sign in through the page that people use."""
    tab.goto("/login")
    tab.locator("input[name=email]").fill(email)
    tab.locator("input[name=password]").fill(password)
    lead_on(tab, tab.locator("main form button").first)
    assert not tab.url.split("?")[0].endswith("/login"), f"{email} was not let in"


def _plan(cast: Cast, state: State) -> Plan:
    bodies = (Body.CTC_CTED, Body.OLA) if state in CONSULTED else ()
    title = TITLES.get(state, f"Review of the law on mutual legal assistance ({state.value.replace('_', ' ')})")
    # The draft asks for everything, so that every page of its tasks is there.
    types = tuple(kind for kind in AssistanceType if kind is not AssistanceType.FOLLOW_UP)
    asked = {"types": types} if state is State.DRAFT else {}
    assessed = state is State.IN_REVIEW
    marked = {"judged": assessed, "asked": assessed, "proposed": state is State.SCREENING}
    return at_home(cast, title=title, bodies=bodies, **marked, **asked)


def _recorded(app: Flask, cast: Cast) -> dict[str, str]:
    """A case on which both bodies said by telephone what an officer recorded, in several scripts; keys by name."""
    plan = at_home(cast, title="Extradition of " + 60 * "x", bodies=(Body.CTC_CTED, Body.OLA))
    (case,) = make_cases(app, cast, [(State.IN_COORDINATION, plan)])
    record(app, cast, case, Body.CTC_CTED, Position.OBJECTION, "在这次访问之前，我们不能同意。")
    key = record(app, cast, case, Body.OLA, Position.COMMENT, "انظر المادة الرابعة.\n\n" + 90 * "y")
    return {"recorded": case.key, "position": key}


def _begun_otherwise(app: Flask, cast: Cast, closed: Made) -> dict[str, str]:
    """A draft that nobody adopted, a follow-up, one that came on paper, and a draft on one page; keys by name."""
    keys = recommended(app, closed, "Name a central authority.", "تدريب القضاة على المساعدة القانونية المتبادلة")
    return {
        "paper": register(app, cast.intake_officer.actor, gist=GIST),
        "proposed": propose(app, cast.ctc_liaison.actor),
        "follow_up": follow_up_of(app, cast.focal_point.actor, closed, keys),
        "tool": one_page_draft(app, cast.focal_point.actor),
    }


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


def _partner_asked(app: Flask, case: Made) -> str:
    """Ask a partner about a request, as its State agreed; returns the signed part of its link."""
    agree_to_partners(app, case)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        ask_bodies(session, session.get_one(AssistanceRequest, case.id), [Body.PARTNER], delivered=False)
    return put_link(app, case, Body.PARTNER)


def _planned(app: Flask, cast: Cast, case: Made) -> dict[str, str]:
    """A plan of two activities, one of them half done, with long words and another script."""
    whole = PlannedActivity(
        {"title": "ورشة عمل إقليمية بشأن المساعدة القانونية المتبادلة", "scope": "regional"}, ["UGA", "TZA"]
    )
    begun = PlannedActivity({"title": "Course " + 40 * "x", "starts_on": None, "ends_on": None, "results": ""})
    put_plan(app, case, cast.case_officer, [whole, begun])
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return {"activity": session.scalars(select(PlanActivity.key).order_by(PlanActivity.place).limit(1)).one()}


def _inviting(app: Flask, cast: Cast) -> dict[str, str]:
    """A case whose guests are told, asked, late, coming and not; and two invitations of the State at home elsewhere."""
    guests = ("UGA", "TZA", "RWA", "BDI")
    case = planned(app, cast, AWAY, *guests, title="A table for " + 50 * "x")
    _waiting, withheld, *asked = keys_of(app, case)
    agree_to(app, cast, case, withheld, agreed=False)
    agree_to(app, cast, case, *asked)
    people = ({"name": "نادية المنصوري", "function": "قاضية", "institution": "محكمة الاستئناف"},)
    answer(app, guest_of(app, cast, "TZA"), asked[0], remark="نشارك بكل سرور.", nominees=people)
    answer(app, guest_of(app, cast, "RWA"), asked[1], ParticipationAnswer.DECLINE, remark="Not in those weeks.")
    elsewhere = planned_elsewhere(app, cast)
    answered = planned_elsewhere(app, cast)
    answer(app, cast.mission, answered, nominees=({"name": "Zoë Kamau " + 40 * "x"},))
    give_up(app, planned_elsewhere(app, cast))
    return {"inviting": case.key, "asked_elsewhere": elsewhere, "answered_elsewhere": answered}


def _delivered(app: Flask, made: dict[State, Made]) -> dict[str, str]:
    """Activities held, begun and cancelled, with their log and people, recommendations and an evaluation."""
    case = made[State.IN_DELIVERY]
    keep_delivery(app, made[State.CLOSED])
    for other in (State.SCHEDULED, State.DELIVERED, State.CLOSED):
        put_activity(app, made[other], Held(status=ActivityStatus.PLANNED) if other is State.SCHEDULED else None)
    put_evaluation(app, made[State.CLOSED], 5, 4, 4, 3, 5)
    recommended(app, made[State.DELIVERED], "Name a central authority.", "تدريب القضاة على المساعدة القانونية")
    put_activity(app, case, Held(title="Visit " + 60 * "x", status=ActivityStatus.CANCELLED))
    counts = tuple((one, gender, 7) for one in (Profession.JUDGES, Profession.PROSECUTORS) for gender in Gender)
    names = {
        "held": put_activity(app, case, Held(title="دورة للقضاة بشأن المساعدة القانونية المتبادلة", counts=counts)),
        "begun": put_activity(app, case, Held(status=ActivityStatus.PLANNED)),
    }
    keep_log(app, case, names["held"], "The hall was changed on the first day. " + 40 * "x", Audience.TPB_ONLY)
    keep_log(app, case, names["held"], "بدأت الدورة في موعدها.", Audience.STATE_TPB, lang="ar")
    recommended(app, case, "Name a central authority.", "Train the clerks as well.")
    return names


def _library(app: Flask) -> dict[str, str]:
    """A tool that is given out in three languages, one that was withdrawn, one that was only entered; others beside."""
    arabic = {"en": "Guide to mutual legal assistance", "ar": "دليل المساعدة القانونية المتبادلة"}
    for number in range(26):
        put_tool(app, titles={"en": f"Checklist {number}"}, kind=ToolKind.CHECKLIST, langs=("en",))
    return {
        "tool_published": put_tool(app, titles=arabic, langs=("ar", "en", "zh"), demo=True),
        "tool_withdrawn": put_tool(app, titles={"en": "Model law " + 60 * "x"}, withdrawn="It was replaced."),
        "tool_entered": put_tool(app, titles=arabic, published=False),
    }


def _written(app: Flask, cast: Cast, made: dict[State, Made]) -> dict[str, str]:
    """Messages of every audience on one case, in several scripts, and of a State among itself on another."""
    case = made[State.IN_REVIEW]
    long = "The bill is to reach parliament in autumn.\n\nWe attach the draft of 2024; section 12 is new.\n" + 90 * "x"
    write(app, cast.mission, made[State.AWAITING_MISSION], "Please name the central authority.", Readership.OWN_STATE)
    to_widen = write(app, cast.focal_point, case, long, Readership.STATE_TPB)
    write(app, cast.case_officer, case, "شكرا. هل يمكنكم إرسال النص (draft 2024)؟", Readership.STATE_TPB, Language.AR)
    of_ola = write(app, cast.ola_liaison, case, "No objection so far.", Readership.COORDINATION)
    of_ctc = write(
        app, cast.ctc_liaison, case, "我们在访问报告中提到了第十二条。", Readership.COORDINATION, Language.ZH
    )
    write(app, cast.mission, case, "Le projet de loi est public.", Readership.ALL, Language.FR)
    note = write(app, cast.branch_chief, case, "Compare the request of 2023.", Readership.TPB_ONLY)
    keys = {"to_widen": to_widen, "note": note, "of_ola": of_ola, "of_ctc": of_ctc}
    return {name: message.key for name, message in keys.items()}


def _attached(app: Flask, cast: Cast, made: dict[State, Made]) -> dict[str, str]:
    """Documents of every audience on one case: long names, several scripts, versions; one in a draft."""
    case, stored = made[State.IN_REVIEW], stored_file(app, "قانون مكافحة الإرهاب " + 40 * "x" + ".pdf")
    first = attach(app, cast.focal_point, case, stored, title="Projet de loi sur l'entraide " + 80 * "x", lang="fr")
    law = attach(app, cast.mission, case, stored, title="مشروع قانون المساعدة القانونية", lang="ar", replaces=first)
    closed = attach(app, cast.mission, case, stored, title="反恐怖主义法", lang="zh", audience=Audience.STATE_TPB)
    memo = attach(app, cast.branch_chief, case, title="Compare the law of 2023", audience=Audience.TPB_ONLY)
    report = attach(
        app, cast.ctc_liaison, case, kind=DocumentKind.REPORT, title="Visit of 2024", audience=Audience.COORDINATION
    )
    opinion = attach(
        app, cast.ola_liaison, case, kind=DocumentKind.OTHER, title="Opinion", audience=Audience.COORDINATION
    )
    draft_law = attach(app, cast.focal_point, made[State.DRAFT], field_path="drafting.texts")
    found = {"law": law, "closed_law": closed, "memo": memo, "report": report, "opinion": opinion}
    return {name: document.key for name, document in (found | {"draft_law": draft_law}).items()}


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
