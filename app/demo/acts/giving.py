"""Programme support records what donors give (slice `funding`, sources)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.demo.stage import Stage, backstage
from app.foundation.clock import now
from app.funding.sources.commands import RecordLine, RecordSource, ThankDonor
from app.funding.sources.ledger import standing_of
from app.funding.sources.models import Contribution
from app.funding.sources.services import record_line, record_source, thank
from app.funding.vocabulary import LineKind, SourceKind

#: Who records what comes in, so that somebody else can allocate it.
RECORDS = "support2"


@dataclass(frozen=True, slots=True)
class Giving:
    """A source, by its title; `more` are further columns."""

    title: str
    donor: str
    kind: SourceKind = SourceKind.EXTRABUDGETARY
    currency: str = "USD"
    more: dict[str, Any] = field(default_factory=dict)


def record_giving(stage: Stage, giving: Giving, first: LineKind, minor: int) -> None:
    """Record a source with its first line, in minor units of its currency."""
    what = {"what": giving.title} if giving.kind is SourceKind.IN_KIND else {}
    command = RecordSource(
        kind=giving.kind,
        donor=giving.donor,
        title=giving.title,
        first=first,
        minor=minor,
        currency=giving.currency,
        on_date=_day(),
        firm=True,
        **(what | giving.more),
    )
    record_source(stage.players[RECORDS].actor, command)


def write_line(stage: Stage, title: str, kind: LineKind, minor: int, note: str = "") -> None:
    """Write one line into the ledger of the source with this title."""
    key, version = found_source(title)
    command = RecordLine(key=key, version=version, kind=kind, minor=minor, on_date=_day(), note=note)
    record_line(stage.players[RECORDS].actor, command)


def say_thanks(stage: Stage, title: str) -> None:
    """Record that the donor was thanked."""
    key, version = found_source(title)
    thank(stage.players[RECORDS].actor, ThankDonor(key=key, version=version, thanked_on=_day()))


def key_of_source(stage: Stage, giving: Giving, minor: int) -> str:
    """Return the key of a source of which `minor` is available; what it lacks is recorded as received."""
    with backstage() as session:
        source = session.scalars(select(Contribution).where(Contribution.title == giving.title)).one_or_none()
        lacks = minor - standing_of(session, source).available if source is not None else minor
    if source is None:
        record_giving(stage, giving, LineKind.RECEIPT, minor)
    elif lacks > 0:
        write_line(stage, giving.title, LineKind.RECEIPT, lacks)
    return found_source(giving.title)[0]


def found_source(title: str) -> tuple[str, int]:
    """Return key and version of the source with this title."""
    with backstage() as session:
        wanted = select(Contribution.key, Contribution.version).where(Contribution.title == title)
        row = session.execute(wanted).one()
        return row.key, row.version


def _day() -> date:
    """Return the day before the one on which the play stands: what happened is recorded afterwards."""
    return now().date() - timedelta(days=1)
