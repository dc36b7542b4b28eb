"""Words of invitations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.delivery.participation.vocabulary import InvitationStatus, ParticipationAnswer
from app.foundation.texts import register_texts

S = InvitationStatus
#: Where an invitation stands, as the host and the Branch read it, with the tint of its badge.
STATUSES: dict[InvitationStatus, tuple[LazyString, str]] = {
    S.NOT_PUT: (_l("Not put to the host yet"), "neutral"),
    S.TO_DISCLOSE: (_l("The host has not agreed yet that it is told"), "warn"),
    S.WITHHELD: (_l("Not to be told, the host says"), "danger"),
    S.ASKED: (_l("Asked, no answer yet"), "info"),
    S.NO_ANSWER: (_l("No answer in time"), "warn"),
    S.CONSENTED: (_l("Consented"), "success"),
    S.DECLINED: (_l("Declined"), "danger"),
}
#: The choice of an invited State.
ANSWERS: dict[ParticipationAnswer, LazyString] = {
    ParticipationAnswer.CONSENT: _l("Our State takes part"),
    ParticipationAnswer.DECLINE: _l("Our State does not take part"),
}
#: What it answered, as it reads it.
GIVEN: dict[ParticipationAnswer | None, tuple[LazyString, str]] = {
    None: (_l("Not answered"), "warn"),
    ParticipationAnswer.CONSENT: (_l("Consented"), "success"),
    ParticipationAnswer.DECLINE: (_l("Declined"), "neutral"),
}

register_texts(
    {
        "participation.choose_some": _l("Choose at least one State"),
        "participation.settled_meanwhile": _l("This was answered meanwhile. Look at the list and choose again"),
        "participation.nominees_with_consent": _l(
            "People are nominated by a State that takes part. Take the names out, or consent"
        ),
        "participation.not_now": _l("Invitations are sent while the assistance is planned, and until it begins."),
        "participation.nothing_to_put": _l("Every State in the plan has an invitation where the days are known."),
        "participation.still_waits": _l("This State can still answer."),
        "participation.no_answer_taken": _l(
            "No answer is taken at the moment: the invitation was given up, the activity has begun, or it is being "
            "planned anew."
        ),
    }
)
