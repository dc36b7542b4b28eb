"""Entries of all histories, the newest first, as the auditor reads them: what a payload holds only as codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.texts import done_text, state_text
from app.casework.visibility import visible_cases
from app.dashboards.audit.asking import AskedHistory
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.foundation.export import Cell, Export
from app.foundation.formatting import date_text
from app.foundation.i18n import current_locale
from app.reference.models import StateRecord
from app.reference.states import state_by_code, state_by_id, state_name
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind

H, C = HistoryEntry, AssistanceRequest
#: Entries of one page, and of one file.
SHOWN: Final = 50
MOST_ROWS: Final = 100_000
#: What of a payload is a code and no text of a person; of the rest only that it is there is shown.
CODES: Final = (
    *("audience", "seen_by", "body", "round", "position", "hold_reason", "outcome", "blocking", "revision", "subject"),
    *("counts_from", "received_on", "case_id", "target_id", "participant", "without", "limit", "reason", "adopted"),
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry, in words and codes."""

    key: str
    number: str
    state: str
    seq: int
    at: datetime
    done: str
    action: str
    person: str
    for_person: str
    moved: str
    codes: str
    hash: str


@dataclass(frozen=True, slots=True)
class Entries:
    """One page; `last` is where the next begins, None at the end."""

    rows: Sequence[EntryRow]
    last: str | None


def entries_page(session: Session, actor: Actor, asked: AskedHistory, after: str | None) -> Entries:
    """Return one page of entries: one statement.

    Args:
        after: the place after which it begins, as an address has it.

    Raises:
        NotFound: the place was not written by this product.
    """
    statement = _select(actor, asked).limit(SHOWN + 1)
    if after is not None:
        at, number = _place(after)
        statement = statement.where(or_(H.at < at, and_(H.at == at, H.id < number)))
    found = session.execute(statement).all()
    last = found[SHOWN - 1] if len(found) > SHOWN else None
    place = f"{(last.at - _EPOCH) // _MICROSECOND}.{last.id}" if last else None
    return Entries([_row(session, row) for row in found[:SHOWN]], place)


def entries_export(session: Session, actor: Actor, asked: AskedHistory) -> Export:
    """Return the entries as a file, read while it is written."""
    rows = session.execute(_select(actor, asked).limit(MOST_ROWS).execution_options(yield_per=1_000))
    return Export(
        name="history",
        title=str(_("History of all requests")),
        columns=[
            *(_("Request"), _("State"), _("Entry"), _("At (UTC)"), _("What was done"), _("Code"), _("Who"), _("For")),
            *(_("Moved"), _("Codes of the payload"), _("Hash")),
        ],
        rows=_cells(session, rows),
        filters=filters(session, asked),
        as_of=now(),
        readers=str(_("Auditors")),
    )


def filters(session: Session, asked: AskedHistory) -> list[tuple[str, str]]:
    """Return what narrows the entries, in words."""
    found = [(_("From"), date_text(asked.since)), (_("Until, this day not counted"), date_text(asked.until))]
    if asked.member_state:
        found.append((_("State"), state_name(state_by_code(session, asked.member_state), current_locale())))
    said = ((_("What was done"), done_text(asked.action)),) if asked.action else ()
    more = ((_("Who acted"), asked.person), (_("Request"), asked.number))
    found += [*said, *(one for one in more if one[1]), (_("Rows"), _("The first %(most)s at most", most=MOST_ROWS))]
    return [(str(label), str(value)) for label, value in found]


def _select(actor: Actor, asked: AskedHistory) -> Select[Any]:
    absent = aliased(User)
    columns = (H.id, H.seq, H.at, H.actor_kind, H.action, H.from_state, H.to_state, H.hash, H.state_id)
    people = (User.name.label("person"), absent.name.label("for_person"))
    return (
        visible_cases(actor, C.key, C.number, *columns, *people, HistoryPayload.payload)
        .select_from(C)
        .join(H, H.case_id == C.id)
        .outerjoin(HistoryPayload, and_(HistoryPayload.case_id == H.case_id, HistoryPayload.seq == H.seq))
        .outerjoin(User, User.id == H.actor_id)
        .outerjoin(absent, absent.id == H.on_behalf_of_id)
        .where(H.at >= asked.begins, H.at < asked.ends, *_narrowed(asked))
        .order_by(H.at.desc(), H.id.desc())
    )


def _narrowed(asked: AskedHistory) -> Iterator[ColumnElement[bool]]:
    if asked.action:
        yield H.action == asked.action
    if asked.person:
        yield func.lower(User.name).contains(asked.person.lower(), autoescape=True)
    if asked.number:
        yield C.number.endswith(asked.number.upper(), autoescape=True)
    if asked.member_state:
        yield _of_state(asked.member_state)


def _of_state(alpha3: str) -> ColumnElement[bool]:
    return C.state_id.in_(select(StateRecord.id).where(StateRecord.alpha3 == alpha3))


def _place(after: str) -> tuple[datetime, int]:
    at, dot, number = after.partition(".")
    if not (after.isascii() and at.isdigit() and dot and number.isdigit() and len(after) < 40):
        raise NotFound
    try:
        return _EPOCH + int(at) * _MICROSECOND, int(number)
    except OverflowError:
        raise NotFound from None


def _row(session: Session, row: Row[Any]) -> EntryRow:
    moved = row.to_state is not None and row.to_state != row.from_state
    before = state_text(row.from_state) if row.from_state else str(_("nothing"))
    system = row.actor_kind is ActorKind.SYSTEM
    return EntryRow(
        key=row.key,
        number=row.number,
        state=state_name(state_by_id(session, row.state_id), current_locale()),
        seq=row.seq,
        at=row.at,
        done=done_text(row.action, row.payload),
        action=row.action,
        person=str(_("The scheduler")) if system else row.person or "",
        for_person=row.for_person or "",
        moved=str(_("%(before)s → %(after)s", before=before, after=state_text(row.to_state))) if moved else "",
        codes=codes_of(row.payload),
        hash=row.hash,
    )


def codes_of(payload: Mapping[str, Any] | None) -> str:
    """Return what a payload holds, in codes: of texts only their names; of an erased one that it was erased."""
    if payload is None:
        return str(_("erased"))
    plain = (str, int, bool)
    said = [f"{name}={payload[name]}" for name in sorted(payload) if name in CODES and isinstance(payload[name], plain)]
    return ", ".join([*said, *(name for name in sorted(payload) if name not in CODES)])


def _cells(session: Session, rows: Any) -> Iterator[Sequence[Cell]]:
    for found in rows:
        row = _row(session, found)
        yield (
            *(row.number, row.state, row.seq, row.at, row.done, row.action, row.person, row.for_person),
            *(row.moved, row.codes, row.hash),
        )
