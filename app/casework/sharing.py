"""What reaches CTC/CTED: as long as the State consents, and of what came before it withdrew its consent.

Withdrawing stops new sharing at once and takes nothing back (process, Acts: withdraw_consent; docs/decisions/0017). The
Office of Legal Affairs advises the Secretariat on the treaty acts of a request; its part does not hang on this consent.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.workflow.actor import Actor
from app.workflow.vocabulary import Body


def hangs_on_consent(actor: Actor) -> bool:
    """Tell whether what this reader is shown hangs on the State's consent."""
    return actor.body is Body.CTC_CTED and not actor.is_tpb


def reached(actor: Actor, case_id: Any, at: Any) -> ColumnElement[bool]:
    """Return the condition that what was there for the bodies at `at` was shared with `actor`.

    Args:
        case_id: column with the id of the case.
        at: column with the instant (UTC) from which it was meant for the bodies.
    """
    if not hangs_on_consent(actor):
        return true()
    consent = select(ConsentRecord.id).where(
        ConsentRecord.case_id == case_id,
        ConsentRecord.kind == ConsentKind.CTC,
        ConsentRecord.withdrawn_at.is_(None) | (ConsentRecord.withdrawn_at > at),
    )
    return consent.exists()


def consents_to_sharing(case_id: Any, kind: ConsentKind = ConsentKind.CTC) -> ColumnElement[bool]:
    """Return the condition that the State consents now to sharing the case.

    Args:
        case_id: column with the id of the case, or the id itself.
        kind: with whom: CTC/CTED unless it says partners.
    """
    consent = select(ConsentRecord.id).where(
        ConsentRecord.case_id == case_id, ConsentRecord.kind == kind, ConsentRecord.withdrawn_at.is_(None)
    )
    return consent.exists()


def shared_until(session: Session, actor: Actor, case: AssistanceRequest) -> datetime | None:
    """Return until when what was written reaches `actor` (UTC); None without end. No statement for most readers.

    Of a case to which the State never consented nothing reaches them: the instant is that of its beginning.
    """
    if not hangs_on_consent(actor):
        return None
    ends = select(ConsentRecord.withdrawn_at).where(
        ConsentRecord.case_id == case.id, ConsentRecord.kind == ConsentKind.CTC
    )
    known = session.scalars(ends).all()
    if None in known:
        return None
    return max((end for end in known if end is not None), default=case.created_at)
