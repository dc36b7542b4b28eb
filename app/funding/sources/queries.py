"""What is stored of sources, for everybody of the Branch and for auditors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest
from app.casework.texts import TYPE_TEXTS
from app.casework.visibility import visible_cases
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.formatting import date_filter, listed, money, one_line
from app.foundation.i18n import current_locale
from app.funding.models import Allocation
from app.funding.sources.ledger import Standing, Taken, select_taken, standings
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import SourceKind
from app.reference.states import state_by_code, state_name
from app.reference.texts import REGIONAL_GROUPS
from app.reference.vocabulary import RegionalGroup
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType

#: More sources than the Branch ever has open; the newest come first.
MOST = 500


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source and how it stands."""

    source: Contribution
    stands: Standing

    @property
    def key(self) -> str:
        """Public key of the source."""
        return self.source.key

    @property
    def in_kind(self) -> bool:
        """Whether it is no money."""
        return self.source.kind is SourceKind.IN_KIND

    def amount(self, minor: int) -> Markup:
        """Return an amount of this source with its currency."""
        return money(minor, self.source.currency)


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """A source as the form of an allocation offers it."""

    key: str
    label: Markup
    hint: Markup
    in_kind: bool


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One allocation of a source with the case that it belongs to."""

    taken: Taken
    case_key: str
    number: str | None
    by: str | None
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the ledger.

    Attributes:
        number: of the request whose allocation was spent or released.
        corrected: key of the line that it corrects.
    """

    line: ContributionLine
    by: str | None
    number: str | None
    corrected: str | None


def all_sources(session: Session) -> Sequence[SourceRow]:
    """Return every source, the newest first: two statements."""
    rows = session.scalars(select(Contribution).order_by(Contribution.id.desc()).limit(MOST)).all()
    stands = standings(session, rows)
    return [SourceRow(row, stands[row.id]) for row in rows]


def source_row(session: Session, key: str) -> SourceRow:
    """Return one source: two statements.

    Raises:
        NotFound: there is none.
    """
    row = session.scalars(select(Contribution).where(Contribution.key == key)).one_or_none()
    if row is None:
        raise NotFound
    return SourceRow(row, standings(session, [row])[row.id])


def open_sources(session: Session) -> list[SourceOffer]:
    """Return the sources of which something is available, the one that expires first at the top: two statements."""
    rows = [one for one in all_sources(session) if one.stands.available > 0]
    rows.sort(key=lambda one: (one.source.expires_on is None, one.source.expires_on, one.source.id))
    return [_offer(one) for one in rows]


def currency_of(session: Session, key: str | None) -> str:
    """Return the currency of a source; nothing where there is no such source: one statement."""
    return session.scalar(select(Contribution.currency).where(Contribution.key == (key or ""))) or ""


def _offer(row: SourceRow) -> SourceOffer:
    source = row.source
    words = [escape(_("%(amount)s available")) % {"amount": row.amount(row.stands.available)}]
    if source.support_percent:
        words.append(escape(_("%(percent)s %% of support cost is added", percent=source.support_percent)))
    words += earmarks(source)
    label = Markup("{}, {}").format(one_line(source.title), one_line(source.donor))
    return SourceOffer(source.key, label, Markup(" · ").join(words), row.in_kind)


def earmarks(source: Contribution) -> list[Markup]:
    """Return in words what a source is earmarked to, and until when it can be allocated."""
    words = []
    if source.regions:
        regions = listed(REGIONAL_GROUPS[RegionalGroup(one)] for one in source.regions)
        words.append(escape(_("Only for: %(what)s", what=regions)))
    if source.states:
        locale = current_locale()
        words.append(escape(_("Only for: %(what)s", what=listed(_names(source.states, locale)))))
    if source.types:
        types = listed(TYPE_TEXTS[AssistanceType(one)] for one in source.types)
        words.append(escape(_("Only for: %(what)s", what=types)))
    if source.expires_on is not None:
        words.append(escape(_("Until %(day)s")) % {"day": date_filter(source.expires_on)})
    return words


def _names(codes: Sequence[str], locale: object) -> list[str]:
    return [state_name(state_by_code(read_session(), code), locale) for code in codes]


def allocations_from(session: Session, actor: Actor, source: Contribution) -> Sequence[TakenRow]:
    """Return the allocations of a source with their cases, the newest first: one statement."""
    approver = aliased(User)
    wanted = (
        select_taken(AssistanceRequest.key, AssistanceRequest.number, User.name, approver.name)
        .join(AssistanceRequest, AssistanceRequest.id == Allocation.case_id)
        .outerjoin(User, User.id == Allocation.allocated_by_id)
        .outerjoin(approver, approver.id == Allocation.approved_by_id)
        .where(Allocation.contribution_id == source.id)
        .where(AssistanceRequest.id.in_(visible_cases(actor, AssistanceRequest.id)))
        .order_by(Allocation.id.desc())
    )
    return [
        TakenRow(Taken(row, int(released), int(spent)), key, number, by, approved_by)
        for row, released, spent, key, number, by, approved_by in session.execute(wanted)
    ]


def lines_of(session: Session, actor: Actor, source: Contribution | None) -> Sequence[LineRow]:
    """Return the ledger of a source, or of all, the oldest line first: one statement."""
    earlier = aliased(ContributionLine)
    seen = visible_cases(actor, AssistanceRequest.id.label("id"), AssistanceRequest.number.label("number")).subquery()
    wanted: Any = (
        select(ContributionLine, User.name, seen.c.number, earlier.key)
        .outerjoin(User, User.id == ContributionLine.by_id)
        .outerjoin(earlier, earlier.id == ContributionLine.corrects_id)
        .outerjoin(Allocation, Allocation.id == ContributionLine.allocation_id)
        .outerjoin(seen, seen.c.id == Allocation.case_id)
        .order_by(ContributionLine.id)
    )
    if source is not None:
        wanted = wanted.where(ContributionLine.contribution_id == source.id)
    return [LineRow(*row) for row in session.execute(wanted)]
