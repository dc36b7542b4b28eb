"""Words for the codes that an administrator reads."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.vocabulary import Failure

FAILURE_WORDS: dict[Failure, LazyString] = {
    Failure.SERVER_UNREACHABLE: _l("The mail server could not be reached"),
    Failure.SERVER_REFUSED: _l("The mail server does not accept mail from this service"),
    Failure.ADDRESS_REFUSED: _l("The mail server does not know the address"),
    Failure.ADDRESS_UNUSABLE: _l("The address is not an address that mail can be sent to"),
    Failure.TRY_LATER: _l("The mail server asked to try later"),
    Failure.CONTENT_REFUSED: _l("The mail server refused the mail"),
    Failure.CONNECTION_LOST: _l("The connection was lost amid the mail"),
    Failure.NOT_RENDERED: _l("The mail could not be written; the log says why"),
    Failure.LEASE_EXPIRED: _l("The worker ended each time it tried"),
    Failure.NOT_PERMITTED: _l("The recipient may no longer be told"),
    Failure.OVER: _l("What it announced is over"),
}
