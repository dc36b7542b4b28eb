"""Words of consents."""

from flask_babel import lazy_gettext as _l

from app.casework.vocabulary import ConsentKind
from app.foundation.texts import register_texts

K = ConsentKind
KINDS = {
    K.CTC: _l("Sharing with the Counter-Terrorism Committee"),
    K.PARTNERS: _l("Sharing with partners"),
    K.PUBLIC_SUMMARY: _l("Public summary"),
    K.VISIT: _l("Joint visit"),
    K.NAME_IN_UNFUNDED_NEEDS: _l("Being named to possible donors"),
}
MEANINGS = {
    K.CTC: _l("CTC/CTED reads the request, and what is written and attached for the bodies consulted."),
    K.PARTNERS: _l("The partners that the request names may be asked for their part."),
    K.PUBLIC_SUMMARY: _l("A short public summary may name your State and the assistance."),
    K.VISIT: _l("The visit named in the plan may be held together with CTC/CTED."),
    K.NAME_IN_UNFUNDED_NEEDS: _l(
        "While money is missing, the list of unfunded needs that possible donors get names your State. Without this "
        "consent it says from which region the request comes, and no more."
    ),
}
#: What a State should know before it withdraws.
CONSEQUENCES = {
    K.CTC: (
        _l("New sharing stops at once: CTC/CTED gets no new brief, message or document of this request."),
        _l("What it was shown before stays with it. It can still answer what it was asked."),
        _l("The chief of the Branch is told and asked to put the request on hold."),
        _l("Until you consent again it is asked nothing more. What it has not cleared cannot be approved."),
    ),
    K.PARTNERS: (
        _l("No further partner is asked. What a partner was shown before stays with it."),
        _l("The request goes on without them."),
    ),
    K.PUBLIC_SUMMARY: (_l("No public summary is given any more. What was published before stays public."),),
    K.VISIT: (
        _l("The visit cannot be held together with CTC/CTED."),
        _l("A plan with this visit cannot be agreed until you consent again or the plan changes."),
    ),
    K.NAME_IN_UNFUNDED_NEEDS: (
        _l("The next list of unfunded needs no longer names your State. A list that was given out before stays so."),
    ),
}

register_texts(
    {"consent.in_draft": _l("Until the request is submitted its consents are part of the draft. Change them there")}
)
