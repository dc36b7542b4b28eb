"""Messages that the scheduler sends when a limit comes near or has passed (process page, Limits)."""

from flask_babel import lazy_gettext as _l

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind

CLOCK_MESSAGES: dict[str, MessageTemplate] = {
    # drafts, which have no number
    "case.confirm_reminder": about_case(
        _l("Reminder: a request waits for your confirmation"),
        _l("A request of your State still waits for the confirmation of your Permanent Mission."),
        _l("Confirm it, or return it with what should change."),
        _l("Please do so by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.purge_warning": about_case(
        _l("A draft request will soon be discarded"),
        _l("Nobody has worked on a draft request of your State for a long time. To keep it, save any page of it."),
        _l("Otherwise it will be discarded on %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.purged": about_case(
        _l("A draft request was discarded because nobody worked on it"),
        _l("A draft request of your State was not changed for 180 days. Its content is gone."),
        kind=NoticeKind.DEADLINES,
    ),
    # to the State
    "case.answer_reminder": about_case(
        _l("Reminder: request %(number)s waits for your answers"),
        _l("The Terrorism Prevention Branch still waits for your answers about request %(number)s."),
        _l("A request without answers may lapse."),
        _l("Please answer by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.question_reminder": about_case(
        _l("Reminder: the work on request %(number)s waits for your answer"),
        _l("The Terrorism Prevention Branch can go on with request %(number)s only when you have answered."),
        _l("Please answer by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.question_reminder_meanwhile": about_case(
        _l("Reminder: a question about request %(number)s is still open"),
        _l("The work on request %(number)s goes on. Your answer would help it."),
        _l("Please answer by %(due)s if you can."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.confirm_delivery_reminder": about_case(
        _l("Reminder: confirm what was delivered for request %(number)s"),
        _l("The assistance under request %(number)s was delivered. Confirm it, or say what is missing."),
        _l("Please do so by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.evaluate_reminder": about_case(
        _l("Reminder: evaluate the assistance under request %(number)s"),
        _l("Your evaluation of what was delivered under request %(number)s is awaited. You may decline to give one."),
        _l("Please do so by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    "case.plan_reminder": about_case(
        _l("Reminder: a plan for request %(number)s waits for your answer"),
        _l("A response plan was proposed to your State. Agree to it, or say what should change."),
        _l("Please answer by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    # to CTC/CTED
    "case.position_reminder": about_case(
        _l("Reminder: request %(number)s waits for your position"),
        _l("A consultation on request %(number)s is still open."),
        _l("Please answer by %(due)s."),
        kind=NoticeKind.DEADLINES,
        at_once=True,
    ),
    # to the Terrorism Prevention Branch
    "case.plan_may_lapse": about_case(
        _l("Request %(number)s may be declared lapsed"),
        _l("The plan for request %(number)s was not answered, and two reminders were delivered."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.hold_review": about_case(
        _l("Request %(number)s: the hold is to be reviewed"),
        _l("Request %(number)s is on hold. Please look whether the cause has gone."),
        _l("The review was due on %(due)s."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.consultation_late": about_case(
        _l("Request %(number)s: a consultation waits for its answer"),
        _l("A body that was consulted on request %(number)s has not answered in time."),
        _l("Its limit: %(due)s."),
        kind=NoticeKind.CONSULTATIONS,
    ),
    "case.may_lapse": about_case(
        _l("Request %(number)s may be declared lapsed"),
        _l("The questions about request %(number)s were not answered, and two reminders were delivered."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.limit_near": about_case(
        _l("Request %(number)s: a limit comes near"),
        _l("Three quarters of the time for the present step of request %(number)s are over."),
        _l("The limit ends on %(due)s."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.limit_passed": about_case(
        _l("Request %(number)s: a limit passed"),
        _l("The time for the present step of request %(number)s is over."),
        _l("The limit ended on %(due)s."),
        kind=NoticeKind.DEADLINES,
    ),
    "case.limit_long_passed": about_case(
        _l("Request %(number)s: a limit passed long ago"),
        _l("The present step of request %(number)s has taken one and a half times its limit."),
        _l("The limit ended on %(due)s."),
        kind=NoticeKind.DEADLINES,
    ),
}
