"""Somebody at a real browser: reads labels and buttons as people do, never names of fields."""

from __future__ import annotations

import re
from typing import Final, Self

from playwright.sync_api import Browser, BrowserContext, Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.looks import DESK, Look, context_of
from tests.factories.people import Member
from tests.support.people import PASSWORD

_PLAIN: Final = Look(DESK, "light", pseudo=False)


class Person:
    """One member of the cast with a browser of their own.

    Attributes:
        tab: what is open in it.
        faults: what its console complained of.
    """

    def __init__(self, browser: Browser, url: str, member: Member, *, javascript: bool) -> None:
        self.member = member
        self._url = url
        self._context: BrowserContext = context_of(browser, url, _PLAIN, javascript=javascript)
        self.tab: Tab = self._context.new_page()
        self.faults: list[str] = []
        self.tab.on("console", lambda said: self._note(said.type, said.text))
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))

    def sign_in(self) -> Self:
        """Sign in through the real page."""
        self.tab.goto("/login")
        self.write("E-mail address", self.member.email)
        self.write("Password", PASSWORD)
        self.press("Sign in")
        expect(self.tab.get_by_role("link", name=self.member.name)).to_be_visible()
        return self

    def sign_out(self) -> None:
        """Sign out, and see that the way back is closed."""
        where = self.tab.url
        self.press("Sign out")
        self.tab.goto(where)
        expect(self.tab.get_by_role("heading", level=1)).to_have_text("Sign in")

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()

    def write(self, label: str, text: str, *, inside: str | None = None) -> None:
        """Type into the field with this label; `inside` names its group."""
        self._field(label, inside).fill(text)

    def choose(self, label: str, option: str, *, inside: str | None = None) -> None:
        """Choose from a list."""
        self._field(label, inside).select_option(label=option)

    def tick(self, label: str, *, inside: str | None = None) -> None:
        """Tick a box, or one of several answers."""
        self._field(label, inside).check()

    def press(self, name: str) -> None:
        """Press a button."""
        self.tab.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link."""
        self.tab.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()

    def reads(self, *texts: str) -> None:
        """See that the page says this, in its main part."""
        for text in texts:
            expect(self.tab.locator("body")).to_contain_text(text)

    def does_not_read(self, text: str) -> None:
        """See that the page does not say this."""
        expect(self.tab.locator("body")).not_to_contain_text(text)

    def is_on(self, heading: str) -> None:
        """See that the page has this title."""
        expect(self.tab.get_by_role("heading", level=1)).to_have_text(heading)

    def complaints(self) -> dict[str, Locator]:
        """The lines of the error summary with the inputs that their links lead to."""
        summary = self.tab.get_by_role("alert")
        expect(summary).to_be_visible()
        assert self.tab.title().startswith("Error: "), self.tab.title()
        found = {}
        for link in summary.get_by_role("link").all():
            target = self.tab.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
            expect(target).to_have_count(1)
            found[link.inner_text()] = target
        return found

    def _field(self, label: str, inside: str | None) -> Locator:
        group = self.tab.get_by_role("group", name=re.compile(re.escape(inside))) if inside else self.tab
        return group.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$")).first

    def _note(self, kind: str, text: str) -> None:
        # answers that refuse a form are pages, which the browser notes as failed loads
        if kind == "error" and not re.search(r"status of (409|422)", text):
            self.faults.append(text)
