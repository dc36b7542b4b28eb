"""Messages about accounts. Their links and one-time codes are made when the mail leaves and stored nowhere here."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind

NOT_YOU = _l("If this was not you, tell the administrator of this service at once.")
YOUR_ACCOUNT = _l("Open your account")
ACCOUNT_PATH = "/account"


def with_link(subject: LazyString, *body: LazyString, button: LazyString, to_inactive: bool = False) -> MessageTemplate:
    """Return a message whose link carries a token that accounts makes."""
    return MessageTemplate(
        subject, body, button=button, from_accounts=True, to_inactive=to_inactive, kind=NoticeKind.ACCOUNT
    )


def about_account(subject: LazyString, *body: LazyString) -> MessageTemplate:
    """Return a message that tells of a change, with a link to the person's own account page."""
    return MessageTemplate(subject, (*body, NOT_YOU), button=YOUR_ACCOUNT, path=ACCOUNT_PATH, kind=NoticeKind.ACCOUNT)


ACCOUNT_MESSAGES: dict[str, MessageTemplate] = {
    "accounts.invitation": with_link(
        _l("You are invited to use Accede"),
        _l("An account was opened for you. Choose a password to begin."),
        _l("The link works once and for a limited time."),
        button=_l("Choose a password"),
        to_inactive=True,
    ),
    "accounts.reset": with_link(
        _l("Choose a new password"),
        _l("Somebody, probably you, asked for a new password for your account. The link works once."),
        _l("If it was not you, do nothing: your password stays as it is."),
        button=_l("Choose a new password"),
    ),
    "accounts.two_factor_code": MessageTemplate(
        _l("Your code to sign in"),
        (
            _l("Enter this code to go on signing in: %(secret)s"),
            _l("It works once and for a few minutes. Nobody from this service will ever ask you for it."),
            NOT_YOU,
        ),
        from_accounts=True,
        kind=NoticeKind.ACCOUNT,
    ),
    "accounts.password_changed": about_account(
        _l("Your password was changed"),
        _l("The password of your account was changed."),
    ),
    "accounts.two_factor_changed": about_account(
        _l("Your second step to sign in was changed"),
        _l("The way in which you confirm a sign-in was changed or reset."),
    ),
    "accounts.recovery_codes_changed": about_account(
        _l("You have new recovery codes"),
        _l("New recovery codes were made for your account. The earlier ones no longer work."),
    ),
    "accounts.recovery_code_used": about_account(
        _l("A recovery code was used"),
        _l("Somebody signed in to your account with one of your recovery codes."),
    ),
    "accounts.new_sign_in": about_account(
        _l("New sign-in to your account"),
        _l("Somebody signed in to your account from a browser that was not used before."),
        _l("This was on %(date)s."),
    ),
    "accounts.roles_changed": about_account(
        _l("What you may do was changed"),
        _l("The roles of your account were changed. Your account page shows what you may do now."),
    ),
    "accounts.ended": MessageTemplate(
        _l("Your account was closed"),
        (_l("You can no longer sign in with this account. If this is a mistake, ask who nominated you."),),
        to_inactive=True,
        kind=NoticeKind.ACCOUNT,
    ),
}
