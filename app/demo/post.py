"""The post of the demo: notices to registered addresses count as taken by their mail server, and nothing leaves.

Only what goes to an office or a partner is taken; what was queued for people is withheld when the play ends, see
`app.demo.stage`.
"""

from __future__ import annotations

from sqlalchemy import update

from app.casework.models import AssistanceRequest
from app.coordination.links.sending import OfConsultation, send_notice, without_notice
from app.demo.stage import backstage
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.notifications.models import OutboxMessage
from app.notifications.vocabulary import MessageState
from app.workflow.actor import SYSTEM


def send_notices(case_key: str) -> None:
    """Queue the notices of a case that are missing, as the worker does within a minute, and have them taken."""
    with backstage() as session:
        keys = session.scalars(without_notice().where(AssistanceRequest.key == case_key)).all()
    for key in keys:
        send_notice(SYSTEM, OfConsultation(key=key))
    _take_mails()


def _take_mails() -> None:
    waiting = (OutboxMessage.address.is_not(None), OutboxMessage.state == MessageState.PENDING)
    taken = {"state": MessageState.SENT, "sent_at": now(), "attempts": 1}
    with write_transaction(None) as session:
        session.execute(update(OutboxMessage).where(*waiting).values(taken))
