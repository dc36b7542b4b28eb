"""One visit of one page, with everything that is asked of every page; nothing is loaded twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage
from playwright.sync_api import Page as Tab

from tests.browser.accessibility import Examiner
from tests.browser.looks import DESK, HEIGHT, NARROWEST, PHONE, Look
from tests.support.pseudo_locale import OVERFLOWING_BOXES, UNMIRRORED_BOXES, UNWRAPPED_TEXTS

_IN_PAGE: Final = Path(__file__).parent / "in_page"
FRAME: Final = (_IN_PAGE / "frame.js").read_text(encoding="utf-8")
#: Of one page, as it travels.
HEAVIEST_PAGE: Final = 15_000
#: The parts of a page below each other, and what stands around them.
_PARTS: Final = """() => [...document.body.children].map(part => part.outerHTML).concat(
    [document.documentElement, document.head, document.body].map(part => part.cloneNode(false).outerHTML))"""
#: What tells nothing of how a page looks: keys, hidden values, the way back, the minute, who is signed in.
_NOTHING_NEW: Final = re.compile(
    r"""[0-9a-z]{12}(?=[/"?\#])   # a key in an address
    | (?<=type="hidden")[^>]+
    | next=[^"&]*
    | \d\d:\d\d(:\d\d)?
    | (?<=>)[A-Z][\w ]*\ Quill  # everybody of the cast""",
    re.VERBOSE,
)
_TRAVELLED: Final = "() => performance.getEntriesByType('navigation')[0].encodedBodySize"


#: Parts without a fault, by look; what another person sees of the same page is mostly the same.
_SEEN: Final[dict[Look, set[bytes]]] = {}


class Walker:
    """Walks pages in one look, in one tab, and collects every fault it sees.

    A page of which every part was part of a page without a fault, as this look shows it, is not measured again.
    """

    def __init__(self, context: BrowserContext, look: Look) -> None:
        self.look = look
        self.faults: list[str] = []
        self.tab: Tab = context.new_page()
        self._examiner = Examiner(look)
        self._seen: set[bytes] = _SEEN.setdefault(look, set())
        self._said: list[str] = []
        self.tab.on("console", self._listen)
        self.tab.on("pageerror", lambda error: self._said.append(f"script: {error}"))

    def visit(self, path: str, name: str, status: int = 200, heaviest: int = HEAVIEST_PAGE) -> None:
        """Open `path` and look at it; `heaviest` is what it may weigh as it travels, in bytes."""
        self._said.clear()
        answer = self.tab.goto(path)
        assert answer is not None
        faults = [] if answer.status == status else [f"answered {answer.status}"]
        if status == 200 and not self.tab.url.endswith(path):
            faults.append(f"led on to {self.tab.url}")
        self.look_at(name, faults, refused=status != 200, heaviest=heaviest)

    def look_at(
        self, name: str, faults: list[str] | None = None, *, refused: bool = False, heaviest: int = HEAVIEST_PAGE
    ) -> None:
        """Look at the page that is open now.

        Args:
            name: of the page, for the list of faults.
            faults: what is known to be wrong already.
            refused: the page is an answer of 4xx, which the browser notes in its console.
            heaviest: what it may weigh as it travels, in bytes.
        """
        found = [*(faults or ()), *self._looked_at(refused, heaviest)]
        self.faults += [f"{name} [{self.look}] {fault}" for fault in found]

    def _looked_at(self, refused: bool, heaviest: int) -> Iterator[str]:
        tab = self.tab
        tab.wait_for_load_state()
        yield from (text for text in self._said if not (refused and "the server responded with a status of " in text))
        self._said.clear()
        yield from tab.evaluate(FRAME)
        if (weight := tab.evaluate(_TRAVELLED)) > heaviest or not weight:
            yield f"{weight} bytes"
        parts = self._parts()
        if parts <= self._seen:
            return
        found = list(self._measured())
        if not found:
            self._seen |= parts
        yield from found

    def _parts(self) -> set[bytes]:
        """A print of each part of the page."""
        parts = (_NOTHING_NEW.sub("", part) for part in self.tab.evaluate(_PARTS))
        return {sha256(part.encode()).digest() for part in parts}

    def _measured(self) -> Iterator[str]:
        tab = self.tab
        yield from self._boxes()
        if self.look.pseudo:
            yield from (f"not translated: {text}" for text in tab.evaluate(UNWRAPPED_TEXTS))
        yield from (f"axe: {fault}" for fault in self._examiner.faults(tab))
        yield from self._elsewhere()

    def _elsewhere(self) -> Iterator[str]:
        """The same page in other windows, without loading it again."""
        others = (NARROWEST, DESK if self.look.width == PHONE else PHONE)
        for width in others:
            self.tab.set_viewport_size({"width": width, "height": HEIGHT[DESK]})
            yield from (f"at {width}: {fault}" for fault in self._boxes())
        self.tab.set_viewport_size({"width": self.look.width, "height": HEIGHT[self.look.width]})

    def _boxes(self) -> Iterator[str]:
        yield from self.tab.evaluate(OVERFLOWING_BOXES)
        if self.look.pseudo:
            yield from (f"not mirrored: {fault}" for fault in self.tab.evaluate(UNMIRRORED_BOXES))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(f"console: {message.text}")
