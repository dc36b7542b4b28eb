"""Messages about consultations: to the bodies, to the Branch, and to the State that is told they began."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind


def _consulting(
    subject: LazyString, *body: LazyString, tab: str | None = "consultations", at_once: bool = False
) -> MessageTemplate:
    return about_case(subject, *body, tab=tab, kind=NoticeKind.CONSULTATIONS, at_once=at_once)


CONSULTATION_MESSAGES: dict[str, MessageTemplate] = {
    "case.in_consultation": about_case(
        _l("Request %(number)s: consultation begun"),
        _l("The bodies that must be consulted about request %(number)s were asked. The page says which."),
        tab="consultations",
    ),
    "case.consultation": _consulting(
        _l("Request %(number)s: your position is asked"),
        _l("The Terrorism Prevention Branch asks for the position of your body on request %(number)s."),
        _l("You find everything that waits for your body under “Consultations”."),
        at_once=True,
    ),
    "case.consultation_revised": _consulting(
        _l("Request %(number)s was taken back for revision"),
        _l("Request %(number)s is revised. You will be asked again where your answer does not hold any more."),
    ),
    "case.consultation_ended": _consulting(
        _l("Request %(number)s waits for no position any more"),
        _l("Request %(number)s has ended. No position of your body is waited for."),
    ),
    "case.position_given": _consulting(
        _l("Request %(number)s: a position was given"),
        _l("A body that is consulted on request %(number)s has given its position."),
    ),
    "case.position_recorded": _consulting(
        _l("Request %(number)s: your position was recorded"),
        _l("An officer recorded what your body said of request %(number)s by mail or telephone."),
        _l("If it is not what was said, correct it within two working days."),
        at_once=True,
    ),
    "case.more_time_asked": _consulting(
        _l("Request %(number)s: more time was asked"),
        _l("A body that is consulted on request %(number)s asked for more time. The page says until when."),
    ),
    "case.objection_withdrawn": _consulting(
        _l("Request %(number)s: an objection was withdrawn"),
        _l("A body that is consulted on request %(number)s took its objection back."),
    ),
    "case.went_on_without": _consulting(
        _l("Request %(number)s goes on without an answer"),
        _l("The chief of the Branch decided to go on with request %(number)s without the answer of one body."),
    ),
    "case.proceeded_without": _consulting(
        _l("Request %(number)s: the Branch went on without your answer"),
        _l("No answer of your body came. It is recorded as no answer, never as a consent."),
    ),
    "case.referred_copy": _consulting(
        _l("Request %(number)s was referred to another provider"),
        _l("CTC/CTED is given a copy of the referral of request %(number)s, as the resolution asks."),
        tab=None,
    ),
    "case.deemed_no_objection": _consulting(
        _l("Request %(number)s: CTC/CTED is deemed to have no objection"),
        _l("CTC/CTED was told of request %(number)s and did not answer in time. By its agreement that counts."),
        _l("The page says when and how it was told, and how the days were counted."),
        tab="silence",
        at_once=True,
    ),
    "case.ctc_consent_withdrawn": _consulting(
        _l("Request %(number)s: the State withdrew its consent to sharing"),
        _l("The State no longer consents to sharing request %(number)s with CTC/CTED. New sharing has stopped."),
        _l("The chief of the Branch is asked to put the request on hold."),
        tab=None,
        at_once=True,
    ),
    "case.supplied_under_standing": _consulting(
        _l("Request %(number)s was supplied under your standing no-objection"),
        _l("The Terrorism Prevention Branch supplied request %(number)s of a Member State today, in the fast lane."),
        _l("You need do nothing. You can revoke the standing no-objection at any time, for what comes later."),
        tab=None,
        at_once=True,
    ),
}
