"""The history of a case, and the stays computed from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import Action, ActorKind, Party, State

#: Steps, acts and marks of the process; a column of its own width because the words come from two enums.
ACTION_LENGTH = 40
#: What the figures look for in whole histories.
APPROVALS = text(f"action = '{Action.APPROVE.value}'")
CONFIRMATIONS = text(f"action IN ('{Action.CONFIRM_DELIVERY.value}', '{Action.DEEM_DELIVERY_CONFIRMED.value}')")


class HistoryEntry(Base):
    """One link of a case's hash chain: who did what, when; never a name, only ids. Refuses update and delete."""

    __tablename__ = "case_history"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq"),
        UniqueConstraint("id", "case_id"),
        code_check("actor_kind", ActorKind),
        code_check("from_state", State),
        code_check("to_state", State),
        CheckConstraint("(actor_kind = 'system') = (actor_id IS NULL)", name="actor_named"),
        CheckConstraint("seq > 0", name="seq"),
        Index("ix_case_history_at", "at"),
        Index("ix_case_history_approvals", "at", "case_id", postgresql_where=APPROVALS, sqlite_where=APPROVALS),
        Index(
            "ix_case_history_confirmations", "at", "case_id", postgresql_where=CONFIRMATIONS, sqlite_where=CONFIRMATIONS
        ),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind] = mapped_column(Code(ActorKind))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(ACTION_LENGTH))
    from_state: Mapped[State | None] = mapped_column(Code(State))
    to_state: Mapped[State | None] = mapped_column(Code(State))
    version: Mapped[int]
    payload_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class HistoryPayload(Base):
    """What a history entry said, with its salt: the only table of the history in which erasure may delete."""

    __tablename__ = "history_payloads"
    __table_args__ = of_case(UniqueConstraint("case_id", "seq"))

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    salt: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]


class CaseStay(Base):
    """How long the case lay with one party in one state: a projection of the history."""

    __tablename__ = "case_stays"
    __table_args__ = of_case(UniqueConstraint("case_id", "seq"), code_check("state", State), code_check("party", Party))

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    state: Mapped[State] = mapped_column(Code(State))
    party: Mapped[Party] = mapped_column(Code(Party))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
