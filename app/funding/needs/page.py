"""The list of unfunded needs: for the Branch with names, for donors without those that were not agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.texts import TYPE_TEXTS
from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.foundation.formatting import listed, money
from app.foundation.i18n import current_locale
from app.funding.needs.queries import Need, unfunded_needs
from app.funding.sources.exporting import amount_cell
from app.papers.papers import Line, Paper, Part, document
from app.reference.states import state_name
from app.reference.texts import REGIONAL_GROUPS
from app.reference.vocabulary import RegionalGroup
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType

#: How a State reads that did not agree to be named.
UNNAMED = {
    RegionalGroup.AFRICAN: _l("A State in Africa"),
    RegionalGroup.ASIA_PACIFIC: _l("A State in Asia and the Pacific"),
    RegionalGroup.EASTERN_EUROPEAN: _l("A State in Eastern Europe"),
    RegionalGroup.LATIN_AMERICAN_CARIBBEAN: _l("A State in Latin America and the Caribbean"),
    RegionalGroup.WESTERN_EUROPEAN_OTHERS: _l("A State in Western Europe or another State of its group"),
}


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need in words; `name` is the State's for the Branch."""

    need: Need
    name: str
    group: str
    types: str
    amount: Markup


@dataclass(frozen=True, slots=True)
class Sum:
    """What is missing under one heading: how many needs, and the amounts by currency."""

    label: str
    needs: int
    amounts: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class NeedsShown:
    """The list, and what it comes to by group of States and by type of assistance."""

    rows: Sequence[NeedRow]
    groups: Sequence[Sum]
    types: Sequence[Sum]
    unnamed: int


def needs_shown(session: Session, actor: Actor) -> NeedsShown:
    """Return the list for somebody of the Branch, or an auditor."""
    needs = unfunded_needs(session, actor)
    groups = [(group, words, [one for one in needs if one.state.regional_group is group]) for group, words in _groups()]
    kinds = [(kind, words, [one for one in needs if kind in one.types]) for kind, words in TYPE_TEXTS.items()]
    return NeedsShown(
        [_row(one) for one in needs],
        [_sum(str(words), some) for _group, words, some in groups if some],
        [_sum(str(words), some) for _kind, words, some in kinds if some],
        sum(not one.named for one in needs),
    )


def donor_export(session: Session, actor: Actor) -> Export:
    """Return the list as it may be given to possible donors: no number, no title, no name that was not agreed."""
    return Export(
        name="unfunded-needs",
        title=str(_("Unfunded needs")),
        columns=[
            *(_("State"), _("Regional group"), _("Types of assistance"), _("Missing"), _("Currency")),
            _("Days since the approval"),
        ],
        rows=_cells(unfunded_needs(session, actor)),
        filters=[],
        as_of=now(),
        readers=str(_("Possible donors: States that did not agree are not named")),
    )


def donor_paper(session: Session, actor: Actor) -> Paper:
    """Return the same list as a paper."""
    needs = _for_donors(unfunded_needs(session, actor))
    lines = [
        Line(
            Markup("{}: {}").format(public_name(one), money(one.minor, one.currency)),
            ngettext("approved %(num)s day ago", "approved %(num)s days ago", one.days),
            _types_text(one.types),
        )
        for one in needs
    ]
    said = _("What Member States asked for, what was approved, and what cannot begin because money is missing.")
    whole = _sum("", needs)
    rows = [(str(_("Needs")), str(whole.needs)), (str(_("Missing")), Markup(", ").join(whole.amounts) or None)]
    parts = [Part(words=str(said), rows=rows), Part(title=str(_("Needs")), lines=lines)]
    return document(str(_("Unfunded needs")), parts, kind=str(_("List for donors")), reference=None, dated=now().date())


def public_name(need: Need) -> str:
    """Return how a State reads for people outside: by its name only where it agreed."""
    if need.named:
        return state_name(need.state, current_locale())
    group = need.state.regional_group
    return str(UNNAMED[group] if group is not None else _("A State"))


def _for_donors(needs: Iterable[Need]) -> list[Need]:
    """Return the needs in an order that says nothing of the State: by what is missing, then by types."""
    return sorted(needs, key=lambda one: (one.currency, -one.minor, one.types, one.days))


def _cells(needs: Iterable[Need]) -> Iterator[Sequence[Cell]]:
    for one in _for_donors(needs):
        said = (public_name(one), _group_text(one) or None, _types_text(one.types))
        yield (*said, amount_cell(one.minor, one.currency), one.currency, one.days)


def _row(need: Need) -> NeedRow:
    name = state_name(need.state, current_locale())
    return NeedRow(need, name, _group_text(need), _types_text(need.types), money(need.minor, need.currency))


def _sum(label: str, needs: Sequence[Need]) -> Sum:
    by_currency: dict[str, int] = {}
    for one in needs:
        by_currency[one.currency] = by_currency.get(one.currency, 0) + one.minor
    return Sum(label, len(needs), [money(minor, currency) for currency, minor in sorted(by_currency.items())])


def _groups() -> list[tuple[RegionalGroup | None, object]]:
    return [*((group, REGIONAL_GROUPS[group]) for group in RegionalGroup), (None, _l("Without a group"))]


def _group_text(need: Need) -> str:
    group = need.state.regional_group
    return str(REGIONAL_GROUPS[group]) if group is not None else ""


def _types_text(types: Sequence[AssistanceType]) -> str:
    return listed(TYPE_TEXTS[one] for one in types)
