"""Chromium for the tests that need a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS: Final = [
    "--no-sandbox",  # the tests run as root in continuous integration; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
]
ColorScheme = Literal["light", "dark"]


def executable() -> str | None:
    """The path of an installed browser; None when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A browser process for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Opens pages, each in a context of its own, and remembers what went wrong in them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        """Console errors, script errors, refused requests; a test that expects one removes it."""

    def open(
        self,
        path: str | None = None,
        *,
        javascript: bool = True,
        width: int = 1366,
        height: int = 900,
        color_scheme: ColorScheme = "light",
        locale: str = "en-GB",
    ) -> Page:
        """A new page with its own cookies, at `path` when given.

        Args:
            path: address below the server's, or None to stay blank.
            javascript: whether scripts run.
            width: of the window, in CSS pixels.
            height: of the window, in CSS pixels.
            color_scheme: what the visitor's system prefers.
            locale: language of the browser.
        """
        context = self._browser.new_context(
            base_url=self._base_url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            locale=locale,
            timezone_id="Europe/Vienna",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._fault(message.type == "error", f"console: {message.text}"))
        page.on("pageerror", lambda error: self._fault(True, f"script: {error}"))
        page.on("requestfailed", lambda request: self._fault(_matters(request.failure), f"not loaded: {request.url}"))
        if path is not None:
            page.goto(path)
        return page

    def close(self) -> None:
        """Close every page."""
        while self._contexts:
            self._contexts.pop().close()

    def _fault(self, happened: bool, text: str) -> None:
        if happened:
            self.faults.append(text)


def _matters(failure: str | None) -> bool:
    """A request that ended because the visitor went on to the next page is no fault."""
    return failure is not None and "ERR_ABORTED" not in failure
