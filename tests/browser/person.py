"""Somebody at a real browser: reads labels and buttons as people do, never names of fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Self

from playwright.sync_api import Browser, BrowserContext, Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.leading import lead_on
from tests.browser.looks import DESK, Look, context_of
from tests.factories.people import Member
from tests.support.people import PASSWORD

_PLAIN: Final = Look(DESK, "light", pseudo=False)


class Person:
    """One member of the cast, or somebody without an account, with a browser of their own.

    Attributes:
        name: of whoever it is.
        tab: what is open in it.
        faults: what its console complained of.
    """

    def __init__(self, browser: Browser, url: str, member: Member | None, *, javascript: bool) -> None:
        self._member = member
        self.name = member.name if member else "Somebody without an account"
        self._refusals = {409, 422}  # answers that refuse a form are pages, which the browser notes as failed loads
        self._context: BrowserContext = context_of(browser, url, _PLAIN, javascript=javascript)
        self.tab: Tab = self._context.new_page()
        self.faults: list[str] = []
        self.tab.on("console", lambda said: self._note(said.type, said.text))
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))

    @property
    def member(self) -> Member:
        """Who of the cast it is."""
        assert self._member is not None, f"{self.name} is not of the cast"
        return self._member

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

    def pick(self, label: str, part: str) -> None:
        """Choose from a list what has `part` among its words."""
        field = self._field(label, None)
        option = field.locator("option").filter(has_text=part)
        field.select_option(value=option.get_attribute("value"))

    def tick(self, label: str, *, inside: str | None = None) -> None:
        """Tick a box, or one of several answers."""
        self._field(label, inside).check()

    def press(self, name: str) -> None:
        """Press a button that sends its form, and wait for the answer."""
        lead_on(self.tab, self.tab.get_by_role("button", name=name, exact=True))

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link to another page."""
        lead_on(self.tab, self._link(name))

    def download(self, name: str | re.Pattern[str]) -> Path:
        """Follow a link to a file."""
        with self.tab.expect_download() as download:
            self._link(name).click()
        return download.value.path()

    def reads(self, *texts: str) -> None:
        """See that the page says this, in its main part."""
        for text in texts:
            expect(self.tab.locator("body")).to_contain_text(text)

    def does_not_read(self, text: str) -> None:
        """See that the page does not say this."""
        expect(self.tab.locator("body")).not_to_contain_text(text)

    def expects(self, status: int) -> None:
        """From now on an answer with this status is no fault."""
        self._refusals.add(status)

    def is_refused(self, path: str, heading: str, status: int = 403) -> None:
        """Go to an address that answers `status`, with a page that says so."""
        self.expects(status)
        answer = self.tab.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        self.is_on(heading)

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

    def _link(self, name: str | re.Pattern[str]) -> Locator:
        return self.tab.get_by_role("link", name=name, exact=isinstance(name, str)).first

    def _field(self, label: str, inside: str | None) -> Locator:
        group = self.tab.get_by_role("group", name=re.compile(re.escape(inside))) if inside else self.tab
        return group.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$")).first

    def _note(self, kind: str, text: str) -> None:
        refused = re.search(r"status of (\d+)", text)
        if kind == "error" and not (refused and int(refused[1]) in self._refusals):
            self.faults.append(text)
