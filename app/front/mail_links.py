"""Links and codes of mails, made when they leave: by accounts for people, by coordination for offices."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import wiring as accounts
from app.accounts.models import User
from app.coordination.links.sending import mail_params


def made_when_sent(
    session: Session, user: User | None, code: str, params: Mapping[str, Any]
) -> Mapping[str, str] | None:
    """Return `link` and `secret` of a mail, or None when what it announces is over.

    Args:
        session: the worker's transaction before the mail leaves.
        user: to whom it goes; None for the address of an office.
        code: of the message.
        params: what was stored with it.
    """
    if user is None:
        return mail_params(session, code, params)
    return accounts.render_params(session, user, code, params)
