"""What follows from the lists for one participant under one instrument. Pure functions.

A participant is a party from the day on which its consent to be bound was deposited: ratification, accession,
acceptance, approval or succession, not signature, and whether or not the instrument was in force on that day. Nothing
is read out of silence, except that a *complete* list rules out a Member or observer State that it does not name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.reference.vocabulary import ActEffect, ActKind, CellBasis, CellStatus, ListedStatus


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who says so, and as of when (`as_of` None: a list without date)."""

    source: str
    as_of: date | None
    as_of_text: str

    @property
    def rank(self) -> date:
        """Sorting value: an undated list is older than any other."""
        return self.as_of or date.min


@dataclass(frozen=True, slots=True)
class ActFact:
    """A dated act."""

    kind: ActKind
    effect: ActEffect
    acted_on: date
    said_by: Provenance


@dataclass(frozen=True, slots=True)
class ListingFact:
    """What a list without dates says."""

    status: ListedStatus
    said_by: Provenance


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one participant under one instrument.

    `complete` is the complete list of the instrument, set only for participants which such a list covers.
    """

    acts: tuple[ActFact, ...] = ()
    listings: tuple[ListingFact, ...] = ()
    complete: Provenance | None = None

    def act(self, effect: ActEffect) -> ActFact | None:
        """The act with this effect, of which the current lists hold at most one."""
        return next((act for act in self.acts if act.effect is effect), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A status with its reason, the acts behind it, and who says so (None: no list at all)."""

    status: CellStatus
    basis: CellBasis
    said_by: Provenance | None = None
    signed_on: date | None = None
    consent_on: date | None = None
    consent_kind: ActKind | None = None


NO_LIST = Cell(CellStatus.UNKNOWN, CellBasis.NO_LIST)
LISTED_AS = {
    ListedStatus.PARTY: CellStatus.PARTY,
    ListedStatus.SIGNATORY: CellStatus.SIGNATORY,
    ListedStatus.NOT_PARTY: CellStatus.NOT_PARTY,
}
#: Which of two statements as of the same day is the better one.
WEIGHT = {CellBasis.DATED_ACT: 2, CellBasis.LISTING: 1, CellBasis.COMPLETE_LIST: 0}


def derive(evidence: Evidence, on: date | None = None) -> Cell:
    """Return the cell that follows from `evidence`.

    Args:
        evidence: what the lists say.
        on: the status on that day; None for the latest that is known. A day after the list's as-of date gets the
            latest known status, with its as-of date.
    """
    consent = evidence.act(ActEffect.CONSENT)
    if on is not None and consent is not None and consent.acted_on > on:
        return _before_consent(evidence, consent, on)
    past = _until(evidence, on) if on is not None else evidence
    statements = [*_from_acts(past), *_from_listings(past)]
    cell = _weigh(statements)
    if on is not None and cell.status is not CellStatus.PARTY and _party_later(evidence, cell, on):
        cell = replace(cell, status=CellStatus.UNKNOWN, basis=CellBasis.UNDATED)
    return cell


def _before_consent(evidence: Evidence, consent: ActFact, on: date) -> Cell:
    """The day lies before a dated consent, so the participant was certainly not a party yet."""
    signature = evidence.act(ActEffect.SIGNATURE)
    signed = signature.acted_on if signature is not None and signature.acted_on <= on else None
    status = CellStatus.NOT_PARTY if signed is None else CellStatus.SIGNATORY
    return Cell(status, CellBasis.DATED_ACT, consent.said_by, signed_on=signed)


def _until(evidence: Evidence, on: date) -> Evidence:
    """Leave out what happened after `on`; an undated list of parties says nothing about the time before it."""
    acts = tuple(act for act in evidence.acts if act.acted_on <= on)
    listings = tuple(
        one
        for one in evidence.listings
        if one.status is ListedStatus.NOT_PARTY or (one.said_by.as_of is not None and one.said_by.as_of <= on)
    )
    return Evidence(acts, listings, evidence.complete)


def _from_acts(evidence: Evidence) -> list[Cell]:
    signature, consent = evidence.act(ActEffect.SIGNATURE), evidence.act(ActEffect.CONSENT)
    exit_ = evidence.act(ActEffect.EXIT)
    signed_on = signature.acted_on if signature else None
    if consent is not None:
        dates = Cell(CellStatus.PARTY, CellBasis.DATED_ACT, consent.said_by, signed_on, consent.acted_on, consent.kind)
        if exit_ is not None and exit_.acted_on >= consent.acted_on:
            return [replace(dates, status=CellStatus.NOT_PARTY, said_by=exit_.said_by)]
        return [dates]
    if signature is not None and evidence.complete is None:
        return [Cell(CellStatus.UNKNOWN, CellBasis.PARTIAL_LIST, signature.said_by, signed_on)]
    if signature is not None:
        return [Cell(CellStatus.SIGNATORY, CellBasis.DATED_ACT, evidence.complete, signed_on)]
    if evidence.complete is not None:
        return [Cell(CellStatus.NOT_PARTY, CellBasis.COMPLETE_LIST, evidence.complete)]
    return []


def _from_listings(evidence: Evidence) -> list[Cell]:
    signature = evidence.act(ActEffect.SIGNATURE)
    signed_on = signature.acted_on if signature else None
    cells = []
    for one in evidence.listings:
        basis = CellBasis.UNDISTINGUISHED if one.status is ListedStatus.UNDISTINGUISHED else CellBasis.LISTING
        cells.append(Cell(LISTED_AS.get(one.status, CellStatus.UNKNOWN), basis, one.said_by, signed_on))
    return cells


def _weigh(statements: list[Cell]) -> Cell:
    """The newest definite statement decides; a party's dated act is preferred to a list without dates."""
    definite = [cell for cell in statements if cell.status is not CellStatus.UNKNOWN]
    vague = sorted((cell for cell in statements if cell.status is CellStatus.UNKNOWN), key=_rank)
    if not definite:
        return vague[-1] if vague else NO_LIST
    newest = max(definite, key=_rank)
    if newest.status is CellStatus.PARTY:
        dated = [cell for cell in definite if cell.status is CellStatus.PARTY and cell.consent_on is not None]
        return dated[0] if dated else newest
    later = [cell for cell in vague if cell.basis is CellBasis.UNDISTINGUISHED and _rank(cell) > _rank(newest)]
    # "Signatory or party" contradicts an older "not a party" but not an older signature.
    return later[-1] if later and newest.status is CellStatus.NOT_PARTY else newest


def _rank(cell: Cell) -> tuple[date, int]:
    return (cell.said_by.rank if cell.said_by else date.min, WEIGHT.get(cell.basis, -1))


def _party_later(evidence: Evidence, cell: Cell, on: date) -> bool:
    """Whether an undated list after `on` names it as party while nothing from `on` or later says that it was not."""
    known_until = cell.said_by.rank if cell.said_by else date.min
    return known_until < on and any(
        one.status is ListedStatus.PARTY and one.said_by.rank > on for one in evidence.listings
    )
