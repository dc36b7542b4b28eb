"""What the figures ask of every case stands with it: when it was taken up, screened, decided, and how far it came.

Revision: 0031
Follows: 0030
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VIENNA = ZoneInfo("Europe/Vienna")
DECISIONS = ("approve", "decline", "refer", "find_ineligible")
STAGES = {
    "accept": 1,
    "consult": 2,
    "put_for_decision": 3,
    **dict.fromkeys(DECISIONS, 4),
    **dict.fromkeys(("supply", "report_delivered"), 5),
    "close": 6,
}
COLUMNS = ("counted_on", "arrived_on", "taken_up_on", "screened_on", "decided_at", "stage", "was_returned")
INDEXES = (
    ("ix_cases_counted_on", "cases", ["counted_on"], None),
    ("ix_cases_ended_at", "cases", ["ended_at"], "ended_at IS NOT NULL"),
    ("ix_cases_decided_at", "cases", ["decided_at"], "decided_at IS NOT NULL"),
    ("ix_case_history_approvals", "case_history", ["at", "case_id"], "action = 'approve'"),
    (
        "ix_case_history_confirmations",
        "case_history",
        ["at", "case_id"],
        "action IN ('confirm_delivery', 'deem_delivery_confirmed')",
    ),
    ("ix_consultations_asked_at", "consultations", ["asked_at"], None),
)
#: Cases read and written at a time.
BATCH = 1_000
INSTANT = sa.DateTime(timezone=True)
CASES = sa.table(
    "cases",
    sa.column("id", BIGINT),
    sa.column("received_on", sa.Date()),
    *(sa.column(name, INSTANT) for name in ("submitted_at", "counts_from", "decided_at")),
    *(sa.column(name, sa.Date()) for name in ("counted_on", "arrived_on", "taken_up_on", "screened_on")),
    sa.column("stage", BIGINT),
    sa.column("was_returned", sa.Boolean()),
)
HISTORY = sa.table(
    "case_history",
    *(sa.column(name, BIGINT) for name in ("case_id", "seq")),
    sa.column("at", INSTANT),
    *(sa.column(name, sa.String()) for name in ("action", "from_state", "to_state")),
)


def upgrade() -> None:
    for name in ("counted_on", "arrived_on", "taken_up_on", "screened_on"):
        op.add_column("cases", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("decided_at", INSTANT, nullable=True))
    op.add_column("cases", sa.Column("stage", BIGINT, server_default="0", nullable=False))
    op.add_column("cases", sa.Column("was_returned", sa.Boolean(), server_default=sa.false(), nullable=False))
    for cases in _batches():
        _fill(cases)
    for name, table, columns, where in INDEXES:
        some = sa.text(where) if where else None
        op.create_index(name, table, columns, unique=False, postgresql_where=some, sqlite_where=some)


def downgrade() -> None:
    for name, table, _columns, _where in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    for name in reversed(COLUMNS):
        op.drop_column("cases", name)


def _batches() -> Iterator[Sequence[Any]]:
    last, connection = 0, op.get_bind()
    columns = (CASES.c.id, CASES.c.received_on, CASES.c.submitted_at, CASES.c.counts_from)
    while rows := connection.execute(
        sa.select(*columns).where(CASES.c.id > last).order_by(CASES.c.id).limit(BATCH)
    ).all():
        yield rows
        last = rows[-1].id


def _fill(cases: Sequence[Any]) -> None:
    told = sa.or_(
        HISTORY.c.action.in_(["take_up", "return_for_information", *STAGES]), HISTORY.c.from_state == "screening"
    )
    within = HISTORY.c.case_id.between(cases[0].id, cases[-1].id)
    histories: dict[int, list[Any]] = {case.id: [] for case in cases}
    statement = sa.select(HISTORY).where(within, told).order_by(HISTORY.c.case_id, HISTORY.c.seq)
    for entry in op.get_bind().execute(statement):
        histories[entry.case_id].append(entry)
    change = sa.update(CASES).where(CASES.c.id == sa.bindparam("case"))
    change = change.values({name: sa.bindparam(name) for name in COLUMNS})
    op.get_bind().execute(change, [{"case": case.id, **_milestones(case, histories[case.id])} for case in cases])


def _milestones(case: Any, entries: Sequence[Any]) -> dict[str, Any]:
    began = _aware(case.counts_from or case.submitted_at)
    on_paper = case.counts_from is None and case.received_on is not None
    left = (one for one in entries if one.from_state == "screening" and one.to_state not in (None, "screening"))
    return {
        "counted_on": case.received_on if on_paper else began and began.date(),
        "arrived_on": case.received_on if on_paper else _day(began),
        "taken_up_on": _day(next((one.at for one in entries if one.action == "take_up"), None)),
        "screened_on": _day(next((one.at for one in left), None)),
        "decided_at": _aware(next((one.at for one in entries if one.action in DECISIONS), None)),
        "stage": max((STAGES.get(one.action, 0) for one in entries), default=0),
        "was_returned": any(one.action == "return_for_information" for one in entries),
    }


def _aware(at: datetime | None) -> datetime | None:
    """Return an instant in UTC; SQLite keeps it without a zone."""
    if at is None:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _day(at: datetime | None) -> date | None:
    here = _aware(at)
    return here.astimezone(VIENNA).date() if here is not None else None
