"""The ledger as a file: one row for each line, and one for each allocation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.funding.models import Allocation
from app.funding.sources.models import Contribution
from app.funding.sources.queries import MOST, lines_of
from app.funding.texts import LINE_TEXTS, SOURCE_TEXTS
from app.workflow.actor import Actor


def ledger_export(session: Session, actor: Actor, source: Contribution | None) -> Export:
    """Return the ledger of a source, or of all: what came in, what was allocated, spent and released, in this order."""
    wanted = select(Contribution).order_by(Contribution.id).limit(MOST)
    sources = [source] if source is not None else list(session.scalars(wanted))
    which = source.title if source is not None else str(_("All sources"))
    return Export(
        name=f"ledger-{source.key}" if source is not None else "ledger",
        title=str(_("Ledger of sources")),
        columns=[
            *(_("Source"), _("Who gives it"), _("Kind"), _("Budget line"), _("Year"), _("What was recorded")),
            *(_("Amount"), _("Currency"), _("Day"), _("Request"), _("Correction"), _("Recorded by")),
            *(_("Recorded at (UTC)"), _("Note")),
        ],
        rows=_rows(session, actor, {one.id: one for one in sources}, source),
        filters=[(str(_("Source")), which)],
        as_of=now(),
        readers=str(_("Staff of the Terrorism Prevention Branch and auditors")),
    )


def _rows(
    session: Session, actor: Actor, sources: dict[int, Contribution], only: Contribution | None
) -> Iterator[Sequence[Cell]]:
    for one in lines_of(session, actor, only):
        line, of = one.line, sources.get(one.line.contribution_id)
        if of is None:
            continue
        yes = str(_("Yes")) if line.corrects_id is not None else ""
        said = (str(LINE_TEXTS[line.kind]), amount_cell(line.minor, of.currency), of.currency, line.on_date, one.number)
        yield (*_about(of), *said, yes, one.by, line.at, line.note)
    for row, number in _allocations(session, actor, sources):
        of = sources[row.contribution_id]
        took = amount_cell(row.minor + row.support_minor, row.currency)
        words = _("Allocation") if row.approved_at is not None else _("Allocation that waits for a second person")
        said = (str(words), took, row.currency, row.allocated_at.date(), number)
        yield (*_about(of), *said, "", None, row.allocated_at, row.note)


def _about(source: Contribution) -> tuple[Cell, ...]:
    kind = str(SOURCE_TEXTS[source.kind])
    return (source.title, source.donor, kind, source.budget_line or None, source.year)


def _allocations(session: Session, actor: Actor, sources: dict[int, Contribution]) -> Any:
    statement = (
        visible_cases(actor, Allocation, AssistanceRequest.number)
        .join(Allocation, Allocation.case_id == AssistanceRequest.id)
        .where(Allocation.contribution_id.in_(sources))
        .order_by(Allocation.id)
    )
    return session.execute(statement)


def amount_cell(minor: int, currency: str) -> Decimal:
    """Return an amount as a number of a table, in units of its currency."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))
