"""Sources on their pages: recording, the ledger, reductions that flag, footnote 4, exports, who may what."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.notifications.models import Notice
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_case, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.money import fund, put_source
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock

DAY = {"on_date-day": "15", "on_date-month": "1", "on_date-year": "2026"}
GIVEN = {
    "kind": "extrabudgetary",
    "donor": "Duchy of Grand Fenwick",
    "title": "Contribution for judges",
    "first": "pledge",
    "money-minor": "50000.00",
    "money-currency": "USD",
    "firm": "y",
    **DAY,
}
READERS = ("intake_officer", "case_officer", "branch_chief", "manager", "auditor")
OTHERS = ("focal_point", "mission", "ctc_liaison", "ola_liaison", "administrator")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def support(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.programme_support)


def record(client: InspectedClient, source: str, kind: str, amount: str, **more: str) -> int:
    page = client.get(f"/money/{source}/record/{kind}")
    return client.submit(page, {"minor": amount, **DAY, **more}).status_code


def test_a_source_is_recorded_with_its_first_line(app: Flask, cast: Cast, support: InspectedClient) -> None:
    typed = GIVEN | {"regions": ["african", "asia_pacific"], "types": ["judicial_training"], "states": ["KEN"]}
    assert support.submit(support.get("/money/new"), typed).status_code == 303
    (row,) = rows(app, select(Contribution))
    source = row[0]
    assert (source.donor, source.support_percent, source.firm) == ("Duchy of Grand Fenwick", 13, True)
    assert (source.regions, source.types, source.states) == (
        ["african", "asia_pacific"],
        ["judicial_training"],
        ["KEN"],
    )
    (line,) = rows(app, select(ContributionLine.kind, ContributionLine.minor, ContributionLine.by_id))
    assert tuple(line) == (LineKind.PLEDGE, 5_000_000, cast.programme_support.id)
    page = support.get(f"/money/{source.key}").get_data(as_text=True)
    for words in ("USD 50,000.00", "African States", "Kenya", "Firm: counts before it is received"):
        assert words in page, words


@pytest.mark.parametrize("kind", ["regular_budget_increase", "supplemental", "increase"])
def test_footnote_4_is_refused_with_its_words(app: Flask, support: InspectedClient, kind: str) -> None:
    page = support.get("/money/new")
    assert "An increase of the regular budget" in page.get_data(as_text=True)
    refused = support.submit(page, GIVEN | ({"kind": kind} if kind != "increase" else {"kind": "supplemental"}))
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "no basis for an increase in the regular budget or requests for supplemental increases" in text
    assert "Duchy of Grand Fenwick" in text, "what was typed stays"
    assert count_of(app, Contribution) == 0


@pytest.mark.parametrize("source", ["regular_budget_increase", "supplemental", "increase"])
def test_no_crafted_form_allocates_from_an_increase(app: Flask, cast: Cast, source: str) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast))
    client = quick_client(app, cast.programme_support)
    body = {"version": str(case.version), "source": source, "minor": "10.00"}
    refused = post(app, client, f"/cases/{case.key}/allocate", **body)
    assert refused.status_code == 422
    assert "no basis for an increase in the regular budget" in refused.get_data(as_text=True)
    crafted = post(app, client, "/money/new", **GIVEN | {"kind": source})
    assert crafted.status_code == 422
    assert count_of(app, Allocation) == count_of(app, Contribution) == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": ""}, "Choose where the money comes from"),
        ({"kind": "existing_regular_budget"}, "Enter the budget line and its year"),
        ({"kind": "in_kind"}, "Enter what is given"),
        ({"money-minor": "a lot"}, "Value"),
        ({"first": ""}, "Choose whether it is pledged or received"),
        ({"on_date-year": "2036"}, "Enter today or a day before"),
        ({"on_date-day": ""}, "Enter a day, a month and a year"),
        ({"support_percent": "101"}, "Enter 100 or less"),
    ],
)
def test_bad_input_is_said_beside_its_field(
    app: Flask, support: InspectedClient, typed: dict[str, str], words: str
) -> None:
    refused = support.submit(support.get("/money/new"), GIVEN | typed)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert "Contribution for judges" in refused.get_data(as_text=True)
    assert count_of(app, Contribution) == 0


def test_a_budget_line_and_an_expert_in_kind(app: Flask, support: InspectedClient) -> None:
    budget = GIVEN | {"kind": "existing_regular_budget", "budget_line": "16 Crime prevention", "year": "2026"}
    expert = GIVEN | {"kind": "in_kind", "what": "An expert for two weeks", "support_percent": "13"}
    for typed in (budget, expert):
        assert support.submit(support.get("/money/new"), typed).status_code == 303
    stored = {row.kind: row for row in rows(app, select(Contribution.kind, Contribution.support_percent))}
    assert stored[SourceKind.IN_KIND].support_percent == 0
    page = BeautifulSoup(support.get("/money").get_data(), "html.parser").get_text()
    assert "USD 50,000.00 available of USD 50,000.00" in page, "what is in kind is not added to money"


def test_a_reduced_pledge_flags_the_newest_allocations_and_those_concerned_are_told(
    app: Flask, cast: Cast, support: InspectedClient
) -> None:
    older, newer = make_cases(app, cast, [(State.PLANNING, at_home(cast))] * 2)
    source = put_source(app, pledged=300_000)
    first, second = (fund(app, case, minor=100_000, source=source) for case in (older, newer))
    assert record(support, source, "reduction", "1000.00") == 303
    flags = dict(rows(app, select(Allocation.key, Allocation.uncovered_minor)))
    assert flags == {first: 0, second: 26_000}
    told = rows(app, select(Notice.user_id, Notice.case_key).where(Notice.code == "case.allocation_uncovered"))
    assert {tuple(one) for one in told} == {
        (cast.case_officer.id, newer.key),
        (cast.other_support.id, newer.key),
    }
    assert record(support, source, "reduction", "1500.00") == 303
    assert dict(rows(app, select(Allocation.key, Allocation.uncovered_minor))) == {first: 63_000, second: 113_000}
    for path in (f"/money/{source}", f"/cases/{newer.key}/money"):
        page = BeautifulSoup(support.get(path).get_data(), "html.parser").get_text()
        assert "Not covered: USD 1,130.00" in page
    assert record(support, source, "receipt", "3000.00") == 303
    assert dict(rows(app, select(Allocation.key, Allocation.uncovered_minor))) == {first: 0, second: 0}


def test_nothing_is_spent_beyond_its_allocation(app: Flask, cast: Cast, support: InspectedClient) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast))
    source = put_source(app, received=10**6)
    allocation = fund(app, case, minor=100_000, source=source)
    assert record(support, source, "spending", "1130.01", allocation=allocation) == 422
    assert record(support, source, "spending", "1000.00", allocation=allocation) == 303
    assert record(support, source, "release", "130.01", allocation=allocation) == 422
    assert record(support, source, "release", "130.00", allocation=allocation) == 303
    assert "Nothing is left of any allocation" in support.get(f"/money/{source}/record/spending").get_data(True)
    version = str(rows(app, select(Contribution.version))[0].version)
    body = {"version": version, "allocation": allocation, "minor": "0.01", **DAY}
    client = quick_client(app, cast.programme_support)
    assert post(app, client, f"/money/{source}/record/spending", **body).status_code == 422
    page = support.get(f"/cases/{case.key}/money").get_data(as_text=True)
    assert "spent" in page
    assert "released" in page


def test_nothing_is_spent_of_what_waits_for_a_second_person(app: Flask, cast: Cast, support: InspectedClient) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast))
    source = put_source(app, received=10**6)
    waiting = fund(app, case, minor=100_000, source=source, approved_at=None)
    page = support.get(f"/money/{source}/record/spending")
    assert waiting not in page.get_data(as_text=True)
    client = quick_client(app, cast.programme_support)
    body = {"version": "1", "allocation": waiting, "minor": "1.00", **DAY}
    refused = post(app, client, f"/money/{source}/record/spending", **body)
    assert refused.status_code == 422


def test_a_correction_is_a_line_of_its_own(app: Flask, cast: Cast, support: InspectedClient) -> None:
    source = put_source(app, received=10**6, by=cast.other_support.id)
    (line,) = rows(app, select(ContributionLine.key))
    page = support.get(f"/money/{source}/correct")
    assert support.submit(page, {"line": line.key, "minor": "10000.00", "note": "Same"}).status_code == 422
    assert support.submit(page, {"line": line.key, "minor": "9000.00", "note": "Bank charges"}).status_code == 303
    lines = rows(app, select(ContributionLine.kind, ContributionLine.minor).order_by(ContributionLine.id))
    assert [tuple(one) for one in lines] == [(LineKind.RECEIPT, 10**6), (LineKind.RECEIPT, -100_000)]
    text = support.get(f"/money/{source}").get_data(as_text=True)
    assert "Correction: Receipt" in text
    assert "Bank charges" in text


def test_more_is_not_reduced_than_is_outstanding(app: Flask, support: InspectedClient) -> None:
    source = put_source(app, pledged=100_000, received=60_000)
    assert record(support, source, "reduction", "400.01") == 422
    assert record(support, source, "reduction", "400.00") == 303


def test_what_was_recorded_meanwhile_is_said(app: Flask, support: InspectedClient) -> None:
    source = put_source(app, pledged=100_000)
    page = support.get(f"/money/{source}/record/receipt")
    assert record(support, source, "receipt", "10.00") == 303
    assert support.submit(page, {"minor": "10.00", **DAY}).status_code == 409
    assert count_of(app, ContributionLine, ContributionLine.kind == LineKind.RECEIPT) == 1


def test_the_donor_is_thanked(app: Flask, support: InspectedClient) -> None:
    source = put_source(app, received=100)
    page = support.get(f"/money/{source}/thanks")
    day = {name.replace("on_date", "thanked_on"): value for name, value in DAY.items()}
    assert support.submit(page, day).status_code == 303
    assert "15 January 2026" in support.get(f"/money/{source}").get_data(as_text=True)


def test_who_reads_and_who_records(app: Flask, cast: Cast) -> None:
    source = put_source(app, received=100)
    for name in READERS:
        client = quick_client(app, cast[name])
        assert get(app, client, "/money").status_code == 200, name
        assert get(app, client, f"/money/{source}").status_code == 200, name
        assert post(app, client, f"/money/{source}/record/receipt", version="1").status_code == 403, name
        assert post(app, client, "/money/new", **GIVEN).status_code == 403, name
    for name in OTHERS:
        client = quick_client(app, cast[name])
        for path in ("/money", f"/money/{source}", "/money/unfunded", "/money/ledger/csv"):
            assert get(app, client, path).status_code == 403, (name, path)
    assert count_of(app, Contribution) == 1


def test_the_ledger_as_a_file(app: Flask, cast: Cast, support: InspectedClient) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast))
    source = put_source(app, pledged=10**6, donor="=Duchy", by=cast.programme_support.id)
    allocation = fund(app, case, minor=100_000, source=source)
    assert record(support, source, "spending", "12.34", allocation=allocation) == 303
    for path in ("/money/ledger/csv", f"/money/{source}/ledger/csv"):
        text = support.get(path).get_data(as_text=True)
        assert "'=Duchy" in text, "no cell calculates"
        for words in ("10000.00", "12.34", "1130.00", str(case.number), "Programme Support Quill"):
            assert words in text, words
    assert support.get("/money/ledger/xlsx").status_code == 200
    assert support.get("/money/ledger/exe").status_code == 404
