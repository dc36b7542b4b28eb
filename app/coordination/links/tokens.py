"""The signed part of a link: which notice, which consultation, for which address, until when; nothing else is in it.

The address is there as a digest: an address in the address bar would stand in every log on the way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.coordination.links.models import ConsultationNotice

PURPOSE: Final = "link of a consultation"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link with a good signature says."""

    notice: str
    consultation: str
    address: str
    expires_at: datetime

    def fits(self, notice: ConsultationNotice, consultation: str) -> bool:
        """Tell whether the link was made for this notice of this consultation, as it was sent to its address."""
        named = (self.notice, self.consultation, self.address)
        return named == (notice.key, consultation, digest_of(notice.address)) and self.expires_at == notice.expires_at


def token_of(notice: ConsultationNotice, consultation: str) -> str:
    """Return the signed part of the link of `notice`.

    Args:
        consultation: public key of its consultation.
    """
    until = notice.expires_at.timestamp()
    return str(_signer().dumps([notice.key, consultation, digest_of(notice.address), until]))


def read_token(token: str) -> Ticket | None:
    """Return what a link says; None for one that was not made here, or was changed."""
    try:
        notice, consultation, address, until = _signer().loads(token)
        return Ticket(str(notice), str(consultation), str(address), datetime.fromtimestamp(float(until), UTC))
    except (BadSignature, ValueError, TypeError, OverflowError):
        return None


def digest_of(address: str) -> str:
    """Return what stands for an address in a link."""
    return hashlib.sha256(address.lower().encode()).hexdigest()[:_DIGITS]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=PURPOSE)
