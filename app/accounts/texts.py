"""The words of accounts: what is wrong with a command, and what roles and kinds are called."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.accounts.kinds import AccountKind
from app.workflow.vocabulary import Role

ACCOUNT_TEXTS: dict[str, LazyString] = {
    "password_too_short": _l("Use at least 15 characters. Several words that do not belong together are easy to keep."),
    "password_too_long": _l("Use at most 256 characters"),
    "password_too_simple": _l("Use more different characters"),
    "password_common": _l(
        "This password is easily guessed. Choose words that are not about you, this service or a list."
    ),
    "passwords_differ": _l("The two passwords differ. Enter the same one twice."),
    "address_in_use": _l("Somebody with this address has an account already. Look for them in the list."),
    "already_nominated": _l("Your State has somebody with this address already. Look for them in the list."),
    "already_activated": _l("This account is in use already; an invitation is no longer needed."),
    "link_over": _l("This link is no longer good. Ask who invited you to send a new one."),
    "address_has_account": _l(
        "There is another account with your address. Ask who invited you to use another address."
    ),
    "roles_do_not_fit": _l(
        "These roles cannot be held by one person. State, body, auditor and administrator stand alone."
    ),
    "state_needed": _l("Choose the State for which this person works"),
    "state_not_for_role": _l("Leave the State empty: this role does not work for a State"),
    "own_account": _l("You cannot do this to your own account. Ask another administrator."),
    "days_reversed": _l("The last day must not be before the first day"),
    "day_passed": _l("Choose a last day that has not passed"),
    "absence_too_long": _l("Choose at most one year"),
    "stand_in_overlaps": _l(
        "Somebody stands in for you on some of these days already. Take that back, or choose others."
    ),
    "stand_in_is_away": _l("This person is away on some of these days and has a stand-in. Choose somebody else."),
}

ROLE_WORDS: dict[Role, LazyString] = {
    Role.FOCAL_POINT: _l("Focal point"),
    Role.MISSION: _l("Permanent Mission"),
    Role.INTAKE_OFFICER: _l("Intake officer"),
    Role.CASE_OFFICER: _l("Case officer"),
    Role.BRANCH_CHIEF: _l("Chief of branch"),
    Role.PROGRAMME_SUPPORT: _l("Programme support"),
    Role.CTC_LIAISON: _l("Liaison of CTC/CTED"),
    Role.OLA_LIAISON: _l("Liaison of the Office of Legal Affairs"),
    Role.MANAGER: _l("Manager"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

KIND_WORDS: dict[AccountKind, LazyString] = {
    AccountKind.STATE: _l("Member State"),
    AccountKind.TPB: _l("Terrorism Prevention Branch"),
    AccountKind.CTC_CTED: _l("CTC/CTED"),
    AccountKind.OLA: _l("Office of Legal Affairs"),
    AccountKind.AUDITOR: _l("Audit"),
    AccountKind.ADMINISTRATOR: _l("Administration"),
}
