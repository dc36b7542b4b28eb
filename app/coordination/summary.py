"""What a decision reads of the consultations: answers, how an objection ended, proof of silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.casework.content.display import joined
from app.casework.page import CasePage
from app.coordination.page import ConsultationView, PositionView, consultation_views
from app.foundation.formatting import bdi, date_filter, moment_filter, number, plain_text
from app.foundation.wiring import SummaryGroup
from app.workflow.actor import Actor

Rows = Iterator[tuple[str, Markup | str | None]]


def consultations_summary(session: Session, actor: Actor, page: CasePage) -> Sequence[SummaryGroup]:
    """Return every round of every body, the latest first: two statements, three while a body that was told waits."""
    views = consultation_views(session, actor, page)
    last = {one.name: one.round for one in views[::-1]}
    return [SummaryGroup(_heading(one), list(_rows(one, last[one.name]))) for one in views]


def _heading(one: ConsultationView) -> Markup:
    if one.round == 1:
        return bdi(one.name)
    return joined(bdi(one.name), _("Round %(number)s", number=number(one.round)))


def _rows(one: ConsultationView, last_round: int) -> Rows:
    yield _("Answer"), one.status
    if one.positions:
        yield from _position(one.positions[0])
    if one.objects:
        yield _("What became of the objection"), _resolution(one, last_round)
    if one.void:
        yield _("Still valid"), _("This answer does not hold any more: assessment or plan changed in substance.")
    if one.delivered_at:
        yield _("Notice delivered"), joined(moment_filter(one.delivered_at), one.delivered)
    if one.due:
        yield _("Answer by"), date_filter(one.due)
    if one.more_time_at:
        yield _("More time asked"), moment_filter(one.more_time_at)
    if one.closed_at:
        yield _("Closed on"), date_filter(one.closed_at)
    if one.proof_url:
        yield _("Silence"), Markup('<a href="{}">{}</a>').format(one.proof_url, _("Proof of silence"))


def _position(said: PositionView) -> Rows:
    if said.ground:
        yield _("Ground of the objection"), said.ground
    if said.text:
        yield _("Text"), plain_text(said.text, said.lang)
    by = bdi(said.by) if said.by else None
    recorded = escape(_("recorded by %(name)s")) % {"name": bdi(said.recorded_by)} if said.recorded_by else None
    yield _("Given"), joined(moment_filter(said.at), by, said.came, recorded)


def _resolution(one: ConsultationView, last_round: int) -> Markup | str:
    """Say how an objection ended: taken back, answered by a later round, or not at all."""
    if one.objection_withdrawn_at:
        return joined(_("Objection withdrawn"), moment_filter(one.objection_withdrawn_at))
    if last_round > one.round:
        return str(_("The body was asked again after a revision, see round %(number)s.", number=number(last_round)))
    return str(_("It stands: the request cannot be approved."))
