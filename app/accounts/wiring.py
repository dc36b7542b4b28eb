"""What the composition takes from accounts."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import throttle
from app.accounts.actor import load_actor, signed_in
from app.accounts.invitations import mail_params as render_params
from app.accounts.kept_forms import forget_kept_forms, init_kept_forms, keep_form
from app.accounts.mail import set_mail_queue
from app.accounts.security import SECURITY_ENDPOINTS as LISTED_ENDPOINTS
from app.accounts.security import init_security
from app.accounts.texts import ACCOUNT_TEXTS
from app.accounts.views import BLUEPRINTS
from app.foundation.access import current_actor
from app.foundation.db import use_case
from app.foundation.texts import register_texts
from app.workflow.actor import Actor
from config.settings import Settings

__all__ = [
    "BLUEPRINTS",
    "LISTED_ENDPOINTS",
    "forget_kept_forms",
    "init_accounts",
    "keep_form",
    "load_actor",
    "preferred_locale",
    "render_params",
    "set_mail_queue",
]


def init_accounts(app: Flask, settings: Settings) -> None:
    """Give `app` people: sign-in, sessions and the command line; `set_mail_queue` must follow."""
    register_texts(ACCOUNT_TEXTS)
    init_security(app, settings)
    init_kept_forms(app)


@use_case
def forget_failed_sign_ins(session: Session, actor: Actor) -> None:
    """Delete counts of failed tries that no longer slow anybody down."""
    throttle.forget_old(session)


def preferred_locale() -> str | None:
    """Return the language of the person of this request, None for visitors and outside a request."""
    if current_actor() is None or (person := signed_in()) is None:
        return None
    return person.locale
