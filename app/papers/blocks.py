"""What a page shows of an answer, as blocks for paper: paragraphs, lists and tables of runs.

`casework.content.labels` gives answers as markup (own words with their language, lists, dates); paper needs the same
words. Whatever the markup holds, every word of it arrives: an unknown element is read as if it were not there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from markupsafe import Markup

Block = dict[str, Any]
Run = dict[str, Any]

#: Elements that begin a paragraph of their own.
_PARAGRAPHS: Final = frozenset({"p", "div", "dt", "dd", "h2", "h3", "h4", "caption", "section", "blockquote"})
_LISTS: Final = frozenset({"ul", "ol"})
_STRONG: Final = frozenset({"strong", "b", "dt", "h2", "h3", "h4", "caption"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "use", "wbr"})
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def blocks_of(shown: Markup | str | None) -> list[Block]:
    """Return what `shown` says as blocks; nothing for None and for what is empty.

    Args:
        shown: markup of the filters of `foundation.formatting`, or plain text.
    """
    if shown is None:
        return []
    if not isinstance(shown, Markup):
        return _lines(shown)
    reader = _Reader()
    reader.feed(str(shown))
    reader.close()
    return reader.finished()


def run(text: str, *, lang: str | None = None, own: bool = False, strong: bool = False) -> Run:
    """Return one piece of text.

    Args:
        lang: its language, None for that of the document.
        own: isolated from the direction of what stands around it: a name, a reference, a person's words.
    """
    return {"text": text, "lang": lang, "own": own, "strong": strong}


def paragraph(runs: list[Run], *, own: bool = False) -> Block:
    """Return a paragraph; one of a person's own text has the direction of its first letter with one.

    A name or title alone stays where the document's direction puts it, next to its label, and is isolated.
    """
    spoken = "".join(one["text"] for one in runs)
    return {"kind": "paragraph", "runs": runs, "dir": direction_of(spoken) if own else None}


def direction_of(text: str) -> str | None:
    """Return `ltr` or `rtl` as the first letter with a direction has it, None when there is none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in _RIGHT_TO_LEFT:
            return "rtl"
    return None


def _lines(text: str) -> list[Block]:
    return [paragraph([run(text.strip())])] if text.strip() else []


@dataclass(slots=True)
class _Open:
    """An element that has not ended."""

    tag: str
    lang: str | None
    own: bool
    strong: bool


@dataclass(slots=True)
class _Place:
    """Where blocks are being collected: the whole, a list's item or a table's cell."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    auto: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Open] = []
        self._places = [_Place()]
        self._groups: list[Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "br":
            self._add("\n")
        if tag in _VOID:
            return
        outer = self._open[-1] if self._open else _Open("", None, own=False, strong=False)
        own = outer.own or "data-content" in given or tag == "bdi"
        self._open.append(_Open(tag, given.get("lang") or outer.lang, own, outer.strong or tag in _STRONG))
        if tag in _PARAGRAPHS:
            self._end_paragraph()
            self._places[-1].auto = given.get("dir") == "auto"
        elif tag in _LISTS:
            self._begin({"kind": "list", "items": []})
        elif tag == "table":
            self._begin({"kind": "table", "rows": []})
        elif tag == "tr" and self._groups:
            self._groups[-1].setdefault("rows", []).append([])
        elif tag in {"li", "td", "th"}:
            self._places.append(_Place())

    def handle_endtag(self, tag: str) -> None:
        if tag not in {one.tag for one in self._open}:
            return
        while self._open and (ended := self._open.pop().tag):
            self._ended(ended)
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        own = bool(self._open) and self._open[-1].own
        self._add(data.replace("\n", " ") if own else " ".join(_kept_edges(data)))

    def finished(self) -> list[Block]:
        """Return the blocks, whatever was left open."""
        while self._open:
            self._ended(self._open.pop().tag)
        self._end_paragraph()
        return self._places[0].blocks

    def _add(self, text: str) -> None:
        here = self._places[-1]
        if not text or (not text.strip() and not here.runs):
            return
        top = self._open[-1] if self._open else _Open("", None, own=False, strong=False)
        here.runs.append(run(text, lang=top.lang, own=top.own, strong=top.strong))

    def _begin(self, group: Block) -> None:
        self._end_paragraph()
        self._places[-1].blocks.append(group)
        self._groups.append(group)

    def _ended(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        elif tag in _LISTS or tag == "table":
            self._end_paragraph()
            self._groups.pop()
        elif tag in {"li", "td", "th"}:
            self._end_paragraph()
            self._file(self._places.pop().blocks, heads=tag == "th")

    def _file(self, blocks: list[Block], *, heads: bool) -> None:
        if not self._groups:
            self._places[-1].blocks.extend(blocks)
        elif self._groups[-1]["kind"] == "list":
            self._groups[-1]["items"].append(blocks)
        else:
            rows = self._groups[-1]["rows"]
            if not rows:
                rows.append([])
            rows[-1].append({"blocks": blocks, "head": heads})

    def _end_paragraph(self) -> None:
        here = self._places[-1]
        if any(one["text"].strip() for one in here.runs):
            here.blocks.append(paragraph(here.runs, own=here.auto))
        here.runs, here.auto = [], False


def _kept_edges(data: str) -> list[str]:
    """Return the words of `data`, with an empty one where a space parts it from its neighbours."""
    words = data.split()
    before = [""] if data[:1].isspace() else []
    after = [""] if words and data[-1:].isspace() else []
    return [*before, *words, *after] if words else ["", ""]
