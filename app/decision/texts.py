"""Words of proposals to the chief and of decisions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.casework.texts.reasons import REASON_TEXTS
from app.decision.vocabulary import DeclineReason as D
from app.decision.vocabulary import OutcomeReason as O
from app.foundation.texts import register_texts, text
from app.workflow.facts import ConsultationFacts
from app.workflow.vocabulary import OutcomeKind, Position

#: What an officer may propose.
OUTCOME_TEXTS = {
    OutcomeKind.INELIGIBLE: _l("That the request is not eligible"),
    OutcomeKind.REFER: _l("That the request is referred to another provider"),
    OutcomeKind.DISCONTINUE: _l("That the assistance ends early"),
}

#: Reasons of outcomes that are none of the eight checks, in short.
OUTCOME_REASONS_SHORT = {
    O.OTHER_MANDATE: _l("Within the mandate of another body"),
    O.BETTER_PLACED: _l("Another provider is better placed"),
    O.STATE_ASKED: _l("The State asked to end it"),
    O.SECURITY: _l("Security"),
    O.COOPERATION_ENDED: _l("Cooperation has ended"),
    O.NO_FUNDS: _l("No funds"),
}

#: Reasons of outcomes as a letter says them to the State.
OUTCOME_REASONS = {
    O.NOT_OFFICIAL_CHANNEL: _l("The request did not come through an official channel."),
    O.NOT_AUTHENTICATED: _l("The request could not be authenticated."),
    O.NOT_MEMBER_STATE: _l("The request does not come from a Member State of the United Nations."),
    O.OUTSIDE_PARAGRAPHS: _l(
        "Its subject lies outside the assistance that resolution 2005/19 of the Council provides for."
    ),
    O.OPERATIONAL: _l("It asks for operational support, which the Branch does not give."),
    O.INTELLIGENCE: _l("It asks for intelligence, which the Branch does not give."),
    O.EQUIPMENT: _l("It asks for equipment, which the Branch does not give."),
    O.SECURITY_FUNDING: _l("It asks for the funding of security operations, which the Branch does not give."),
    O.NO_CTC_CONSENT: _l("The State has not agreed to share the request with the Counter-Terrorism Committee."),
    O.DUPLICATE: _l("It repeats another request of the State."),
    O.RIGHTS_UNANSWERED: _l("The human-rights questions are not answered."),
    O.FACTS_MISSING: _l("Facts that are needed to examine it are missing."),
    O.OTHER_MANDATE: _l("What it asks for lies within the mandate of another body."),
    O.BETTER_PLACED: _l("Another provider is better placed to help."),
    O.STATE_ASKED: _l("The State asked to end the assistance."),
    O.SECURITY: _l("Security does not allow the assistance to go on."),
    O.COOPERATION_ENDED: _l("The cooperation that the assistance needs has ended."),
    O.NO_FUNDS: _l("There are no funds to go on."),
}

#: How a consultation ended.
POSITION_TEXTS = {
    Position.NO_OBJECTION: _l("No objection"),
    Position.COMMENT: _l("Comment"),
    Position.OBJECTION: _l("Objection"),
    Position.ALSO_ACTING: _l("Is acting as well"),
    Position.DEEMED_NO_OBJECTION: _l("Deemed no objection"),
    Position.NO_ANSWER: _l("No answer"),
}

#: Why something is declined, in short.
DECLINE_REASONS_SHORT = {
    D.LOWER_PRIORITY: _l("Lower priority"),
    D.NO_CAPACITY: _l("No capacity"),
    D.NO_FUNDS: _l("No funds"),
    D.ALREADY_GIVEN: _l("Already given"),
    D.CONDITIONS_MISSING: _l("Conditions are missing"),
    D.RIGHTS: _l("Human rights"),
    D.SECURITY: _l("Security"),
    D.OTHER: _l("Another reason"),
}

#: The same as a letter says it to the State.
DECLINE_REASONS = {
    D.LOWER_PRIORITY: _l("Other requests have a higher priority at present."),
    D.NO_CAPACITY: _l("The Branch does not have the people to give this assistance at present."),
    D.NO_FUNDS: _l("There are no funds for this assistance at present."),
    D.ALREADY_GIVEN: _l("The same assistance was given before, or is given by somebody else."),
    D.CONDITIONS_MISSING: _l("Conditions that the assistance needs in order to work are missing."),
    D.RIGHTS: _l("The assistance could not be given in keeping with human rights."),
    D.SECURITY: _l("Security does not allow the assistance."),
    D.OTHER: _l("Another reason, as explained."),
}

_ERRORS = {
    "outcome_reason_needed": _l("Choose a reason that belongs to what you propose"),
    "remedy_needed": _l("Say what would make the request eligible"),
    "provider_needed": _l("Name who can help instead"),
    "decline_reason_needed": _l("Choose why it is declined"),
    "decline_text_needed": _l("Say why it is declined, in words for the State"),
    "type_decision_needed": _l("Choose whether it is approved or declined"),
    "nothing_approved": _l("Approve at least one type of assistance, or decline the whole request"),
    "types_changed": _l("Decide on each type of assistance that the State asked for"),
    "letter_unseen": _l("Read the letter below first. It is sent once you press the button again"),
    "account_needed": _l("Say what was delivered and spent, or that nothing was"),
}

_SHORT = {O(code.value): words for code, words in REASON_TEXTS.items()} | OUTCOME_REASONS_SHORT
register_texts({f"outcome_reason_short.{code.value}": words for code, words in _SHORT.items()})
register_texts({f"outcome_reason.{code.value}": words for code, words in OUTCOME_REASONS.items()})
register_texts({f"decline_reason.{code.value}": words for code, words in DECLINE_REASONS.items()})
register_texts({f"decline_reason_short.{code.value}": words for code, words in DECLINE_REASONS_SHORT.items()})
register_texts(_ERRORS)


def position_words(one: ConsultationFacts) -> str:
    """Return how a consultation stands, in words for the Branch; what a body wrote is not among them."""
    if one.objection_withdrawn_at is not None:
        return str(_("Objection withdrawn"))
    if one.position is not None:
        return str(POSITION_TEXTS[one.position])
    return str(_("Waits for an answer") if one.open else _("Closed"))


def consultation_words(one: ConsultationFacts) -> str:
    """Return a consultation in words: who, which round, how it stands."""
    return str(
        _(
            "%(body)s, round %(round)s: %(position)s",
            body=text(f"party.{one.body.value}"),
            round=one.round,
            position=position_words(one),
        )
    )
