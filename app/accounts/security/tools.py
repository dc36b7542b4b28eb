"""Flask-Security's helpers, each with the rule of this product: mail, passwords, one-time and recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import io
from typing import Any, Final

import qrcode
import qrcode.image.svg
from flask import current_app
from flask_security import MailUtil, MfRecoveryCodesUtil, PasswordUtil, Totp
from flask_security.mail_util import EmailValidateException
from markupsafe import Markup
from passlib.exc import UsedTokenError
from sqlalchemy import or_, select, update

from app.accounts import identity
from app.accounts.addresses import is_address
from app.accounts.mail import queue_mail
from app.accounts.models import User
from app.accounts.passwords import normalise, weakness
from app.accounts.security.datastore import as_actor, person_of
from app.accounts.security_history import record
from app.foundation.db import write_transaction
from app.foundation.texts import text

_MAILS: Final = {
    "security/email/reset_instructions": "accounts.reset",
    "security/email/reset_notice": "accounts.password_changed",
    "security/email/change_notice": "accounts.password_changed",
}


class QueuedMail(MailUtil):
    """Puts a code into the outbox; nothing is rendered and no network is touched in a request."""

    def send_mail(self, template: str, *args: Any, **kwargs: Any) -> None:
        """Queue the mail that Flask-Security means by `template`."""
        person = person_of(kwargs["user"])
        code = _MAILS[template]
        identity.also(lambda session: queue_mail(session, person.id, code))

    def normalize(self, email: str) -> str:
        """Return the address in the form in which it is kept."""
        return self.validate(email)

    def validate(self, email: str) -> str:
        """Return the address in the form in which it is kept.

        Raises:
            EmailValidateException: it is not an address.
        """
        found = identity.normal_address(email)
        if not is_address(found):
            raise EmailValidateException(text("email"))
        return found


class Passwords(PasswordUtil):
    """Fifteen characters, a list of what is common, no composition rules."""

    def normalize(self, password: str) -> str:
        """Return the form that is hashed."""
        return normalise(password)

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong, if anything, and the form that is hashed."""
        normal = normalise(password)
        person = kwargs.get("user")
        personal = (person.name, person.email) if person is not None else ()
        found = weakness(normal, personal)
        return ([text(found)] if found else None), normal


class OneTimeCodes(Totp):
    """Time-based codes, each taken once; the QR code is an element of the page."""

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the QR code as an SVG element: a `data:` image would need a wider content policy."""
        made = qrcode.make(self.get_totp_uri(username, totp), image_factory=qrcode.image.svg.SvgPathFillImage, border=4)
        with io.BytesIO() as buffer:
            made.save(buffer)
            drawing = buffer.getvalue().decode()
        return Markup(drawing[drawing.index("<svg") :])  # noqa: S704 - drawn here from our own address

    def get_last_counter(self, user: Any) -> int | None:
        """Return the time step of the last code that was taken."""
        return person_of(user).tf_last_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember the time step at once, so that two requests cannot both use one code.

        Raises:
            UsedTokenError: the other one was first.
        """
        person = person_of(user)
        newer = or_(User.tf_last_counter.is_(None), User.tf_last_counter < tmatch.counter)
        with write_transaction(None) as session:
            step = update(User).where(User.id == person.id, newer).values(tf_last_counter=tmatch.counter)
            if session.execute(step).rowcount != 1:  # type: ignore[attr-defined]
                raise UsedTokenError


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes on paper: shown once, kept as keyed digests, each taken once."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """Return new codes; only their digests are kept."""
        from flask_security.proxies import _datastore, _security  # noqa: PLC0415 - proxies of the running application

        made: list[str] = _security.totp_factory.generate_recovery_codes(
            current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_N"]
        )
        _datastore.mf_set_recovery_codes(user, [_digest(code) for code in made])
        return made

    def get_recovery_codes(self, user: Any) -> list[str]:
        """Return nothing: codes are shown once, when they are made."""
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Take a code: tell whether it was there, and remove it in the same transaction."""
        person, digest = person_of(user), _digest(code.strip().lower())
        with write_transaction(None) as session:
            kept = session.scalar(select(User.mf_recovery_codes).where(User.id == person.id).with_for_update()) or []
            if not any(hmac.compare_digest(digest, known) for known in kept):
                return False
            left = [known for known in kept if known != digest]
            session.execute(update(User).where(User.id == person.id).values(mf_recovery_codes=left))
            record(session, as_actor(person), "recovery_code_used")
            queue_mail(session, person.id, "accounts.recovery_code_used")
        return True

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Do nothing: `check_recovery_code` has removed it."""
        return True


def _digest(code: str) -> str:
    key = str(current_app.config["SECURITY_PASSWORD_SALT"]).encode()
    return hmac.new(key, b"recovery:" + code.encode(), hashlib.sha256).hexdigest()
