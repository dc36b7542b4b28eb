"""Scheduled job of the dashboard; composition lists it. It can be run again at any time."""

from __future__ import annotations

from typing import Final

from flask import current_app

from app.dashboards.asking import first_asked
from app.dashboards.frame import Frame
from app.dashboards.kept import count_figures, figures_of, forget_figures, kept_for
from app.dashboards.pages import PAGES
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role

#: Sees what those who read the dashboard see; nobody's account.
READER: Final = Actor(user_id=None, kind=ActorKind.USER, name="figures", roles=frozenset({Role.MANAGER}))


def count_ahead(actor: Actor) -> None:
    """Count the pages of the dashboard as they are first shown, before anybody asks; forget what is too old.

    Figures that are younger than half of the time for which they are kept are left as they are.

    Args:
        actor: the scheduler.
    """
    forget_figures(actor)
    if not kept_for():
        return
    session = read_session()
    demo = bool(current_app.extensions["settings"].demo_data)
    asked = first_asked(demo=demo)
    for page in PAGES:
        bind_scope(session, scope_of(READER))
        frame = Frame.of(READER, asked)
        shown, _figures = figures_of(session, frame, page)
        if frame.at - shown.at >= kept_for() / 2:
            count_figures(session, frame, page)
        session.rollback()
