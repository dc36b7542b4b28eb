"""Verifies the histories: every chain from its first row to its head, and what the case row says against them.

Also writes and reads signed checkpoints of all heads, kept outside the database: without one, somebody who may write
to every table could cut the end of a history together with its head.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.history import row_hash
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.foundation.clock import now
from app.foundation.hashchain import GENESIS, canonical, digest

#: Cases read per statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing wrong with one history.

    Attributes:
        case_key: whose.
        seq: the row, 0 when the case row itself is wrong.
        problem: a code: missing_row, wrong_link, changed_row, changed_payload, cut_tail, wrong_head, wrong_state,
            before_checkpoint.
    """

    case_key: str
    seq: int
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """How much was read and what was found."""

    cases: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether every history holds."""
        return not self.findings


def verify_all(session: Session, checkpoint: dict[str, tuple[int, str]] | None = None) -> Report:
    """Verify every history, `BATCH` cases at a time.

    Args:
        session: a reading session that sees every case.
        checkpoint: head (seq, hash) by case key, from `read_checkpoint`.
    """
    heads = checkpoint or {}
    findings: list[Finding] = []
    cases = rows = 0
    seen: set[str] = set()
    for batch in _batches(session):
        chains = _chains(session, [case.id for case in batch])
        for case in batch:
            chain = chains.get(case.id, [])
            seen.add(case.key)
            cases, rows = cases + 1, rows + len(chain)
            if (finding := _first_problem(case, chain, heads.get(case.key))) is not None:
                findings.append(finding)
    findings += [Finding(key, 0, "before_checkpoint") for key in sorted(set(heads) - seen)]
    return Report(cases, rows, tuple(findings))


def _batches(session: Session) -> Iterator[list[Any]]:
    last = 0
    columns = (
        AssistanceRequest.id,
        AssistanceRequest.key,
        AssistanceRequest.state,
        AssistanceRequest.history_seq,
        AssistanceRequest.history_hash,
    )
    while batch := list(
        session.execute(
            select(*columns).where(AssistanceRequest.id > last).order_by(AssistanceRequest.id).limit(BATCH)
        ).all()
    ):
        yield batch
        last = batch[-1].id


def _chains(session: Session, case_ids: list[int]) -> dict[int, list[Any]]:
    statement = (
        select(HistoryEntry.__table__, HistoryPayload.salt, HistoryPayload.payload)
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .where(HistoryEntry.case_id.in_(case_ids))
        .order_by(HistoryEntry.case_id, HistoryEntry.seq)
    )
    chains: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        chains.setdefault(row.case_id, []).append(row)
    return chains


def _first_problem(case: Any, chain: list[Any], marked: tuple[int, str] | None) -> Finding | None:
    previous, state = GENESIS, None
    for expected, row in enumerate(chain, start=1):
        if (problem := _row_problem(row, expected, previous)) is not None:
            return Finding(case.key, expected, problem)
        previous, state = row.hash, row.to_state or state
    if len(chain) < case.history_seq:
        return Finding(case.key, len(chain) + 1, "cut_tail")
    if (len(chain), previous) != (case.history_seq, case.history_hash):
        return Finding(case.key, case.history_seq, "wrong_head")
    if state is not case.state:
        return Finding(case.key, 0, "wrong_state")
    return _against_checkpoint(case, chain, marked)


def _row_problem(row: Any, expected: int, previous: str) -> str | None:
    if row.seq != expected:
        return "missing_row"
    if row.previous_hash != previous:
        return "wrong_link"
    if row_hash(row) != row.hash:
        return "changed_row"
    if row.salt is not None and digest(row.payload, row.salt) != row.payload_digest:
        return "changed_payload"
    return None


def _against_checkpoint(case: Any, chain: list[Any], marked: tuple[int, str] | None) -> Finding | None:
    if marked is None:
        return None
    seq, head = marked
    if len(chain) < seq or (seq > 0 and chain[seq - 1].hash != head):
        return Finding(case.key, min(seq, len(chain) + 1), "before_checkpoint")
    return None


def write_checkpoint(session: Session, folder: Path, secret: str) -> Path:
    """Write the heads of all histories, signed, to a new file in `folder`.

    Args:
        session: a reading session that sees every case.
        folder: outside the database, best on another machine.
        secret: key of the signature.
    """
    rows = session.execute(select(AssistanceRequest.key, AssistanceRequest.history_seq, AssistanceRequest.history_hash))
    heads = {key: [seq, head] for key, seq, head in rows}
    body = canonical({"at": now(), "heads": heads})
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"heads-{now().astimezone(UTC):%Y%m%dT%H%M%S%f}.json"
    path.write_text(json.dumps({"body": body, "signature": _sign(body, secret)}), encoding="utf-8")
    return path


class ForgedCheckpoint(ValueError):
    """A checkpoint's signature does not fit its content."""


def read_checkpoint(path: Path, secret: str) -> dict[str, tuple[int, str]]:
    """Return the heads of a checkpoint.

    Raises:
        ForgedCheckpoint: somebody changed the file, or it was signed with another key.
    """
    stored = json.loads(path.read_text(encoding="utf-8"))
    if not hmac.compare_digest(stored["signature"], _sign(stored["body"], secret)):
        raise ForgedCheckpoint(path.name)
    return {key: (seq, head) for key, (seq, head) in json.loads(stored["body"])["heads"].items()}


def latest_checkpoint(folder: Path) -> Path | None:
    """Return the newest checkpoint in `folder`, None when there is none."""
    return max(folder.glob("heads-*.json"), default=None)


def _sign(body: str, secret: str) -> str:
    return hmac.new(f"history checkpoint\n{secret}".encode(), body.encode(), sha256).hexdigest()
