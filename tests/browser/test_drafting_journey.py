"""Drafts in a real browser: every type of assistance, two people at one page, text that outlives a session."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import update

from app.accounts.models import UserSession
from app.casework.texts import TYPE_TEXTS
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.workflow.vocabulary import AssistanceType as Type
from app.workflow.vocabulary import State
from tests.browser import scenes
from tests.browser.looks import HEIGHT, PHONE
from tests.browser.person import Person
from tests.factories.cases import at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.support import files
from tests.support.outbox import change_user
from tests.support.people import PASSWORD

Enter = Callable[[str], Person]
TITLE: Final = "تعديل القانون – Reform of the law – 修订法律"
PROBLEM: Final = "An hour's work:\nthe courts wait – المحاكم – 法院"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def train(person: Person) -> None:
    """The section for training."""
    person.is_on("Training")
    person.choose("Profession", "Judges", inside="Group 1")
    person.write("How many", "25", inside="Group 1")
    person.choose("Level", "Advanced", inside="Group 1")
    person.tick("Evidence", inside="Topics")
    person.press("Save and continue")


def cooperate(person: Person) -> None:
    """The section for international cooperation."""
    person.is_on("International cooperation")
    person.write("Central authority", "Office of the Prosecutor General")
    person.write("Difficulties, in general words", "Requests stay unanswered for a year.")
    person.press("Save and continue")


def gather(person: Person) -> None:
    """The section for events with other States: their groups are opened as people open them."""
    person.is_on("Participating States")
    person.tab.locator("summary").filter(has_text="Asia-Pacific States").click()
    person.tick("Fiji", inside="Participating States")
    person.tick("Tonga", inside="Participating States")
    person.press("Save and continue")


def be_visited(person: Person) -> None:
    """The section for a joint visit."""
    person.is_on("Joint visit")
    person.write("Report of CTED that the visit follows", "Report of 2025, paragraph 12")
    person.press("Save and continue")


def take_tools(person: Person) -> None:
    """The section for published tools."""
    person.is_on("Guides and tools")
    person.write("Guide, model law or manual", scenes.TOOL, inside="Tool 1")
    person.choose("Language", "French", inside="Tool 1")
    person.write("Copies", "20", inside="Tool 1")
    person.press("Save and continue")


#: What is asked for together, with the sections that it needs and words of them that are there to check.
REQUESTS: Final[Mapping[str, tuple[tuple[Type, ...], tuple[Callable[[Person], None], ...], tuple[str, ...]]]] = {
    "Training": (
        (Type.JUDICIAL_TRAINING, Type.PROSECUTORIAL_TRAINING, Type.MENTORING, Type.ONLINE_COURSE),
        (train,),
        ("Advanced", "Evidence"),
    ),
    "Cooperation": (
        (Type.INTERNATIONAL_COOPERATION, Type.JOINT_VISIT, Type.TOOLS),
        (cooperate, be_visited, take_tools),
        ("Office of the Prosecutor General", "Report of 2025, paragraph 12", scenes.TOOL),
    ),
    "Meetings": (
        (Type.NATIONAL_WORKSHOP, Type.REGIONAL_WORKSHOP, Type.SUBREGIONAL_WORKSHOP, Type.MINISTERIAL_CONFERENCE),
        (gather,),
        ("Fiji", "Tonga"),
    ),
}


def need(person: Person, title: str, types: tuple[Type, ...]) -> None:
    """The second task."""
    person.is_on("What is needed")
    person.write("Short title of the request", title)
    for kind in types:
        person.tick(str(TYPE_TEXTS[kind]), inside="Types of assistance")
    person.write("The problem", scenes.PROBLEM)
    person.press("Save and continue")


def submit(mission: Person, *words: str) -> str:
    """The mission reads its answers and submits; returns the number."""
    mission.is_on("Check your answers")
    mission.reads(*words)
    mission.tick(scenes.DECLARATION)
    mission.press("Submit the request")
    mission.is_on("Request received")
    found = scenes.RECEIVED.search(mission.tab.locator("main").inner_text())
    assert found is not None
    return found.group()


def ratify_with_a_law(mission: Person, folder: Path) -> str:
    """Ratification and drafting: the draft law is sent up on its own page."""
    law = folder / "مشروع القانون.pdf"
    law.write_bytes(files.GOOD["pdf"])
    scenes.begin_draft(mission)
    scenes.say_who(mission)
    need(mission, "A law on nuclear terrorism", (Type.RATIFICATION, Type.LEGISLATIVE_DRAFTING))
    scenes.choose_instruments(mission)
    scenes.say_details(mission)
    mission.is_on("Drafting of laws")
    page = mission.tab.url
    mission.follow("Attach or remove texts")
    mission.follow("Add a document")
    mission.tab.get_by_label("File").set_input_files(law)
    mission.write("Title", "مشروع القانون")
    mission.press("Add the document")
    mission.tab.goto(page)
    mission.reads("مشروع القانون")
    mission.press("Save and continue")
    scenes.say_results(mission)
    scenes.answer_on_rights(mission)
    scenes.consent(mission)
    return submit(mission, "A law on nuclear terrorism", "مشروع القانون")


def test_all_types_together_make_four_requests(enter: Enter, tmp_path: Path) -> None:
    mission = enter("mission").sign_in()
    numbers = [ratify_with_a_law(mission, tmp_path)]
    for title, (types, sections, words) in REQUESTS.items():
        mission.tab.goto("/home")
        scenes.begin_draft(mission)
        scenes.say_who(mission)
        need(mission, title, types)
        mission.is_on("Resolutions of the Security Council")
        mission.press("Save and continue")
        for section in sections:
            section(mission)
        scenes.say_results(mission)
        scenes.answer_on_rights(mission)
        scenes.consent(mission)
        numbers.append(submit(mission, title, *words, *(str(TYPE_TEXTS[kind]) for kind in types)))
    assert len(set(numbers)) == 4
    asked = {Type.RATIFICATION, Type.LEGISLATIVE_DRAFTING, *(kind for one in REQUESTS.values() for kind in one[0])}
    assert asked == set(Type) - {Type.FOLLOW_UP}
    mission.tab.goto("/home")
    mission.reads(*numbers)


def test_two_people_at_one_page_settle_it_field_by_field(enter: Enter, cast: Cast) -> None:
    focal, mission = enter("focal_point").sign_in(), enter("mission").sign_in()
    tasks = scenes.begin_draft(focal)
    for person in (focal, mission):
        person.tab.goto(f"{tasks}/need")
    mission.write("Short title of the request", "Theirs: عنوان")
    mission.write("The problem", "Their problem")
    mission.press("Save and come back later")
    mission.reads("Saved. You can come back to it at any time.")

    focal.write("Short title of the request", "Mine: 标题")
    focal.write("The problem", PROBLEM)
    focal.press("Save and come back later")
    focal.reads(f"{cast.mission.name} saved this page on", "Which answer is to stay?", "Theirs: عنوان", "Mine: 标题")
    choose(focal, "Short title of the request", f"Keep what {cast.mission.name} saved")
    choose(focal, "The problem", "Keep mine")
    focal.press("Save and come back later")
    focal.reads("Saved. You can come back to it at any time.")
    for person in (focal, mission):
        person.tab.goto(f"{tasks}/need")
        expect(person.tab.get_by_label("Short title of the request")).to_have_value("Theirs: عنوان")
        expect(person.tab.get_by_label("The problem")).to_have_value(PROBLEM)


def choose(person: Person, field: str, answer: str) -> None:
    """Say whose answer stays in a field on which two differ."""
    group = person.tab.locator(".clashes").get_by_role("group", name=re.compile(field))
    group.get_by_label(re.compile(answer)).check()


@pytest.mark.parametrize("javascript", [True], indirect=True)
def test_a_draft_saves_itself_and_says_so(enter: Enter) -> None:
    focal = enter("focal_point").sign_in()
    tasks = scenes.begin_draft(focal)
    focal.tab.clock.install()
    focal.tab.goto(f"{tasks}/need")
    said = focal.tab.locator("[data-said]")
    for title in (TITLE, f"{TITLE} 2"):
        focal.write("Short title of the request", title)
        with focal.tab.expect_response(re.compile("/autosave$")) as answer:
            focal.tab.clock.run_for(6000)
        assert answer.value.status == 200
        expect(said).to_contain_text("Saved on")
        focal.tab.reload()
        expect(focal.tab.get_by_label("Short title of the request")).to_have_value(title)


def test_a_session_that_ends_in_mid_form_costs_nothing(app: Flask, enter: Enter, cast: Cast) -> None:
    focal = enter("focal_point").sign_in()
    tasks = scenes.begin_draft(focal)
    for ended in ({"last_seen_at": now() - timedelta(hours=2)}, {"expires_at": now() - timedelta(minutes=1)}):
        focal.tab.goto(f"{tasks}/need")
        focal.write("Short title of the request", TITLE)
        focal.write("The problem", PROBLEM)
        with app.app_context(), write_transaction(None) as session:
            session.execute(update(UserSession).where(UserSession.user_id == cast.focal_point.id).values(**ended))
        focal.press("Save and come back later")
        focal.is_on("Sign in")
        focal.reads("What you typed is kept")
        focal.write("E-mail address", focal.member.email)
        focal.write("Password", PASSWORD)
        focal.press("Sign in")
        focal.reads("nothing of it is saved yet")
        expect(focal.tab.get_by_label("Short title of the request")).to_have_value(TITLE)
        expect(focal.tab.get_by_label("The problem")).to_have_value(PROBLEM)
    focal.press("Save and come back later")
    focal.reads("Saved. You can come back to it at any time.")
    focal.tab.goto(f"{tasks}/need")
    expect(focal.tab.get_by_label("The problem")).to_have_value(PROBLEM)


def test_a_request_in_arabic_fits_a_phone(app: Flask, enter: Enter, cast: Cast) -> None:
    title = "تدريب القضاة على الصكوك القانونية الدولية – draft law of 2026 – 修订法律 " + "نص" * 30
    case = make_case(app, cast, State.RETURNED, at_home(cast, title=title))
    focal = enter("focal_point").sign_in()
    change_user(app, cast.focal_point.id, locale="ar")
    focal.tab.set_viewport_size({"width": PHONE, "height": HEIGHT[PHONE]})
    for path in (
        "/home",
        *(f"/cases/{case.key}{tab}" for tab in ("", "/answer", "/messages", "/documents", "/history")),
    ):
        focal.tab.goto(path)
        assert focal.tab.locator("html").get_attribute("dir") == "rtl"
        expect(focal.tab.locator("main")).to_contain_text(title)
        assert focal.tab.evaluate("document.documentElement.scrollWidth") <= PHONE, path
