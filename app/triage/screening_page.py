"""The request beside the eight checks, as the page of screening shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.casework.content.labels import Row as ContentRow
from app.casework.content.labels import label_of, rows_of
from app.casework.exchange import Exchange, exchange_of
from app.casework.models import AssistanceRequest
from app.casework.page import CasePage
from app.casework.texts import state_text
from app.casework.texts.reasons import REASON_TEXTS
from app.foundation.errors import NotFound
from app.foundation.formatting import listed
from app.reference.states import state_by_id
from app.triage.checks import Findings, Judged, findings, judgements, possible_duplicates
from app.triage.forms import CheckForm, ScreeningForm, screening_data
from app.triage.paper.queries import paper_section
from app.triage.texts import CHECK_TEXTS
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import Action, Channel, EligibilityCheck, State

E = EligibilityCheck


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check as it is shown.

    Attributes:
        form: its part of the form; None where the checks can only be read.
        found: what the system finds, in words.
        against: the system finds that it does not pass.
        confirm: it was judged before the State's last answer and must be confirmed.
    """

    code: str
    title: str
    form: CheckForm | None
    found: str | None
    against: bool
    answer: str | None
    remark: str
    judge: str | None
    judged_at: datetime | None
    confirm: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A request that may be the same."""

    key: str
    number: str
    title: str
    lang: str
    status: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class ScreeningShown:
    """Everything that the page of the checks shows; `form` is None for those who only read."""

    form: ScreeningForm | None
    exchange: Exchange
    sections: Sequence[tuple[str, Sequence[ContentRow]]]
    checks: Sequence[CheckView]
    duplicates: Sequence[Duplicate]
    begun: bool
    may_merge: bool


def shown(session: Session, actor: Actor, page: CasePage, form: ScreeningForm | None) -> ScreeningShown:
    """Return the request, the checks and possible duplicates.

    Args:
        form: as it was posted, when it must be shown again.

    Raises:
        NotFound: the case has not been submitted, so there is nothing to screen.
    """
    case = page.case
    if case.state in STATE_ONLY:
        raise NotFound
    found, judged = findings(session, case), judgements(session, case.id)
    duplicates = [_duplicate(row) for row in possible_duplicates(session, actor, case)]
    if not policy.may(actor, Action.ACCEPT, page.core):
        form = None
    elif form is None:
        form = ScreeningForm(data=screening_data(judged, found, case.version))
    words = _found_words(session, case, found, len(duplicates))
    return ScreeningShown(
        form=form,
        exchange=exchange_of(session, actor, case, found.revision),
        sections=[*paper_section(session, actor, case), *rows_of(found.answers)],
        may_merge=policy.may(actor, Action.MERGE, page.core),
        checks=[_check_view(check, form, found, judged.get(check), words.get(check), case) for check in E],
        duplicates=duplicates,
        begun=case.state is not State.SUBMITTED,
    )


def _check_view(
    check: EligibilityCheck,
    form: ScreeningForm | None,
    found: Findings,
    judged: Judged | None,
    words: str | None,
    case: AssistanceRequest,
) -> CheckView:
    row = judged.row if judged else None
    return CheckView(
        code=check.value.upper(),
        title=str(CHECK_TEXTS[check]),
        form=form.row(check) if form else None,
        found=words,
        against=found.passed.get(check) is False,
        answer=answer_words(judged),
        remark=row.remark if row else "",
        judge=judged.judge if judged else None,
        judged_at=row.judged_at if row else None,
        confirm=judged is not None and case.state is State.SCREENING and not judged.counts(case.state_since),
    )


def answer_words(judged: Judged | None) -> str | None:
    """Return a judgement in words, a no with its reason; None when there is none."""
    if judged is None:
        return None
    reason = judged.row.reason_code
    return str(_("Yes") if reason is None else _("No: %(reason)s", reason=str(REASON_TEXTS[reason])))


def _found_words(
    session: Session, case: AssistanceRequest, found: Findings, duplicates: int
) -> Mapping[EligibilityCheck, str]:
    """Return what the system finds about each check that it knows something of."""
    state = state_by_id(session, case.state_id)
    member = _("A Member State.")
    if state.is_demo:
        member = _("An invented State of the demo counts as a Member State here.")
    similar = ngettext(
        "%(num)s request may be the same; see below.", "%(num)s requests may be the same; see below.", duplicates
    )
    missing = listed(label_of(path) for path in found.missing)
    return {
        E.E1: _("Sent through the portal by people of the State.")
        if case.channel is Channel.PORTAL
        else _("Not sent through the portal: compare the original."),
        E.E2: member if found.passed[E.E2] else _("Not a Member State."),
        E.E5: _("The consent is in force.") if found.passed[E.E5] else _("No consent is in force."),
        E.E6: similar if duplicates else _("No similar request of this State was found."),
        E.E7: _("All are answered.") if found.passed[E.E7] else _("Not all are answered."),
        E.E8: _("All are there.") if found.passed[E.E8] else _("Missing: %(fields)s.", fields=missing),
    }


def _duplicate(row: Row[Any]) -> Duplicate:
    return Duplicate(row.key, row.number, row.title or "", row.lang, state_text(row.state), row.submitted_at)
