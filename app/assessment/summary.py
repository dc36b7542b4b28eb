"""What a decision reads of the assessment: the need, concerns, cost, the priority with its score, and who signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.assessment.models import Assessment
from app.assessment.reading import Look, look_at, signed_score
from app.assessment.score import Points
from app.assessment.shown import rows_of_part
from app.assessment.texts import PARTS, PRIORITIES, SCORE_PARTS, why
from app.assessment.vocabulary import Finding, Part
from app.casework.content.display import listed
from app.casework.page import CasePage
from app.foundation.formatting import bdi, moment_filter, number
from app.foundation.wiring import SummaryGroup
from app.workflow.actor import Actor

#: Read as they were saved; of the others only what bears on the decision.
IN_FULL = (Part.NEED, Part.EARLIER_ASSISTANCE, Part.RISKS, Part.COST_ESTIMATE)
Rows = Iterator[tuple[str, Markup | str | None]]


def assessment_summary(session: Session, actor: Actor, page: CasePage) -> Sequence[SummaryGroup]:
    """Return the current assessment of a case in short, for a reader of the Branch: two statements at most."""
    del actor
    look = look_at(session, page.case.id)
    groups = [
        *(SummaryGroup(PARTS[part], _rows(look, part)) for part in IN_FULL if part in look.parts),
        SummaryGroup(PARTS[Part.RIGHTS_REVIEW], list(_rights(look))),
        SummaryGroup(PARTS[Part.PRIORITY], list(_priority(session, look.row)) if look.row else ()),
        SummaryGroup(_("Signature"), list(_signature(look))),
    ]
    return [group for group in groups if group.rows]


def _rows(look: Look, part: Part) -> list[tuple[str, Markup | str | None]]:
    return [(one.key, one.value) for one in rows_of_part(part, look.answers(part))]


def _rights(look: Look) -> Rows:
    """Yield concerns and safeguards; that there is no concern is said once for all questions."""
    if Part.RIGHTS_REVIEW not in look.parts:
        return
    answers = look.answers(Part.RIGHTS_REVIEW)
    if not any(one.finding is Finding.CONCERN for one in answers.findings.values()):
        yield _("Concerns"), _("None")
    concerns = {question.value: one for question, one in answers.findings.items() if one.finding is Finding.CONCERN}
    shown = answers.model_copy(update={question.value: None for question in answers.findings} | concerns)
    yield from ((one.key, one.value) for one in rows_of_part(Part.RIGHTS_REVIEW, shown))


def _priority(session: Session, row: Assessment) -> Rows:
    """Yield the priority as it was signed, the score with its parts, and why the one departs from the other."""
    if row.priority is None or row.advised is None:
        return
    score = signed_score(session, row.id)
    advised = _(
        "%(total)s of %(most)s points. It advises: %(priority)s.",
        total=number(score.total),
        most=number(score.most),
        priority=PRIORITIES[row.advised],
    )
    yield _("Priority"), str(PRIORITIES[row.priority])
    yield _("Priority score"), escape(advised) + listed(_points(one) for one in score.parts)


def _points(one: Points) -> Markup:
    points = _("%(points)s of %(most)s", points=number(one.points), most=number(one.most))
    return Markup('{} <strong>{}</strong> <span class="mut">{}</span>').format(SCORE_PARTS[one.part], points, why(one))


def _signature(look: Look) -> Rows:
    row = look.row
    if row is None or row.signed_at is None:
        return
    named = {"name": bdi(look.signer), "absent": bdi(look.absent), "moment": moment_filter(row.signed_at)}
    words = escape(_("%(name)s for %(absent)s, %(moment)s")) if look.absent else Markup("%(name)s, %(moment)s")
    yield _("Signed"), words % named
