"""Messages that the scheduler sends when a limit comes near or has passed (process page, Limits)."""

from flask_babel import lazy_gettext as _l

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate

CLOCK_MESSAGES: dict[str, MessageTemplate] = {
    # drafts, which have no number
    "case.confirm_reminder": about_case(
        _l("Reminder: a request waits for your confirmation"),
        _l("A request of your State still waits for the confirmation of your Permanent Mission."),
        _l("Confirm it, or return it with what should change."),
        _l("Please do so by %(due)s."),
    ),
    "case.purge_warning": about_case(
        _l("A draft request will soon be discarded"),
        _l("Nobody has worked on a draft request of your State for a long time. To keep it, save any page of it."),
        _l("Otherwise it will be discarded on %(due)s."),
    ),
    "case.purged": about_case(
        _l("A draft request was discarded because nobody worked on it"),
        _l("A draft request of your State was not changed for 180 days. Its content is gone."),
    ),
    # to the State
    "case.answer_reminder": about_case(
        _l("Reminder: request %(number)s waits for your answers"),
        _l("The Terrorism Prevention Branch still waits for your answers about request %(number)s."),
        _l("A request without answers may lapse."),
        _l("Please answer by %(due)s."),
    ),
    # to the Terrorism Prevention Branch
    "case.may_lapse": about_case(
        _l("Request %(number)s may be declared lapsed"),
        _l("The questions about request %(number)s were not answered, and two reminders were delivered."),
    ),
    "case.limit_near": about_case(
        _l("Request %(number)s: a limit comes near"),
        _l("Three quarters of the time for the present step of request %(number)s are over."),
        _l("The limit ends on %(due)s."),
    ),
    "case.limit_passed": about_case(
        _l("Request %(number)s: a limit passed"),
        _l("The time for the present step of request %(number)s is over."),
        _l("The limit ended on %(due)s."),
    ),
    "case.limit_long_passed": about_case(
        _l("Request %(number)s: a limit passed long ago"),
        _l("The present step of request %(number)s has taken one and a half times its limit."),
        _l("The limit ended on %(due)s."),
    ),
}
