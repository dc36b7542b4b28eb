"""Clicks that lead to another document."""

from __future__ import annotations

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab


def lead_on(tab: Tab, control: Locator) -> None:
    """Click what leads to another document, and return when that one is loaded.

    A click returns as soon as it is made: what looks at the tab next may find the former document, which often has the
    same address, or one that has no element yet; and going elsewhere at once may abort the form on its way.

    Args:
        tab: where `control` is.
        control: a button that sends a form, or a link.
    """
    with tab.expect_navigation():
        control.click()
