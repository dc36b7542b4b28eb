"""Verification of every chain at this moment, as a page, on paper and as a file. It reads and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.jobs import FOLDER
from app.casework.models import AssistanceRequest
from app.casework.texts.faults import FAULT_TEXTS
from app.casework.verify import Finding, ForgedCheckpoint, Report, latest_checkpoint, read_checkpoint, verify_all
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.foundation.formatting import bdi, moment_filter, number
from app.foundation.i18n import current_locale
from app.papers import Line, Paper, Part, document
from app.reference.states import state_by_id, state_name
from app.workflow.actor import Actor

C = AssistanceRequest
#: Broken histories that a page or paper names; their number is complete.
MOST_NAMED: Final = 200


@dataclass(frozen=True, slots=True)
class Verified:
    """What one verification came to.

    Attributes:
        report: over all histories.
        numbers: numbers of the requests with a fault, by public key; a draft has none.
        checkpoint: the signed checkpoint against which it was verified; None when there is none.
        forged: the checkpoint was changed, or signed with another key.
    """

    report: Report
    at: datetime
    numbers: Mapping[str, str]
    checkpoint: str | None
    forged: bool

    @property
    def sound(self) -> bool:
        """Whether every history holds, and the checkpoint as well."""
        return self.report.sound and not self.forged


def verify_now(session: Session, actor: Actor) -> Verified:
    """Verify every history against its chain and the last signed checkpoint.

    Args:
        session: reading, bound to the auditor, who sees every case.
    """
    settings = current_app.extensions["settings"]
    path, marked, forged = latest_checkpoint(settings.data_dir / FOLDER), None, False
    if path is not None:
        try:
            marked = read_checkpoint(path, settings.secret_key)
        except (ForgedCheckpoint, ValueError, KeyError):
            forged = True
    report = verify_all(session, marked)
    keys = [one.case_key for one in report.findings[:MOST_NAMED]]
    numbers = visible_cases(actor, C.key, C.number).where(C.key.in_(keys))
    known = {row.key: row.number for row in session.execute(numbers)}
    return Verified(report, now(), known, path.name if path else None, forged)


def fault_text(finding: Finding) -> str:
    """Return what is wrong with a history, in words."""
    return str(FAULT_TEXTS[finding.problem])


def verification_paper(verified: Verified, actor: Actor) -> Paper:
    """Return the report on paper."""
    report = verified.report
    rows = [
        (_("Verified"), moment_filter(verified.at)),
        (_("By"), bdi(actor.name)),
        (_("Histories"), number(report.cases)),
        (_("Entries"), number(report.rows)),
        (_("Histories with a fault"), number(len(report.findings))),
        (_("Signed checkpoint"), _checkpoint(verified)),
    ]
    words = _("Every history holds.") if verified.sound else _("Not every history holds. The first bad entry of each:")
    lines = [
        Line(bdi(verified.numbers.get(one.case_key) or one.case_key), _entry(one), fault_text(one))
        for one in report.findings[:MOST_NAMED]
    ]
    parts = [Part(rows=[(str(label), value) for label, value in rows]), Part(str(_("Result")), str(words), lines=lines)]
    title = str(_("Verification of the histories"))
    return document(title, parts, kind=str(_("Verification report")), reference=None, dated=verified.at.date())


def verification_export(session: Session, actor: Actor, verified: Verified) -> Export:
    """Return the result of each chain as a file."""
    return Export(
        name="verification",
        title=str(_("Verification of the histories")),
        columns=[_("Request"), _("State"), _("Entries"), _("Head"), _("Result"), _("First bad entry")],
        rows=_chains(session, actor, {one.case_key: one for one in verified.report.findings}),
        filters=[(str(_("Signed checkpoint")), str(_checkpoint(verified)))],
        as_of=verified.at,
        readers=str(_("Auditors")),
    )


def _chains(session: Session, actor: Actor, findings: Mapping[str, Finding]) -> Iterator[Sequence[Cell]]:
    columns = (C.key, C.number, C.state_id, C.history_seq, C.history_hash)
    statement = visible_cases(actor, *columns).order_by(C.id).execution_options(yield_per=1_000)
    for row in session.execute(statement):
        state: Any = state_name(state_by_id(session, row.state_id), current_locale())
        finding = findings.get(row.key)
        result = fault_text(finding) if finding else str(_("Holds"))
        yield (row.number, state, row.history_seq, row.history_hash, result, finding.seq if finding else None)


def _checkpoint(verified: Verified) -> str:
    if verified.forged:
        return str(_("%(name)s: changed, or signed with another key", name=verified.checkpoint))
    return verified.checkpoint or str(_("There is none yet"))


def _entry(finding: Finding) -> str:
    return str(_("Entry %(number)s", number=number(finding.seq))) if finding.seq else str(_("The request itself"))
