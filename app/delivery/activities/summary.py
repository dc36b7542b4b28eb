"""What was delivered, in short, for those who decide on an early end."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.content.display import joined, line
from app.casework.page import CasePage
from app.delivery.page import activity_lines
from app.foundation.wiring import SummaryGroup
from app.workflow.actor import Actor


def delivery_summary(session: Session, actor: Actor, page: CasePage) -> Sequence[SummaryGroup]:
    """Return the activities of a case with how far each has come, for a reader of the Branch: one statement."""
    del actor
    rows = [
        (line(one.row.title, one.row.lang), joined(one.status, one.when, one.people))
        for one in activity_lines(session, page.case.id)
    ]
    return [SummaryGroup(_("What was delivered so far"), rows)] if rows else ()
