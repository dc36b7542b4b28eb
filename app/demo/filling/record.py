"""One filled case while it is written: its row, its history with the hash chain, its projections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from app.casework.history import Entry, linked
from app.casework.milestones import milestones_of
from app.casework.models import AssistanceRequest, CaseStay, HistoryEntry, HistoryPayload
from app.casework.projection import columns_of, event_of, stay_rows
from app.casework.search.index import Source, expected_terms
from app.demo.filling.cast import Company, Person
from app.demo.filling.rows import Row, Rows
from app.demo.filling.sketch import Sketch
from app.demo.filling.walk import Turn
from app.foundation.hashchain import GENESIS
from app.workflow.calendar import project
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Body, Channel, HoldReason, Mark, State

#: Acts that change no fact which a guard names: the case's version stays.
_QUIET = frozenset({Action.WRITE, Action.ATTACH})
#: How many hexadecimal digits a salt has, see `hashchain.new_salt`.
_SALT_BITS = 128


@dataclass(slots=True)
class Record:
    """The case as far as it is written. `history_seq`, `history_hash` and `version` are the head of its chain."""

    sketch: Sketch
    company: Company
    rows: Rows
    id: int
    key: str
    number: str | None = None
    state: State = State.DRAFT
    version: int = 0
    history_seq: int = 0
    history_hash: str = GENESIS
    officer: Person | None = None
    channel: Channel = Channel.PORTAL
    received_on: date | None = None
    counts_from: datetime | None = None
    submitted_at: datetime | None = None
    state_since: datetime | None = None
    urgent_since: datetime | None = None
    approved_at: datetime | None = None
    hold_reason: HoldReason | None = None
    score: int | None = None
    revision: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)
    consultations: dict[tuple[Body, int], Row] = field(default_factory=dict)
    questions: dict[int, list[Row]] = field(default_factory=dict)
    assessments: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    planned: list[Row] = field(default_factory=list)
    plan_cost: int = 0
    shortfall: int = 0
    allocated: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    recommended: list[Row] = field(default_factory=list)
    bodies: set[Body] = field(default_factory=set)
    checks: list[Row] = field(default_factory=list)
    proposal: Row | None = None
    parent: Record | None = None
    entries: list[Any] = field(default_factory=list)

    @property
    def state_id(self) -> int:
        """Of the State that files it."""
        return self.sketch.home.state_id

    @property
    def of_case(self) -> Row:
        """What every row of the case carries."""
        return {"case_id": self.id, "state_id": self.state_id}

    @property
    def next_seq(self) -> int:
        """Number of the entry that is being written."""
        return self.history_seq + 1

    def tell(self, turn: Turn, at: datetime, who: Person, payload: Mapping[str, Any]) -> None:
        """Write one entry of the history, and let state and version follow it."""
        before = self.state if turn.source is not None else None
        after = turn.target
        if isinstance(turn.kind, Action) and turn.kind not in _QUIET:
            self.version += 1
        if after is not None and after is not before:
            self.state, self.state_since = after, at
        entry = Entry(who.actor, turn.kind, before, after, payload)
        salt = f"{self.sketch.chance.getrandbits(_SALT_BITS):032x}"
        row, said = linked(self, entry, at, salt)
        table, payloads = HistoryEntry.__table__, HistoryPayload.__table__
        self.rows.by_table.setdefault(table, []).append(row)  # type: ignore[arg-type]
        self.rows.by_table.setdefault(payloads, []).append(said)  # type: ignore[arg-type]
        self.entries.append(SimpleNamespace(**row, payload=said["payload"]))

    def mark(self, mark: Mark, at: datetime, who: Person, payload: Mapping[str, Any]) -> None:
        """Leave a mark that another case's step leaves here."""
        self.tell(Turn(mark, next(iter(who.actor.roles)), None, None, 0.0), at, who, payload)

    def close(self, session: Session, today: datetime) -> None:
        """Write the row of the case with its projections: holder, due date, pauses, stays, search terms."""
        events = tuple(event_of(entry, self.received_on) for entry in self.entries)
        projection = project(events, self.company.limits, self.sketch.home.calendars, now=today, only_open=True)
        stays = self.rows.by_table.setdefault(CaseStay.__table__, [])  # type: ignore[arg-type]
        stays += stay_rows(self, projection.stays)
        ended = self.state_since if self.state in ENDED else None
        self.rows.add(
            AssistanceRequest,
            self.sketch.chance,
            id=self.id,
            key=self.key,
            state_id=self.state_id,
            parent_id=self.parent.id if self.parent else None,
            number=self.number,
            state=self.state,
            version=self.version,
            channel=self.channel,
            drafted_by_id=None if self.received_on else self.sketch.home.focal_point.id,
            officer_id=self.officer.id if self.officer else None,
            created_at=self.entries[0].at,
            touched_at=self.entries[-1].at,
            received_on=self.received_on,
            submitted_at=self.submitted_at,
            state_since=self.state_since,
            urgent_since=self.urgent_since,
            approved_at=self.approved_at,
            score=self.score,
            hold_reason=self.hold_reason if self.state is State.ON_HOLD else None,
            ended_at=ended,
            history_seq=self.history_seq,
            history_hash=self.history_hash,
            terms=self._terms(session),
            **columns_of(projection),
            **milestones_of(self.entries, self.received_on, self.submitted_at, projection.counts_from),
            **self._said(),
        )

    def _said(self) -> Row:
        """What the row carries of the words of the State; a discarded draft has lost them."""
        need = {} if self.state is State.DISCARDED else self.content.get("need", {})
        who = self.content.get("who", {})
        return {
            "title": need.get("title"),
            "urgency": need.get("urgency", "routine"),
            "lang": who.get("working_language", "en"),
        }

    def _terms(self, session: Session) -> list[str] | None:
        if self.number is None:
            return None
        contact = self.content.get("who", {}).get("contact", {}).get("name")
        officer = self.officer.actor.name if self.officer else None
        drafter = None if self.received_on else self.sketch.home.focal_point.actor.name
        title = self.content.get("need", {}).get("title")
        source = Source(self.id, self.state_id, self.number, title, officer, drafter, contact)
        return sorted(expected_terms(session, source))
