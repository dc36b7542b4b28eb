"""The report of a delivery on paper: each activity with its people, what is recommended, what the State said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.detail_words import PROFESSIONS
from app.casework.content.display import joined, line, text
from app.casework.page import CasePage, state_name
from app.delivery.activities.models import ParticipantCount
from app.delivery.activities.page import REPORTED, from_words
from app.delivery.activities.texts import GENDER_TEXTS, RECOMMENDED_TEXTS
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.evaluation.page import EvaluationView, evaluations_of
from app.delivery.page import ActivityLine, Recommended, activity_lines, recommended
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_filter, number, one_line
from app.foundation.i18n import current_locale
from app.papers import Line, Paper, Part, document
from app.workflow.vocabulary import State

Row = tuple[str, Markup | str | None]


def delivery_report(session: Session, page: CasePage) -> Paper:
    """Return the report of a delivery in the language of the moment: four statements.

    Args:
        page: of a case that somebody of its State, of the Branch, or an auditor, sees.

    Raises:
        NotFound: nothing was delivered yet.
    """
    if page.case.state not in REPORTED:
        raise NotFound
    people = _people(session, page.case.id)
    activities = [_activity(one, people.get(one.row.id, [])) for one in activity_lines(session, page.case.id)]
    latest = evaluations_of(session, page.case.id)[:1]
    parts = [
        Part(rows=list(_about(page))),
        *activities,
        _recommendations(recommended(session, page.case.id)),
        *(_evaluation(one) for one in latest),
    ]
    return document(
        one_line(page.case.title, page.case.lang),
        parts,
        kind=_("Delivery report"),
        reference=page.case.number,
        dated=now().date(),
        mark=_("Delivery under way") if page.case.state is State.IN_DELIVERY else None,
    )


def _about(page: CasePage) -> Iterator[Row]:
    yield _("Number"), bdi(page.case.number)
    yield _("State"), bdi(state_name(page.header.member_state, str(current_locale())))
    yield _("Where it stands"), page.status


def _activity(one: ActivityLine, people: Sequence[Line]) -> Part:
    rows: list[Row] = [(_("Type"), one.kind), (_("When"), one.when), (_("Where"), one.where), (_("Status"), one.status)]
    if one.row.status is ActivityStatus.HELD:
        rows += [(_("What came of it"), text(one.row.outcome, one.row.lang)), (_("Participants"), one.people)]
    if one.reason:
        rows.append((_("Why it was cancelled"), line(one.reason, one.row.lang)))
    return Part(one.row.title, rows=rows, lines=people)


def _people(session: Session, case_id: int) -> dict[int, list[Line]]:
    """Return who came to each activity, as lines, by its id: one statement."""
    found: dict[int, list[Line]] = defaultdict(list)
    statement = select(ParticipantCount).where(ParticipantCount.case_id == case_id).order_by(ParticipantCount.id)
    for row in session.scalars(statement):
        group = joined(
            PROFESSIONS[row.profession], GENDER_TEXTS[row.gender], bdi(from_words(session, row.from_state_id))
        )
        found[row.activity_id].append(Line(group, number(row.number)))
    return found


def _recommendations(listed: Recommended) -> Part:
    title = _("Recommendations")
    if not listed.rows:
        none = _("The Branch recommends nothing further.") if listed.none else _("No recommendation was listed yet.")
        return Part(title, words=none)
    lines = []
    for row in listed.rows:
        due = _("by %(date)s", date=date_filter(row.due_on)) if row.due_on else _("no date yet")
        owner = line(row.owner, row.lang) if row.owner else _("Nobody is named yet")
        lines.append(Line(text(row.text, row.lang), joined(RECOMMENDED_TEXTS[row.status], owner, due)))
    return Part(title, lines=lines)


def _evaluation(one: EvaluationView) -> Part:
    title = _("What the State said of the delivery")
    if not one.given:
        return Part(title, words=_("The State does not evaluate this delivery."))
    rows: list[Row] = [(str(row["key"]), row["value"]) for row in one.rows]
    if one.remark:
        rows.append((_("Remark"), text(one.remark, one.lang)))
    return Part(title, rows=rows)
