"""In which looks a page is walked: window, colour scheme, language and direction."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from typing import Final

from playwright.sync_api import Browser, BrowserContext

from app.foundation.i18n import LANGUAGE_COOKIE
from tests.support import pseudo_locale
from tests.support.browser import ColorScheme

DESK: Final = 1366
PHONE: Final = 390
#: 1280 pixels at a zoom of 400 per cent: nothing may scroll sideways there (WCAG 1.4.10).
NARROWEST: Final = 320
HEIGHT: Final = {DESK: 900, PHONE: 844}


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at the pages.

    Attributes:
        width: of the window, in CSS pixels.
        scheme: what the visitor's system prefers.
        pseudo: in the pseudo-locale, from right to left, instead of English.
    """

    width: int
    scheme: ColorScheme
    pseudo: bool

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{'pseudo' if self.pseudo else 'english'}"


USUAL: Final = (Look(DESK, "light", pseudo=False), Look(PHONE, "dark", pseudo=True))
SCHEMES: Final[tuple[ColorScheme, ...]] = ("light", "dark")
EVERY: Final = tuple(
    Look(width, scheme, pseudo) for width, scheme, pseudo in product((DESK, PHONE), SCHEMES, (False, True))
)


def looks() -> tuple[Look, ...]:
    """The two that differ most; all eight with ACCEDE_TEST_ALL (`make check-all`)."""
    return EVERY if os.environ.get("ACCEDE_TEST_ALL") else USUAL


def context_of(browser: Browser, url: str, look: Look, *, javascript: bool = True) -> BrowserContext:
    """A visitor with cookies of their own who sees the server at `url` in `look`."""
    context = browser.new_context(
        base_url=url,
        java_script_enabled=javascript,
        viewport={"width": look.width, "height": HEIGHT[look.width]},
        color_scheme=look.scheme,
        locale="en-GB",
        timezone_id="Europe/Vienna",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    if look.pseudo:
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": pseudo_locale.CODE, "url": url}])
    return context
