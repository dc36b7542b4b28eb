"""What follows from the lists: unknown is a value of its own, silence says nothing, dates decide."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reference.treaty_rules import NO_LIST, ActFact, Evidence, ListingFact, Provenance, derive
from app.reference.vocabulary import EFFECTS, ActEffect, ActKind, CellBasis, CellStatus, ListedStatus

LIST_2014 = Provenance("depositary", date(2014, 7, 10), "2014-07-10")
LIST_2016 = Provenance("table", date(2016, 5, 1), "2016-05")
CRAWL_2022 = Provenance("crawl", date(2022, 3, 1), "undated; crawl 2022-03")
UNDATED = Provenance("copy", None, "undated copy")


def act(kind: ActKind, day: str, said_by: Provenance = LIST_2014) -> ActFact:
    return ActFact(kind, EFFECTS[kind], date.fromisoformat(day), said_by)


def listed(status: ListedStatus, said_by: Provenance) -> ListingFact:
    return ListingFact(status, said_by)


def test_without_any_list_the_status_is_unknown() -> None:
    assert derive(Evidence()) == NO_LIST
    assert derive(Evidence(), date(2005, 7, 22)).status is CellStatus.UNKNOWN


def test_only_a_complete_list_rules_out_who_is_not_named() -> None:
    cell = derive(Evidence(complete=LIST_2014))
    assert (cell.status, cell.basis, cell.said_by) == (CellStatus.NOT_PARTY, CellBasis.COMPLETE_LIST, LIST_2014)


def test_signature_in_a_complete_list_is_signatory_and_in_a_partial_list_unknown() -> None:
    signed = (act(ActKind.SIGNATURE, "1986-06-26"),)
    assert derive(Evidence(signed, complete=LIST_2014)).status is CellStatus.SIGNATORY
    partial = derive(Evidence(signed))
    assert (partial.status, partial.basis) == (CellStatus.UNKNOWN, CellBasis.PARTIAL_LIST)
    assert partial.signed_on == date(1986, 6, 26)


@pytest.mark.parametrize("kind", [kind for kind, effect in EFFECTS.items() if effect is ActEffect.CONSENT])
def test_every_form_of_consent_makes_a_party_from_its_own_day(kind: ActKind) -> None:
    evidence = Evidence((act(ActKind.SIGNATURE, "2000-01-10"), act(kind, "2002-04-10")), complete=LIST_2014)
    assert derive(evidence, date(2002, 4, 10)).status is CellStatus.PARTY
    assert derive(evidence, date(2002, 4, 9)).status is CellStatus.SIGNATORY
    assert derive(evidence, date(2000, 1, 9)).status is CellStatus.NOT_PARTY
    assert (derive(evidence).consent_on, derive(evidence).consent_kind) == (date(2002, 4, 10), kind)


def test_succession_to_signature_does_not_make_a_party() -> None:
    evidence = Evidence((act(ActKind.SUCCESSION_TO_SIGNATURE, "2006-10-23"),), complete=LIST_2014)
    assert derive(evidence).status is CellStatus.SIGNATORY


def test_a_dated_consent_of_a_partial_list_rules_out_the_days_before() -> None:
    evidence = Evidence((act(ActKind.ACCESSION, "1997-12-01", UNDATED),))
    assert derive(evidence, date(1997, 11, 30)).status is CellStatus.NOT_PARTY


def test_a_party_of_an_undated_list_has_no_date_and_no_past() -> None:
    evidence = Evidence(listings=(listed(ListedStatus.PARTY, LIST_2016),))
    cell = derive(evidence)
    assert (cell.status, cell.basis, cell.consent_on) == (CellStatus.PARTY, CellBasis.LISTING, None)
    before = derive(evidence, date(2005, 7, 22))
    assert (before.status, before.basis) == (CellStatus.UNKNOWN, CellBasis.UNDATED)


def test_not_a_party_later_means_not_a_party_before() -> None:
    evidence = Evidence(listings=(listed(ListedStatus.NOT_PARTY, LIST_2016),))
    assert derive(evidence, date(2005, 7, 22)).status is CellStatus.NOT_PARTY


def test_a_newer_list_prevails_and_the_time_between_is_unknown() -> None:
    signed = act(ActKind.SIGNATURE, "2005-09-14")
    evidence = Evidence((signed,), (listed(ListedStatus.PARTY, LIST_2016),), LIST_2014)
    assert derive(evidence).status is CellStatus.PARTY
    assert derive(evidence, date(2014, 7, 10)).status is CellStatus.SIGNATORY
    assert derive(evidence, date(2015, 1, 1)).status is CellStatus.UNKNOWN


def test_signatory_or_party_overturns_an_older_not_party_only() -> None:
    vague = (listed(ListedStatus.UNDISTINGUISHED, CRAWL_2022),)
    assert derive(Evidence(listings=vague)).status is CellStatus.UNKNOWN
    overturned = derive(Evidence(listings=vague, complete=LIST_2014))
    assert (overturned.status, overturned.basis) == (CellStatus.UNKNOWN, CellBasis.UNDISTINGUISHED)
    signed = (act(ActKind.SIGNATURE, "2005-09-14"),)
    assert derive(Evidence(signed, vague, LIST_2014)).status is CellStatus.SIGNATORY
    joined = (act(ActKind.ACCESSION, "2007-09-14"),)
    assert derive(Evidence(joined, vague, LIST_2014)).status is CellStatus.PARTY


def test_the_dated_act_is_preferred_to_a_newer_list_without_dates() -> None:
    evidence = Evidence((act(ActKind.ACCESSION, "2007-09-14"),), (listed(ListedStatus.PARTY, LIST_2016),), LIST_2014)
    assert (derive(evidence).consent_on, derive(evidence).said_by) == (date(2007, 9, 14), LIST_2014)


def test_a_withdrawal_ends_it() -> None:
    evidence = Evidence(
        (act(ActKind.ACCESSION, "2007-09-14"), act(ActKind.WITHDRAWAL, "2010-01-01")), complete=LIST_2014
    )
    assert derive(evidence, date(2009, 12, 31)).status is CellStatus.PARTY
    assert derive(evidence, date(2010, 1, 1)).status is CellStatus.NOT_PARTY
    assert derive(evidence).status is CellStatus.NOT_PARTY


days = st.dates(date(1960, 1, 1), date(2030, 1, 1))
provenances = st.builds(lambda day: Provenance("list", day, str(day)), st.none() | days)
act_lists = st.lists(
    st.builds(lambda kind, day, by: ActFact(kind, EFFECTS[kind], day, by), st.sampled_from(ActKind), days, provenances),
    max_size=3,
    unique_by=lambda one: one.effect,
)
listings = st.lists(st.builds(ListingFact, st.sampled_from(ListedStatus), provenances), max_size=3)
evidences = st.builds(Evidence, act_lists.map(tuple), listings.map(tuple), st.none() | provenances)


@given(evidences, st.none() | days)
def test_not_party_and_party_always_have_a_source_that_says_so(evidence: Evidence, on: date | None) -> None:
    cell = derive(evidence, on)
    if cell.status is not CellStatus.UNKNOWN:
        assert cell.said_by is not None
    if cell.status is CellStatus.NOT_PARTY:
        stated = any(one.status is ListedStatus.NOT_PARTY for one in evidence.listings)
        dated = any(one.effect is not ActEffect.SIGNATURE for one in evidence.acts)
        assert stated or dated or evidence.complete is not None
    if cell.status is CellStatus.PARTY:
        listed_so = any(one.status is ListedStatus.PARTY for one in evidence.listings)
        assert listed_so or evidence.act(ActEffect.CONSENT) is not None


@given(evidences)
def test_the_order_in_which_lists_were_read_does_not_matter(evidence: Evidence) -> None:
    unlike = {(one.status, one.said_by.rank) for one in evidence.listings}
    turned = Evidence(evidence.acts[::-1], evidence.listings[::-1], evidence.complete)
    if len({rank for _, rank in unlike}) == len(unlike):
        assert derive(turned).status is derive(evidence).status
