"""A recent sign-in before something that matters: roles, decisions, exports (security.md, Sign-in)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext as _

from app.accounts.kept_forms import keep_form
from app.foundation.redirects import local_target

V = TypeVar("V", bound=Callable[..., Any])

FRESH_MINUTES: Final = 15
#: Where Flask-Security notes when the password was last entered, in seconds since 1970.
_ENTERED_AT: Final = "fs_paa"


def is_fresh(minutes: int = FRESH_MINUTES) -> bool:
    """Tell whether the password was entered in this session within the last `minutes`."""
    entered = session.get(_ENTERED_AT, 0)
    return isinstance(entered, (int, float)) and 0 <= time.time() - entered < minutes * 60


def require_fresh(minutes: int = FRESH_MINUTES) -> Callable[[V], V]:
    """Ask for the password again before the view when it was entered longer than `minutes` ago.

    What was posted is not done; the person returns to the page, finds what they typed in it, and acts again.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if is_fresh(minutes):
                return view(*args, **kwargs)
            flash(_("Enter your password once more to go on."), "info")
            return redirect(url_for("security.verify", next=keep_form() or local_target(request.path)), 303)

        return checked  # type: ignore[return-value]

    return decorate
