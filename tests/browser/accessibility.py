"""What axe says of a page, without asking again about parts of which it has said that they are good.

Everybody who walks sees the same header, and most see the same pages with some words changed. What axe judges a part by
is in its print (`in_page/parts.js`): as long as one thing of it differs, it is looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page as Tab

from tests.browser.looks import Look
from tests.support.run import run_folder

_IN_PAGE: Final = Path(__file__).parent / "in_page"
_AXE: Final = (_IN_PAGE / "axe.js").read_text(encoding="utf-8")
_PARTS: Final = (_IN_PAGE / "parts.js").read_text(encoding="utf-8")


class Examiner:
    """Looks at pages in one look; the processes of a run tell each other what they found good.

    Attributes:
        asked: of how many parts of the last page axe was asked.
    """

    def __init__(self, look: Look, *, forgetful: bool = bool(os.environ.get("ACCEDE_TEST_ALL"))) -> None:
        """Begin with what is known in `look`; `forgetful` asks about everything every time (`make check-all`)."""
        self.asked = 0
        self._forgetful = forgetful
        self._file = run_folder() / f"found-good-{look}.txt"
        self._good: set[str] = set()
        self._read = 0

    def faults(self, tab: Tab) -> list[str]:
        """What is wrong with the page that `tab` shows."""
        prints, ends = tab.evaluate(_PARTS)
        known = [] if self._forgetful else self._known(prints, ends)
        self.asked = len(prints) - sum(ends[number] - number for number in known)
        if not self.asked:
            return []
        tab.evaluate(AXE_SCRIPT)
        found: list[str] = tab.evaluate(_AXE, known)
        if not found:
            self._remember(prints)
        return found

    def _known(self, prints: list[str], ends: list[int]) -> list[int]:
        """The largest parts that were found good, by their number."""
        self._learn()
        known, number = [], 0
        while number < len(prints):
            if prints[number] in self._good:
                known.append(number)
                number = ends[number]
            else:
                number += 1
        return known

    def _learn(self) -> None:
        """Read what was found good since."""
        if not self._file.exists():
            return
        with self._file.open("rb") as file:
            file.seek(self._read)
            # what another process has not yet written to its end is read the next time
            lines = file.read().rpartition(b"\n")[0]
        self._read += len(lines) + 1 if lines else 0
        self._good.update(lines.decode().splitlines())

    def _remember(self, prints: list[str]) -> None:
        new = set(prints) - self._good
        with self._file.open("ab") as file:
            file.write("".join(f"{one}\n" for one in sorted(new)).encode())
