"""Words of consultations that the process does not decide on."""

from enum import StrEnum

from app.workflow.vocabulary import Position


class OpeningRule(StrEnum):
    """Why a body was consulted (process page, Consultations 1 and 6; partners only as the State consented)."""

    ALWAYS = "always"
    UN_DEPOSITARY = "un_depositary"
    RESERVATION = "reservation"
    TREATY_EVENT = "treaty_event"
    COOPERATION_AGREEMENT = "cooperation_agreement"
    STATE_CONSENTED = "state_consented"


class DeliveredHow(StrEnum):
    """How it is known that a notice arrived (Consultations 4)."""

    OPENED = "opened"
    RELAY = "relay"


class ClosedHow(StrEnum):
    """How a consultation ended. The last two are no answers: the round was overtaken, or the request ended."""

    INBOX = "inbox"
    LINK = "link"
    RECORDED = "recorded"
    DEEMED = "deemed"
    PROCEEDED = "proceeded"
    OVERTAKEN = "overtaken"
    REQUEST_ENDED = "request_ended"


class Came(StrEnum):
    """How a position reached the Branch; what came by mail or telephone is recorded with its original."""

    INBOX = "inbox"
    LINK = "link"
    MAIL = "mail"
    TELEPHONE = "telephone"


class ObjectionGround(StrEnum):
    """On which ground a body objects; its text says the rest."""

    COUNCIL_DECISION = "council_decision"
    VISIT_OR_REPORT = "visit_or_report"
    ALREADY_GIVEN = "already_given"
    RIGHTS = "rights"
    SECURITY = "security"
    LEGAL = "legal"
    OTHER = "other"


#: What a body can answer (Consultations 2); the other positions say how a consultation ended without an answer.
GIVEN = (Position.NO_OBJECTION, Position.COMMENT, Position.OBJECTION, Position.ALSO_ACTING)
#: What a partner can answer: it is asked for its part and does not block (Limits, partner), so it objects to nothing.
GIVEN_BY_PARTNERS = (Position.NO_OBJECTION, Position.COMMENT, Position.ALSO_ACTING)
#: Answers that say nothing without a text.
WITH_TEXT = frozenset({Position.COMMENT, Position.OBJECTION, Position.ALSO_ACTING})
#: Channels whose original an officer attaches.
RECORDED = (Came.MAIL, Came.TELEPHONE)
#: How a consultation ended, by how its answer came.
CLOSED_BY = {
    Came.INBOX: ClosedHow.INBOX,
    Came.LINK: ClosedHow.LINK,
    Came.MAIL: ClosedHow.RECORDED,
    Came.TELEPHONE: ClosedHow.RECORDED,
}
