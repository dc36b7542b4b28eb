"""What the pages of steps and acts show beside their forms: what stands in the way, the brief, whom it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.page import CasePage
from app.casework.steps import reasons_against, shows, told_of
from app.coordination.briefs import BriefView, documents_for_all, freeze, view_of
from app.coordination.facts import consultations_facts, is_latest
from app.coordination.forms import ConsultForm, OwnForm, ProceedForm, RecordForm, ReviseForm
from app.coordination.models import Consultation
from app.coordination.page import PositionView, position_view
from app.coordination.positions import may_correct
from app.coordination.queries import own_consultation, positions_of, running_dues
from app.coordination.recording import liaisons_of
from app.coordination.rounds import Candidate, ground_of, holds
from app.coordination.texts import RULE_TEXTS, body_text
from app.foundation.clock import now
from app.foundation.errors import Forbidden, NotFound
from app.foundation.texts import text
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.guards.coordination import may_proceed_without
from app.workflow.vocabulary import Action, Body


@dataclass(frozen=True, slots=True)
class Asking:
    """One body on the page that opens consultations.

    Attributes:
        rules: why it is asked, in words.
        state: what happens to it: asked, asked again, or not asked because its answer holds.
        told: how many liaisons get the notice.
    """

    name: str
    rules: Sequence[str]
    state: str
    asked: bool
    told: str | None


@dataclass(frozen=True, slots=True)
class ActionShown:
    """What stands beside a form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        told: whom it notifies, in words.
        brief: what the body is shown.
        own: the consultation that is answered.
        due: its limit, as the history says.
        bodies: whom the step asks, and why.
        recorded: what an officer recorded, where it can be corrected.
    """

    reasons: Sequence[str]
    told: Sequence[str] = ()
    brief: BriefView | None = None
    own: Consultation | None = None
    due: Due | None = None
    bodies: Sequence[Asking] = ()
    recorded: PositionView | None = None


def shown_own(session: Session, actor: Actor, page: CasePage, action: Action, form: OwnForm) -> ActionShown:
    """Return what stands beside the form of an act about the reader's own consultation.

    Raises:
        NotFound: their body was not asked.
        Forbidden: this actor may not do it in the state of the case.
    """
    own = own_consultation(session, actor, page.case.id)
    reasons = [*reasons_against(session, actor, page, action), *_own_reasons(own, action)]
    form.shows_own(page, own)
    due = running_dues(session, page.case, [own]).get(own.key)
    told = told_of(session, actor, page.case, action)
    return ActionShown(list(dict.fromkeys(reasons)), told, view_of(own.brief), own, due)


def shown_correct(session: Session, actor: Actor, page: CasePage, form: OwnForm) -> ActionShown:
    """Return what stands beside the form that corrects what an officer recorded for the reader's body.

    Raises:
        NotFound: nothing was recorded for their body.
        Forbidden: positions are not given in the state of the case.
    """
    if not policy.may(actor, Action.GIVE_POSITION, page.core):
        raise Forbidden
    own = own_consultation(session, actor, page.case.id)
    said = positions_of(session, page.case.id).get(own.id, ())
    if not said or said[0].recorded_by is None:
        raise NotFound
    form.shows_own(page, own)
    reasons = [] if may_correct(said[0].row) else [text("not_correctable")]
    told = told_of(session, actor, page.case, Action.GIVE_POSITION)
    recorded = position_view(actor, page, own, said[0])
    return ActionShown(reasons, told, view_of(own.brief), own, recorded=recorded)


def shown_record(session: Session, actor: Actor, page: CasePage, form: RecordForm) -> ActionShown:
    """Return what stands beside the form that records a position."""
    reasons = reasons_against(session, actor, page, Action.RECORD_POSITION)
    shows(form, page)
    waiting = [one for one in _latest(session, page) if one.open]
    form.offer(waiting)
    return ActionShown(reasons, _told_to(session, {one.body for one in waiting}))


def shown_proceed(session: Session, actor: Actor, page: CasePage, form: ProceedForm) -> ActionShown:
    """Return what stands beside the form that goes on without an answer; only late consultations are offered."""
    reasons = reasons_against(session, actor, page, Action.PROCEED_WITHOUT)
    shows(form, page)
    known = consultations_facts(session, page.case.id, page.core)
    keys = {one.key for one in known.latest if may_proceed_without(one, now=now())}
    late = [one for one in _latest(session, page) if one.key in keys]
    form.offer(late)
    told = [*told_of(session, actor, page.case, Action.PROCEED_WITHOUT), *_told_to(session, {one.body for one in late})]
    return ActionShown(reasons, told)


def shown_revise(session: Session, actor: Actor, page: CasePage, form: ReviseForm) -> ActionShown:
    """Return what stands beside the form that takes a request back: answers that hold, and those that cannot."""
    reasons = reasons_against(session, actor, page, Action.REVISE)
    shows(form, page)
    latest = _latest(session, page)
    form.offer([one for one in latest if holds(one)])
    bodies = [Asking(one.partner or body_text(one.body), (), _after_revision(one), False, None) for one in latest]
    return ActionShown(reasons, told_of(session, actor, page.case, Action.REVISE), bodies=bodies)


def shown_consult(session: Session, actor: Actor, page: CasePage, form: ConsultForm) -> ActionShown:
    """Return what stands beside the form that opens consultations: bodies with their rules, and the brief."""
    reasons = reasons_against(session, actor, page, Action.CONSULT)
    shows(form, page)
    ground = ground_of(session, page.case)
    form.offer(ground)
    brief = view_of(freeze(ground.revision, documents_for_all(session, page.case.id)))
    asked = {one.body for one in ground.candidates if one.needed}
    told = [*told_of(session, actor, page.case, Action.CONSULT), *_told_to(session, asked)]
    bodies = [_asking(session, one) for one in ground.candidates]
    return ActionShown(reasons, told, brief, bodies=bodies)


def _asking(session: Session, one: Candidate) -> Asking:
    told = _told_to(session, {one.body}) if one.needed else []
    if one.needed:
        words = _("Is asked again, in round %(number)s", number=one.former.round + 1) if one.former else _("Is asked")
    elif one.former is not None:
        words = _("Its answer holds; it is not asked again")
    else:
        words = _("Is not asked: no rule demands it")
    return Asking(
        body_text(one.body), [str(RULE_TEXTS[rule]) for rule in one.rules], words, one.needed, told[0] if told else None
    )


def _after_revision(one: Consultation) -> str:
    if one.open:
        waits = one.body is Body.PARTNER
        return str(_("Still waits for its answer")) if waits else str(_("Has not answered; it is asked anew"))
    if one.objects:
        return str(_("Objects; it is asked again"))
    return str(_("Has answered; its answer stays valid unless you ask it again"))


def _own_reasons(own: Consultation, action: Action) -> list[str]:
    wrong = {
        Action.GIVE_POSITION: None if own.open else "refusal.no_consultation_open",
        Action.ASK_MORE_TIME: "refusal.more_time_used" if own.more_time_at else None,
        Action.WITHDRAW_OBJECTION: None if own.objects else "refusal.no_objection_standing",
    }
    code = wrong.get(action)
    return [text(code)] if code else []


def _latest(session: Session, page: CasePage) -> Sequence[Consultation]:
    statement = select(Consultation).where(Consultation.case_id == page.case.id, is_latest())
    return session.scalars(statement.order_by(Consultation.id)).all()


def _told_to(session: Session, bodies: set[Body]) -> list[str]:
    num = len(liaisons_of(session, bodies))
    return [str(ngettext("%(num)s liaison of the body", "%(num)s liaisons of the bodies", num))] if num else []
