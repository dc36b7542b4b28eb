"""A request wholly in Arabic, and one in Chinese: from draft to acceptance, on pages, on paper, in files and mails."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from app.casework.models import CaseRevision
from app.notifications.sender import deliver_due
from app.workflow.vocabulary import Action, State
from tests.factories.acting import do
from tests.factories.clients import signed_in
from tests.factories.people import Cast, Member, cast_of
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import CONSENTS, RIGHTS, errors, soup, words
from tests.support.mail import MailServer
from tests.support.outbox import change_user
from tests.support.screening import case_of, rows_of


@dataclass(frozen=True, slots=True)
class Tongue:
    """What somebody writes who writes in this language only; the title also looks like a formula.

    Attributes:
        code: of the interface and of the request.
        ways: the direction of its pages.
    """

    code: str
    ways: str
    title: str
    problem: str
    name: str
    institution: str


ARABIC: Final = Tongue(
    "ar",
    "rtl",
    '=HYPERLINK("http://example.org";"تدريب القضاة")',
    "لا يعرف قضاة التحقيق الصكوك الدولية الـ19 (انظر القرار 1373).\nنطلب دورة لمدة أسبوع.",
    "ليلى المنصوري",
    "المعهد العالي للقضاء",
)
CHINESE: Final = Tongue(
    "zh",
    "ltr",
    '=HYPERLINK("http://example.org";"法官培训")',
    "预审法官不了解国际文书(见第1373号决议)。\n我们请求为期一周的课程。",
    "王丽",
    "最高人民法院",
)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def pages_in(tongue: Tongue) -> dict[str, dict[str, Any]]:
    """What is typed on each page of a request for training."""
    return {
        "who": {
            "contact-name": tongue.name,
            "contact-function": tongue.institution,
            "contact-institution": tongue.institution,
            "contact-email": "contact@example.org",
            "contact-language": tongue.code,
            "working_language": tongue.code,
            "beneficiaries-0-name": tongue.institution,
            "beneficiaries-0-kind": "courts",
        },
        "need": {
            "title": tongue.title,
            "types": ["judicial_training"],
            "problem": tongue.problem,
            "urgency": "routine",
        },
        "training": {
            "training-professions-0-profession": "judges",
            "training-professions-0-number": "25",
            "training-professions-0-level": "basic",
            "training-topics": ["instruments"],
        },
        "expected": {"expected-0-result": tongue.problem.split("\n")[0], "previous_none": "y"},
        "rights": {**RIGHTS, "q6-remark": tongue.problem},
        "consents": {**CONSENTS, "partners": "listed", "partners_listed": tongue.institution},
    }


def at_home_in(app: Flask, tongue: Tongue, *people: Member) -> list[InspectedClient]:
    """Clients of people who read pages and mails in this language."""
    for one in people:
        change_user(app, one.id, locale=tongue.code)
    return [signed_in(app, one) for one in people]


def written(app: Flask, mission: InspectedClient, tongue: Tongue) -> str:
    """Write the whole request and submit it; returns its key."""
    begun = mission.submit(mission.get("/requests/new"))
    key = str(begun.headers["Location"]).split("/cases/")[1].split("/", maxsplit=1)[0]
    typed, address = pages_in(tongue), f"/cases/{key}/tasks/who"
    while not address.endswith("/check"):
        page = mission.get(address)
        assert page_is_in(page, tongue)
        answer = mission.submit(page, typed.get(address.rsplit("/", maxsplit=1)[1], {}))
        assert answer.status_code == 303, (address, errors(answer))
        address = urlsplit(answer.headers["Location"]).path
    page = mission.get(address)
    shows(page, tongue)
    assert mission.submit(page, {"answers_checked": "y"}, button="submit").status_code == 303
    return key


def page_is_in(page: Any, tongue: Tongue) -> bool:
    root = soup(page).html
    assert root is not None
    return (root["lang"], root["dir"]) == (tongue.code, tongue.ways)


def shows(page: Any, tongue: Tongue) -> None:
    """Everything that was typed is there, letter by letter, in its own direction."""
    said = words(page)
    for text in (tongue.title, *tongue.problem.split("\n"), tongue.name, tongue.institution):
        assert text in said, text
    isolated = [one.get_text() for one in soup(page).select("bdi, [dir=auto]")]
    assert any(tongue.title in one for one in isolated)


def accepted(app: Flask, cast: Cast, intake: InspectedClient, key: str) -> None:
    assert do(intake, Action.TAKE_UP, key).status_code == 303
    judged = {f"e{number}-passed": "true" for number in range(1, 9)}
    page = intake.get(f"/cases/{key}/screening")
    assert intake.submit(page, judged, form="form:has([name='e1-passed'])").status_code == 303
    assert do(intake, Action.ACCEPT, key, officer=cast.case_officer.key).status_code == 303
    assert case_of(app, key).state is State.IN_REVIEW


def titles_in_files(intake: InspectedClient) -> Iterable[tuple[Any, Any]]:
    """Title cells of the queue as CSV and as XLSX, each with the type of the cell."""
    text = intake.get("/queue/export?view=open&file=csv").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    yield from ((row[3], "s") for row in lines[lines.index([]) + 2 :])
    book = load_workbook(io.BytesIO(intake.get("/queue/export?view=open&file=xlsx").get_data()))
    yield from ((row[3].value, row[3].data_type) for row in book["Data"].iter_rows(min_row=2))


@pytest.mark.parametrize("tongue", [ARABIC, CHINESE], ids=lambda one: one.code)
def test_from_the_draft_to_its_acceptance(app: Flask, cast: Cast, smtp_server: MailServer, tongue: Tongue) -> None:
    mission, focal = at_home_in(app, tongue, cast.mission, cast.focal_point)
    intake = signed_in(app, cast.intake_officer)
    key = written(app, mission, tongue)
    assert tongue.title in words(intake.get("/queue"))
    accepted(app, cast, intake, key)

    (revision,) = rows_of(app, CaseRevision, key)
    assert (revision.data["need"]["title"], revision.data["need"]["problem"]) == (tongue.title, tongue.problem)
    for reader in (mission, focal):
        page = reader.get(f"/cases/{key}")
        assert page_is_in(page, tongue)
        shows(page, tongue)
    shows(intake.get(f"/cases/{key}"), tongue)
    assert list(titles_in_files(intake)) == 2 * [(f"'{tongue.title}", "s")], "never a formula"
    assert_on_paper(mission, key, tongue)
    assert_in_mails(app, smtp_server, cast, key, tongue)


def assert_on_paper(reader: InspectedClient, key: str, tongue: Tongue) -> None:
    answer = reader.get(f"/cases/{key}/request.pdf")
    file = PdfReader(io.BytesIO(answer.get_data()))
    text = "".join(page.extract_text() for page in file.pages)
    assert file.root_object["/Lang"] == tongue.code
    letters = sorted(set(tongue.institution.replace(" ", "")))
    assert [one for one in letters if one not in text] == []
    assert "\ufffd" not in text


def assert_in_mails(app: Flask, server: MailServer, cast: Cast, key: str, tongue: Tongue) -> None:
    with app.app_context():
        deliver_due()
    number = str(case_of(app, key).number)
    mails = [mail for mail in server.messages if str(mail["To"]) == cast.focal_point.email]
    assert mails
    for mail in mails:
        html = str(mail.get_body(("html",)).get_content())  # type: ignore[union-attr]
        assert (mail["Content-Language"], f'<html lang="{tongue.code}" dir="{tongue.ways}">' in html) == (
            tongue.code,
            True,
        )
        assert number in str(mail["Subject"])
        assert f"{app.config['ACCEDE_BASE_URL']}/" in html
        assert tongue.title not in html, "a mail says number and link, never what is in the request"
