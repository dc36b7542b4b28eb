"""Why a request cannot be taken on: the reasons of the eight checks, in short."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.vocabulary import ReasonCode as R

REASON_TEXTS: dict[R, LazyString] = {
    R.NOT_OFFICIAL_CHANNEL: _l("Not sent through an official channel"),
    R.NOT_AUTHENTICATED: _l("Not authenticated"),
    R.NOT_MEMBER_STATE: _l("Not from a Member State"),
    R.OUTSIDE_PARAGRAPHS: _l("Subject outside paragraphs 4 to 10"),
    R.OPERATIONAL: _l("Operational support"),
    R.INTELLIGENCE: _l("Intelligence"),
    R.EQUIPMENT: _l("Equipment"),
    R.SECURITY_FUNDING: _l("Funding of security operations"),
    R.NO_CTC_CONSENT: _l("No consent to share with the Counter-Terrorism Committee"),
    R.DUPLICATE: _l("Repeats another request"),
    R.RIGHTS_UNANSWERED: _l("Human-rights questions not answered"),
    R.FACTS_MISSING: _l("Minimum facts missing"),
}


def table() -> dict[str, LazyString]:
    """Return the sentences by code."""
    return {f"reason.{code.value}": words for code, words in REASON_TEXTS.items()}
