"""The assistance request and the links that queries need."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    and_,
    false,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, validates

from app.foundation.clock import now
from app.foundation.db import CASE_BEARING, Base, Code, bigint_pk, code_check, public_key
from app.foundation.hashchain import GENESIS
from app.workflow.states import ENDED, OPEN
from app.workflow.vocabulary import AssistanceType, Body, Channel, HoldReason, LimitKey, Party, State, Urgency

if TYPE_CHECKING:
    from app.casework.models.content import CaseRevision, DraftTask

TITLE_LENGTH = 160
#: States that a case reaches before the State has submitted it: seen by that State only.
UNSENT = (State.DRAFT, State.AWAITING_MISSION)
#: States in which somebody must own the case.
WITH_OFFICER = (
    State.IN_REVIEW,
    State.IN_COORDINATION,
    State.DECISION,
    State.PLANNING,
    State.ON_HOLD,
    State.SCHEDULED,
    State.IN_DELIVERY,
    State.DELIVERED,
    State.EVALUATION,
)


def in_words(states: tuple[State, ...] | frozenset[State]) -> str:
    """Return `states` as the list of an SQL `IN`, in a fixed order."""
    return ", ".join(f"'{state.value}'" for state in sorted(states))


#: As text, so that PostgreSQL recognises the partial index also when a statement was prepared.
IS_OPEN = text(f"state IN ({in_words(OPEN)})")
#: The same where other tables have states as well.
OPEN_CASES = text(f"cases.state IN ({in_words(OPEN)})")
HAS_PARENT = text("parent_id IS NOT NULL")
HAS_ENDED = text("ended_at IS NOT NULL")
WAS_DECIDED = text("decided_at IS NOT NULL")
#: What the conditions of `casework.visibility` and of row-level security ask of a case.
_SEEN_BY = ("submitted_at", "state_id")


class AssistanceRequest(Base):
    """One request for technical assistance: the case.

    What the State wrote is in `DraftTask` and `CaseRevision`; here stands what is queried. `holder`, `due_*`,
    `paused` and what `casework.milestones` reads are projections of the history, compared with it nightly.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("id", "state_id"),
        code_check("state", State),
        code_check("channel", Channel),
        code_check("urgency", Urgency),
        code_check("holder", Party),
        code_check("due_key", LimitKey),
        code_check("hold_reason", HoldReason),
        CheckConstraint("(hold_reason IS NOT NULL) = (state = 'on_hold')", name="held_with_reason"),
        CheckConstraint("(number IS NULL) = (submitted_at IS NULL)", name="numbered_when_submitted"),
        CheckConstraint(
            f"state = 'discarded' OR (submitted_at IS NULL) = (state IN ({in_words(UNSENT)}))",
            name="submitted_by_state",
        ),
        CheckConstraint(f"(ended_at IS NOT NULL) = (state IN ({in_words(ENDED)}))", name="ended_by_state"),
        CheckConstraint(f"state NOT IN ({in_words(WITH_OFFICER)}) OR officer_id IS NOT NULL", name="officer_by_state"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_cases_state_id_id", "state_id", "id"),
        # The queue reads open cases only: its indexes stay as small as the work at hand. Those by which its views are
        # counted hold what decides who sees a case as well, so that counting reads no row.
        Index("ix_cases_open_due", "due_at", "id", *_SEEN_BY, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index(
            "ix_cases_open_officer", "officer_id", "state", *_SEEN_BY, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN
        ),
        Index("ix_cases_open_holder", "holder", *_SEEN_BY, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_cases_open_due_key", "due_key", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        # Its other orders: by State, by arrival, by how long a case stands where it stands, by priority score.
        Index("ix_cases_open_state", "state_id", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_cases_open_received", "submitted_at", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_cases_open_since", "state_since", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_cases_open_score", "score", "id", postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_cases_submitted_at", "submitted_at", "id"),
        Index("ix_cases_state", "state", *_SEEN_BY),
        # The dashboard reads periods.
        Index("ix_cases_counted_on", "counted_on"),
        Index("ix_cases_ended_at", "ended_at", postgresql_where=HAS_ENDED, sqlite_where=HAS_ENDED),
        Index("ix_cases_decided_at", "decided_at", postgresql_where=WAS_DECIDED, sqlite_where=WAS_DECIDED),
        Index("ix_cases_parent_id", "parent_id", postgresql_where=HAS_PARENT, sqlite_where=HAS_PARENT),
        CASE_BEARING,
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    state_id: Mapped[int] = mapped_column(ForeignKey("states.id"))
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    state: Mapped[State] = mapped_column(Code(State), default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str | None] = mapped_column(String(TITLE_LENGTH))
    lang: Mapped[str] = mapped_column(String(8), default="en")
    channel: Mapped[Channel] = mapped_column(Code(Channel), default=Channel.PORTAL)
    urgency: Mapped[Urgency] = mapped_column(Code(Urgency), default=Urgency.ROUTINE)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    to_adopt: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Somebody else proposed this draft, and its State has not made it its own."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)
    received_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    counts_from: Mapped[datetime | None]
    """Set where a request that was merged into this one was received earlier: the earlier date wins."""
    state_since: Mapped[datetime] = mapped_column(default=now)
    urgent_since: Mapped[datetime | None]
    """When the chief confirmed the dated trigger: what begins from then on has the urgent limits."""
    approved_at: Mapped[datetime | None]
    """When the chief approved it last; a hold that ends afterwards leads back to planning."""
    score: Mapped[int | None]
    """What the priority score gave when the current assessment was signed; the queue is sorted by it."""
    hold_reason: Mapped[HoldReason | None] = mapped_column(Code(HoldReason))
    ended_at: Mapped[datetime | None]
    holder: Mapped[Party] = mapped_column(Code(Party), default=Party.STATE)
    due_key: Mapped[LimitKey | None] = mapped_column(Code(LimitKey))
    due_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    """The last day before `due_at`, where the holder works: what people are told."""
    paused: Mapped[bool] = mapped_column(default=False)
    counted_on: Mapped[date | None]
    """The day (UTC; of paper the day of its arrival) that decides in which period it was received."""
    arrived_on: Mapped[date | None]
    """The day in Vienna from which it counts; this and those that follow as `casework.milestones` reads history."""
    taken_up_on: Mapped[date | None]
    screened_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    stage: Mapped[int] = mapped_column(default=0, server_default="0")
    was_returned: Mapped[bool] = mapped_column(default=False, server_default=false())
    terms: Mapped[list[str] | None] = mapped_column(deferred=True)
    """What it is found by, see `casework.search`; a trigger of the database spreads it over `case_search`."""
    history_seq: Mapped[int] = mapped_column(default=0)
    history_hash: Mapped[str] = mapped_column(String(64), default=GENESIS)

    #: What a draft holds, loaded once per session: the guards and the submission read the same rows.
    draft_tasks: Mapped[list["DraftTask"]] = relationship(order_by="DraftTask.id", viewonly=True)

    #: What the State submitted or answered last, loaded once per session: guards and pages read the same row.
    latest_revision: Mapped["CaseRevision | None"] = relationship(
        primaryjoin=lambda: _is_latest_revision(),  # noqa: PLW0108 - defined below
        viewonly=True,
        uselist=False,
    )

    #: Whether something that it is found by was set in this session; see `casework.search`.
    found_by_other_words = False

    @validates("title", "number", "officer_id", "drafted_by_id")
    def _note_other_words(self, _name: str, value: Any) -> Any:
        self.found_by_other_words = True
        return value

    @property
    def is_open(self) -> bool:
        """Whether the request is in work: neither being prepared nor ended."""
        return self.state in OPEN


def _is_latest_revision() -> ColumnElement[bool]:
    content = Base.metadata.tables["case_content"].c
    any_of_case = Base.metadata.tables["case_content"].alias("any_revision")
    newest = select(func.max(any_of_case.c.revision)).where(any_of_case.c.case_id == content.case_id).scalar_subquery()
    return and_(foreign(content.case_id) == AssistanceRequest.id, content.revision == newest)


def of_case(*extra: object) -> tuple[object, ...]:
    """Return the table arguments of a child of a case: the composite key that carries the State, and the mark."""
    parent = ForeignKeyConstraint(["case_id", "state_id"], ["cases.id", "cases.state_id"], ondelete="RESTRICT")
    return (parent, *extra, CASE_BEARING)


class CaseType(Base):
    """One type of assistance that a request asks for."""

    __tablename__ = "case_types"
    __table_args__ = of_case(code_check("type", AssistanceType), Index("ix_case_types_type", "type", "case_id"))

    case_id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[AssistanceType] = mapped_column(Code(AssistanceType), primary_key=True)
    state_id: Mapped[int]


class CaseBody(Base):
    """A body that is or was consulted on a case: what lets its liaisons see it."""

    __tablename__ = "case_bodies"
    __table_args__ = of_case(code_check("body", Body), Index("ix_case_bodies_body", "body", "case_id"))

    case_id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[Body] = mapped_column(Code(Body), primary_key=True)
    state_id: Mapped[int]
    since: Mapped[datetime] = mapped_column(default=now)


class NumberCounter(Base):
    """The last number given in a year of Vienna; its row is locked by the submitting transaction."""

    __tablename__ = "number_counters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
