"""Messages about invitations to activities of other States: to who is invited, without a word of the case; to its host
and the Branch."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.cases import SIGN_IN, about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind


def _to_guest(
    subject: LazyString, *body: LazyString, kind: NoticeKind = NoticeKind.STEPS, at_once: bool = False
) -> MessageTemplate:
    path, button = "/participations/{key}", _l("Open the invitation")
    return MessageTemplate(subject, (*body, SIGN_IN), button=button, path=path, kind=kind, at_once=at_once)


_NEVER_CONSENT = _l("An invitation without an answer is never taken for consent.")

PARTICIPATION_MESSAGES: dict[str, MessageTemplate] = {
    # to the invited State
    "participation.asked": _to_guest(
        _l("Your State is invited to an activity of another State"),
        _l("The host agreed that your State is told of it. You can consent, nominate people, or decline."),
        _l("Please answer by %(due)s."),
        _NEVER_CONSENT,
        at_once=True,
    ),
    "participation.reminder": _to_guest(
        _l("Reminder: an invitation of your State waits for an answer"),
        _l("Your State is invited to an activity of another State and has not answered yet."),
        _l("Please answer by %(due)s."),
        _NEVER_CONSENT,
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "participation.changed": _to_guest(
        _l("An activity to which your State was invited is planned anew"),
        _l("The invitation as you read it does not hold any more. Once the host agrees, you get one for the new plan."),
    ),
    "participation.moved": _to_guest(
        _l("An activity to which your State was invited has other days"),
        _l("The answer of your State was for the days before. You get another invitation for the new ones."),
    ),
    "participation.rescheduled": _to_guest(
        _l("The dates of an activity to which your State was invited are being reviewed"),
        _l("If they change, your State is asked again. Otherwise its answer stays good."),
    ),
    "participation.closed": _to_guest(
        _l("An invitation of your State was taken back"),
        _l("The activity is planned without your State. You need not answer any more."),
    ),
    "participation.called_off": _to_guest(
        _l("An activity to which your State was invited will not be held"),
        _l("The invitation ended with it. You need not do anything."),
    ),
    # to the host
    "case.invitations_to_disclose": about_case(
        _l("Request %(number)s: say which States may be invited"),
        _l("Other States are to take part in an activity. They are told of it only once your State agrees."),
        tab="invitations",
    ),
    # to the host and the Branch
    "case.participation_answered": about_case(
        _l("Request %(number)s: a State answered its invitation"),
        _l("A State that was invited to an activity under request %(number)s answered."),
        tab="invitations",
    ),
    "case.disclosure_answered": about_case(
        _l("Request %(number)s: the State answered which States may be told"),
        _l("The host said which other States may be told of an activity. Those were asked at once."),
        tab="invitations",
    ),
    "case.participation_unanswered": about_case(
        _l("Request %(number)s: a State did not answer its invitation"),
        _l("The time in which it was asked to answer is over. This is no consent; the plan may go on without it."),
        tab="invitations",
        kind=NoticeKind.DEADLINES,
    ),
}
