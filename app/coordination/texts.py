"""Words of consultations."""

from flask_babel import lazy_gettext as _l

from app.coordination.vocabulary import Came, ClosedHow, DeliveredHow, ObjectionGround, OpeningRule
from app.foundation.texts import register_texts, text
from app.workflow.vocabulary import Body, Position

BODY_TEXTS = {
    Body.CTC_CTED: _l("Counter-Terrorism Committee and its Executive Directorate (CTC/CTED)"),
    Body.OLA: _l("Office of Legal Affairs (OLA)"),
    Body.PARTNER: _l("Partner organization"),
}
SHORT_BODIES = {Body.CTC_CTED: _l("CTC/CTED"), Body.OLA: _l("OLA"), Body.PARTNER: _l("Partner")}
RULE_TEXTS = {
    OpeningRule.ALWAYS: _l("It is asked about every request"),
    OpeningRule.UN_DEPOSITARY: _l("Ratification of or accession to an instrument deposited with the Secretary-General"),
    OpeningRule.RESERVATION: _l("A reservation or declaration is meant, or under study"),
    OpeningRule.TREATY_EVENT: _l("A treaty event"),
    OpeningRule.COOPERATION_AGREEMENT: _l("A cooperation agreement"),
    OpeningRule.STATE_CONSENTED: _l("The State agreed to share the request with partners"),
}
POSITION_TEXTS = {
    Position.NO_OBJECTION: _l("No objection"),
    Position.COMMENT: _l("Comment"),
    Position.OBJECTION: _l("Objection"),
    Position.ALSO_ACTING: _l("Also acting"),
    Position.DEEMED_NO_OBJECTION: _l("Deemed no objection"),
    Position.NO_ANSWER: _l("No answer; the Branch went on without it"),
}
POSITION_HINTS = {
    Position.NO_OBJECTION: _l("The Branch may go on."),
    Position.COMMENT: _l("The Branch may go on, and takes note of what you write."),
    Position.OBJECTION: _l(
        "The request cannot be approved while your objection stands. The State never reads its text."
    ),
    Position.ALSO_ACTING: _l("You help this State with the same need yourselves, or are about to. Say how."),
}
GROUND_TEXTS = {
    ObjectionGround.COUNCIL_DECISION: _l("It conflicts with a decision of the Security Council"),
    ObjectionGround.VISIT_OR_REPORT: _l("A visit or report of the Executive Directorate must come first"),
    ObjectionGround.ALREADY_GIVEN: _l("The assistance is given already, or by somebody better placed"),
    ObjectionGround.RIGHTS: _l("Human rights"),
    ObjectionGround.SECURITY: _l("Security of those who would give it"),
    ObjectionGround.LEGAL: _l("A legal obstacle"),
    ObjectionGround.OTHER: _l("Another ground"),
}
CAME_TEXTS = {
    Came.INBOX: _l("Given in the product"),
    Came.LINK: _l("Given through the link in the notice"),
    Came.MAIL: _l("Came by mail"),
    Came.TELEPHONE: _l("Came by telephone"),
}
CLOSED_TEXTS = {
    ClosedHow.INBOX: _l("Answered"),
    ClosedHow.LINK: _l("Answered"),
    ClosedHow.RECORDED: _l("Answered"),
    ClosedHow.DEEMED: _l("Closed by silence"),
    ClosedHow.PROCEEDED: _l("Closed without an answer"),
    ClosedHow.OVERTAKEN: _l("Overtaken by a revision"),
    ClosedHow.REQUEST_ENDED: _l("Ended with the request"),
}
DELIVERED_TEXTS = {
    DeliveredHow.OPENED: _l("Opened by a liaison"),
    DeliveredHow.RELAY: _l("Accepted by the mail relay of its address"),
}
#: Tint of a position; its words always stand beside it.
POSITION_TONES = {
    Position.NO_OBJECTION: "success",
    Position.COMMENT: "info",
    Position.OBJECTION: "danger",
    Position.ALSO_ACTING: "info",
    Position.DEEMED_NO_OBJECTION: "success",
    Position.NO_ANSWER: "warn",
}

_ERRORS = {
    "position_needed": _l("Choose a position"),
    "ground_needed": _l("Choose the ground of the objection"),
    "position_text_needed": _l("Say it in words"),
    "came_needed": _l("Choose how it came"),
    "said_by_needed": _l("Enter who said it"),
    "original_needed": _l("Attach the original, or note down what was said in the call"),
    "partner_objects_not": _l("A partner is asked for its part and objects to nothing: record a comment"),
    "consultation_needed": _l("Choose a consultation that waits for an answer"),
    "not_correctable": _l("This cannot be corrected any more. Write to the case officer."),
    "partner_needed": _l("Enter the name of the partner"),
    "partner_twice": _l("Name each partner once"),
    "partner_waits": _l("This partner was asked already and has not answered"),
    "partners_not_allowed": _l("The State did not agree to share the request with partners"),
    "ola_rule_needed": _l("Choose why the Office of Legal Affairs is asked"),
    "inbox_gone": _l("It waits for no answer any more."),
}

register_texts({f"body.{code.value}": words for code, words in BODY_TEXTS.items()})
register_texts({f"opening_rule.{code.value}": words for code, words in RULE_TEXTS.items()})
register_texts({f"position.{code.value}": words for code, words in POSITION_TEXTS.items()})
register_texts({f"ground.{code.value}": words for code, words in GROUND_TEXTS.items()})
register_texts(_ERRORS)


def body_text(body: Body) -> str:
    """Return the name of a body."""
    return text(f"body.{body.value}")
