"""How people want to be told of what: by mail at once, in one mail a day, or not by mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.notifications.models import NoticeChoice
from app.notifications.vocabulary import ALWAYS_AT_ONCE, MailChoice, NoticeKind
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

DEFAULT: Final = MailChoice.AT_ONCE
#: To whom anything of a kind can come at all.
ROLES_OF_KIND: Mapping[NoticeKind, frozenset[Role]] = {
    NoticeKind.STEPS: STATE_ROLES | TPB_ROLES,
    NoticeKind.QUESTIONS: STATE_ROLES | TPB_ROLES,
    NoticeKind.MESSAGES: STATE_ROLES | TPB_ROLES | LIAISON_ROLES,
    NoticeKind.DEADLINES: STATE_ROLES | TPB_ROLES,
    NoticeKind.CONSULTATIONS: TPB_ROLES | LIAISON_ROLES,
    NoticeKind.DECISIONS: STATE_ROLES | TPB_ROLES | LIAISON_ROLES,
}


def kinds_for(actor: Actor) -> tuple[NoticeKind, ...]:
    """Return the kinds of which this person can be told and choose how."""
    offered = (kind for kind in NoticeKind if kind not in ALWAYS_AT_ONCE)
    return tuple(kind for kind in offered if actor.roles & ROLES_OF_KIND[kind])


def choices_of(session: Session, user_id: int) -> dict[NoticeKind, MailChoice]:
    """Return what one person chose, with the default for the rest: one statement."""
    rows = select(NoticeChoice.kind, NoticeChoice.choice).where(NoticeChoice.user_id == user_id)
    chosen = {row.kind: row.choice for row in session.execute(rows)}
    return {kind: chosen.get(kind, DEFAULT) for kind in NoticeKind if kind not in ALWAYS_AT_ONCE}


def choice_of(session: Session, user_id: int, kind: NoticeKind) -> MailChoice:
    """Return how one person wants to be told of one kind."""
    row = select(NoticeChoice.choice).where(NoticeChoice.user_id == user_id, NoticeChoice.kind == kind)
    return session.scalar(row) or DEFAULT
