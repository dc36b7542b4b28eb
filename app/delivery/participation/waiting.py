"""What the page of a plan says still waits for somebody before it can be agreed to: other States, and joint visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.content.display import line
from app.casework.page import CasePage
from app.casework.vocabulary import ConsentKind
from app.delivery.participation.models import Participation
from app.delivery.participation.page import name_of
from app.delivery.participation.queries import standing
from app.delivery.participation.terms import terms_of
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.queries import StoredPlan
from app.foundation.formatting import number
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, AssistanceType, State


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits, and the page where somebody looks after it."""

    words: str
    about: Markup | str | None
    url: str


def waits_of(session: Session, actor: Actor, page: CasePage, stored: StoredPlan | None) -> Sequence[Wait]:
    """Return what a plan that is being made waits for; one statement where the reader reads no plan yet, else none.

    Args:
        stored: the newest version that the reader may read; None while there is none. Of invitations that were put to
            the host before the plan itself it is told here as well.
    """
    if page.case.state is not State.PLANNING or actor.roles & LIAISON_ROLES:
        return ()
    rows = [row for one in stored.activities for row in one.invitations] if stored else []
    if stored is None and actor.is_state_side:
        rows = standing(session, page.case.id)
    url = url_for("participation.invitations", key=page.case.key)
    waits = list(_to_disclose(actor, rows, url))
    if stored is not None:
        waits += [*_visits(actor, page, stored), *_guests(session, stored, url)]
    return waits


def _to_disclose(actor: Actor, rows: Sequence[Participation], url: str) -> Iterator[Wait]:
    waiting = sum(row.disclosed_at is None and row.withheld_at is None for row in rows)
    if actor.is_state_side and waiting:
        yield Wait(_("Say which other States may be told of an activity"), number(waiting), url)


def _guests(session: Session, stored: StoredPlan, url: str) -> Iterator[Wait]:
    for one in stored.activities:
        terms = terms_of(one.activity)
        said_yes = {
            row.participant_id
            for row in one.invitations
            if row.answer is ParticipationAnswer.CONSENT and terms_of(row) == terms
        }
        for guest in one.participants:
            if guest not in said_yes:
                words = _("%(state)s has not consented to take part", state=name_of(session, guest))
                yield Wait(words, line(one.activity.title, stored.plan.lang), url)


def _visits(actor: Actor, page: CasePage, stored: StoredPlan) -> Iterator[Wait]:
    for one in stored.activities:
        if one.activity.type is not AssistanceType.JOINT_VISIT or one.visit_consented:
            continue
        key, subject = page.case.key, one.activity.key
        url = url_for("consents.consents", key=key)
        if actor.is_state_side:
            url = url_for("consents.give", key=key, kind=ConsentKind.VISIT.value, subject=subject)
        yield Wait(_("A joint visit needs a dated consent of its own"), line(one.activity.title, stored.plan.lang), url)
