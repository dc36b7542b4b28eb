"""What the pages of sources show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.foundation.formatting import bdi, date_filter, money, one_line
from app.funding.sources.queries import (
    LineRow,
    SourceRow,
    TakenRow,
    all_sources,
    allocations_from,
    earmarks,
    lines_of,
    source_row,
)
from app.funding.texts import LINE_TEXTS, SOURCE_TEXTS
from app.funding.vocabulary import LineKind, SourceKind
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class Total:
    """What the sources of one currency add up to; no amount is ever converted."""

    currency: str
    behind: Markup
    committed: Markup
    spent: Markup
    available: Markup


@dataclass(frozen=True, slots=True)
class ListShown:
    """All sources: money, and what is in kind, which is never added to it."""

    money: Sequence[SourceRow]
    in_kind: Sequence[SourceRow]
    totals: Sequence[Total]

    @property
    def kinds(self) -> Mapping[SourceKind, Any]:
        """Words of the kinds of source."""
        return SOURCE_TEXTS


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One source with its allocations and its ledger."""

    row: SourceRow
    kind: str
    earmarks: Sequence[Markup]
    taken: Sequence[TakenRow]
    lines: Sequence[LineRow]

    @property
    def line_words(self) -> Mapping[LineKind, Any]:
        """Words of the kinds of line."""
        return LINE_TEXTS

    def offered(self, kind: LineKind) -> list[tuple[str, Any, Any]] | None:
        """Return the allocations of which something can be spent or released; None where the line is about none."""
        if kind not in (LineKind.SPENDING, LineKind.RELEASE):
            return None
        open_ones = [one for one in self.taken if one.taken.unspent > 0]
        if kind is LineKind.SPENDING:
            open_ones = [one for one in open_ones if one.taken.row.approved_at is not None]
        return [
            (
                one.taken.row.key,
                bdi(one.number or one.case_key),
                Markup("{} · {}").format(self.row.amount(one.taken.unspent), date_filter(one.taken.row.allocated_at)),
            )
            for one in open_ones
        ]

    def correctable(self) -> list[tuple[str, Any, Any]]:
        """Return the lines that can be corrected; what was released is allocated anew instead."""
        return [
            (
                one.line.key,
                Markup("{} {}").format(LINE_TEXTS[one.line.kind], self.row.amount(one.line.minor)),
                Markup("{} {}").format(date_filter(one.line.on_date), one_line(one.line.note)),
            )
            for one in self.lines
            if one.line.corrects_id is None and one.line.kind is not LineKind.RELEASE
        ]


def list_shown(session: Session) -> ListShown:
    """Return all sources: two statements."""
    rows = all_sources(session)
    funds = [one for one in rows if not one.in_kind]
    totals = [_total(currency, funds) for currency in sorted({one.source.currency for one in funds})]
    return ListShown(funds, [one for one in rows if one.in_kind], totals)


def _total(currency: str, rows: Sequence[SourceRow]) -> Total:
    stands = [one.stands for one in rows if one.source.currency == currency]
    return Total(
        currency,
        money(sum(one.behind for one in stands), currency),
        money(sum(one.committed for one in stands), currency),
        money(sum(one.of(LineKind.SPENDING) for one in stands), currency),
        money(sum(one.available for one in stands), currency),
    )


def source_shown(session: Session, actor: Actor, key: str) -> SourceShown:
    """Return one source: four statements.

    Raises:
        NotFound: there is none.
    """
    row = source_row(session, key)
    return SourceShown(
        row,
        str(SOURCE_TEXTS[row.source.kind]),
        earmarks(row.source) or [escape(_("Not earmarked"))],
        allocations_from(session, actor, row.source),
        lines_of(session, actor, row.source),
    )
