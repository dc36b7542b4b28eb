"""Whether a person may (still) be told about a case when a mail leaves."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.audiences import readable_by
from app.casework.models import AssistanceRequest
from app.casework.sharing import consents_to_sharing, hangs_on_consent
from app.casework.visibility import may_see
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Audience


def may_be_told(session: Session, user_id: int, case_key: str, audience: Audience | None) -> bool:
    """Tell whether `user_id` sees the case now and reads what the mail is about.

    Roles, States and bodies change between queueing and sending.

    Args:
        session: a transaction of the worker, which sees every case.
        case_key: public key of the case that the mail is about.
        audience: for whom that is meant; None for everybody who sees the case.
    """
    rows = session.execute(
        select(User.state_id, User.body, User.name, UserRole.role)
        .join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
        .where(User.id == user_id, User.active)
    ).all()
    if not rows:
        return False
    reader = Actor(
        user_id=user_id,
        kind=ActorKind.USER,
        name=rows[0].name,
        roles=frozenset(row.role for row in rows),
        state_id=rows[0].state_id,
        body=rows[0].body,
    )
    if audience is not None and audience not in readable_by(reader):
        return False
    wanted = select(AssistanceRequest.id).where(AssistanceRequest.key == case_key, may_see(reader))
    if hangs_on_consent(reader):
        wanted = wanted.where(consents_to_sharing(AssistanceRequest.id))
    return session.scalars(wanted).first() is not None
