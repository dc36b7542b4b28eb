"""The contact person with whom a request begins: what the account says."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import signed_in
from app.accounts.queries import contact_of
from app.accounts.texts import ROLE_WORDS
from app.casework.content.tasks import Language
from app.foundation.db import read_session
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.requests.blueprint import STATE_SIDE
from app.workflow.actor import Actor


def contact_of_account(actor: Actor) -> dict[str, Any]:
    """Return name, function, institution and addresses of the person; empty without an account: one statement."""
    person = contact_of(read_session(), actor.user_id) if actor.user_id is not None else None
    if person is None:
        return {}
    return {
        "name": person.name,
        "function": person.title,
        "institution": person.office,
        "email": person.email,
        "telephone": person.telephone,
        "language": own_language(),
    }


def whole_contact(actor: Actor) -> dict[str, Any]:
    """Return the contact with what the account leaves open: the person's role and State say the same more broadly."""
    contact = contact_of_account(actor)
    role = next((one for one in STATE_SIDE if actor.has(one)), None)
    state = state_by_id(read_session(), actor.state_id) if actor.state_id is not None else None
    return {
        **contact,
        "function": contact.get("function") or (str(ROLE_WORDS[role]) if role else None),
        "institution": contact.get("institution") or (state_name(state, current_locale()) if state else None),
    }


def own_language() -> str:
    """Return the language of the account, where requests are written in it; else English."""
    account = signed_in()
    known = {language.value for language in Language}
    return account.locale if account is not None and account.locale in known else Language.EN.value
