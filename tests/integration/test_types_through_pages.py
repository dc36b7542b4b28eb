"""Every type of assistance through its pages: filled in, checked, submitted; what is wrong stands beside its input."""

from __future__ import annotations

from typing import Any, Final

import pytest
from flask import Flask

from app.casework.content import missing_fields
from app.casework.content.details import DocumentRef
from app.casework.content.pages import PAGES, pages_of
from app.casework.models import CaseRevision, DraftTask
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.answers import TEXT
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import (
    CONSENTS,
    INSTRUMENTS,
    NEED,
    RIGHTS,
    WHO,
    Government,
    errors,
    make_government,
    new_draft,
    soup,
    words,
)
from tests.support.screening import attach_texts, case_of, rows_of

#: Arabic, Chinese, and marks that turn directions: shown intact, never obeyed.
BIDI: Final = "محكمة النقض 最高法院 a\u202eb"
SHOWN_BIDI: Final = "محكمة النقض 最高法院 a\ufffdb"
TYPES: Final = tuple(kind for kind in AssistanceType if kind is not AssistanceType.FOLLOW_UP)

#: What is typed on the pages of the task "details" and "results".
TYPED: Final[dict[str, dict[str, Any]]] = {
    "ratification": {
        "ratification-stage": "parliament",
        "ratification-reservation": "under_study",
        "ratification-obstacle": BIDI,
    },
    "drafting": {"drafting-bill_date-day": "3", "drafting-bill_date-month": "5", "drafting-bill_date-year": "2027"},
    "training": {
        "training-professions-0-profession": "judges",
        "training-professions-0-number": "٤٠",
        "training-professions-0-level": "advanced",
        "training-topics": ["evidence", "fair_trial"],
    },
    "cooperation": {
        "cooperation-authority": BIDI,
        "cooperation-difficulties": BIDI,
        "cooperation-partners": ["KEN", "FJI"],
    },
    "workshop": {"workshop-participating_states": ["FJI", "TON"]},
    "visit": {"visit-report": BIDI},
    "tools": {"tools-items-0-tool": BIDI, "tools-items-0-language": "fr", "tools-items-0-copies": "20"},
    "expected": {
        "expected-0-result": BIDI,
        "expected-0-indicator": BIDI,
        "expected-0-baseline": BIDI,
        "expected-0-target": BIDI,
        "expected-0-by-day": "30",
        "expected-0-by-month": "6",
        "expected-0-by-year": "2027",
        "previous-0-provider": BIDI,
        "previous-0-year": "2024",
        "previous-0-subject": BIDI,
        "previous-0-link": "https://example.org/report",
    },
    "links": {"crime_links": ["money_laundering"], "justice_markers": ["none"]},
    "arrangements": {
        "window-start-day": "11",
        "window-start-month": "1",
        "window-start-year": "2027",
        "window-end-day": "26",
        "window-end-month": "3",
        "window-end-year": "2027",
        "modality": "hybrid",
        "place-city": BIDI,
        "place-country": "KEN",
        "place-venue": BIDI,
        "host_contribution-0-kind": "cash",
        "host_contribution-0-what": BIDI,
        "host_contribution-0-value-minor": "2500.50",
        "host_contribution-0-value-currency": "USD",
    },
    "resolutions": {"resolutions": ["1373", "1624"]},
    "instruments": INSTRUMENTS,
    "rights": {**RIGHTS, "q2-remark": BIDI},
    "confirmation": {"confirmed": "y"},
    "who": {**WHO, "contact-function": BIDI, "beneficiaries-0-name": BIDI},
    "consents": {**CONSENTS, "partners": "listed", "partners_listed": BIDI},
}


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def mission(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.mission.email)
    return client


def go_through(client: InspectedClient, key: str, kind: AssistanceType) -> list[str]:
    """From the first page of the first task, always on with "Save and continue"; returns the pages that came."""
    need = {**NEED, "types": [kind.value], "title": BIDI, "problem": BIDI}
    address, seen = f"/cases/{key}/tasks/who", []
    while not address.endswith("/check"):
        task = address.split("/tasks/")[1].split("/", maxsplit=1)[0]
        named = address.split("/tasks/")[1].partition("/")[2]
        page = named or pages_of(task, frozenset({kind}))[0].name
        seen.append(page)
        typed = need if page == "need" else TYPED[page]
        answer = client.submit(client.get(address), typed)
        assert answer.status_code == 303, (page, errors(answer))
        address = answer.headers["Location"]
    return seen


def begun(government: Government) -> str:
    """A draft with a text attached."""
    key = new_draft(government.app, government.mission.actor)
    with government.app.app_context():
        attach_texts(government.mission.actor, key, [DocumentRef.model_validate(TEXT)])
    return key


def test_each_type_is_filled_in_and_submitted(app: Flask, government: Government, mission: InspectedClient) -> None:
    for kind in TYPES:
        key = begun(government)
        seen = go_through(mission, key, kind)
        assert seen == [page.name for pages in PAGES.values() for page in pages if page.is_shown(frozenset({kind}))]
        page = mission.get(f"/cases/{key}/check")
        assert soup(page).select(".notice.n-warn") == []
        assert SHOWN_BIDI in words(page)
        assert mission.submit(page, {"answers_checked": "y"}, button="submit").status_code == 303
        assert case_of(app, key).state is State.SUBMITTED
        (revision,) = rows_of(app, CaseRevision, key)
        assert revision.data["need"]["title"] == BIDI
        assert missing_fields(revision.data) == ()
        assert words(mission.get(f"/cases/{key}")).count(SHOWN_BIDI) >= 12, kind


def test_a_page_sent_unchanged_changes_nothing(app: Flask, government: Government, mission: InspectedClient) -> None:
    heavy, light = begun(government), begun(government)
    for key, types in ((heavy, [one.value for one in TYPES]), (light, ["tools"])):
        mission.submit(mission.get(f"/cases/{key}/tasks/need"), {**NEED, "types": types})
    for page in (page for pages in PAGES.values() for page in pages if page.name != "need"):
        key = light if page.name == "confirmation" else heavy
        address = f"/cases/{key}/tasks/{page.task}/{page.name}"
        mission.submit(mission.get(address), TYPED[page.name], button="later")
        before = {row.task: row.data for row in rows_of(app, DraftTask, key)}
        assert mission.submit(mission.get(address)).status_code == 303, page.name
        assert {row.task: row.data for row in rows_of(app, DraftTask, key)} == before, page.name


#: One wrong answer of every kind of input: page, what is typed, the input that is named.
WRONG: Final = [
    ("details/ratification", {"ratification-stage": "lost"}, "ratification-stage-0"),
    ("details/drafting", {"drafting-bill_date-day": "31", "drafting-bill_date-month": "2",
                          "drafting-bill_date-year": "2027"}, "drafting-bill_date-day"),
    ("details/training", {"training-professions-0-number": "many"}, "training-professions-0-number"),
    ("details/training", {"training-topics": ["poetry"]}, "training-topics-0"),
    ("details/cooperation", {"cooperation-difficulties": "x" * 3001}, "cooperation-difficulties"),
    ("details/cooperation", {"cooperation-authority": "a\x00b"}, "cooperation-authority"),
    ("details/cooperation", {"cooperation-partners": ["ZZZ"]}, "cooperation-partners-group"),
    ("details/workshop", {"workshop-participating_states": ["ZZZ"]}, "workshop-participating_states-group"),
    ("details/visit", {"visit-report": "x" * 201}, "visit-report"),
    ("details/tools", {"tools-items-0-copies": "0"}, "tools-items-0-copies"),
    ("instruments/instruments", {"list": ["NOTHING_1900"]}, "list-0"),
    ("instruments/resolutions", {"resolutions": ["1267"]}, "resolutions-0"),
    ("results/expected", {"expected-0-by-day": "x"}, "expected-0-by-day"),
    ("results/expected", {"previous_none": "y"}, "previous_none"),
    ("results/expected", {"previous-0-link": "ftp://example.org"}, "previous-0-link"),
    ("results/links", {"crime_links": ["none", "drugs"]}, "crime_links-0"),
    ("results/arrangements", {"window-end-year": "2026"}, "window-end-day"),
    ("results/arrangements", {"place-country": "ZZZ"}, "place-country"),
    ("results/arrangements", {"host_contribution-0-value-minor": "much"}, "host_contribution-0-value-minor"),
    ("results/arrangements", {"host_contribution-0-value-currency": ""}, "host_contribution-0-value-currency"),
]  # fmt: skip


def test_what_is_wrong_stands_beside_its_input_and_nothing_is_lost(
    app: Flask, government: Government, mission: InspectedClient
) -> None:
    key = new_draft(app, government.mission.actor)
    every = {**NEED, "types": [one.value for one in TYPES]}
    mission.submit(mission.get(f"/cases/{key}/tasks/need"), every)
    faults = []
    for address, typed, named in WRONG:
        values = {**TYPED[address.split("/")[1]], **typed}
        answer = mission.submit(mission.get(f"/cases/{key}/tasks/{address}"), values)
        kept = BIDI not in values.values() or BIDI in answer.get_data(as_text=True)
        if answer.status_code != 422 or list(errors(answer)) != [named] or not kept:
            faults.append((address, typed, answer.status_code, errors(answer), kept))
    assert not faults, faults
    assert {row.task for row in rows_of(app, DraftTask, key)} == {"need"}
