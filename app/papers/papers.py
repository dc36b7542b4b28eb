"""The two kinds of paper, in the language of the moment: a document of parts, and a letter.

A paper is built where the words are known and rendered later: `Paper` holds no row of the database, so that the reading
session can end before the PDF is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.foundation.formatting import date_text
from app.foundation.i18n import locale_code
from app.papers.blocks import Block, blocks_of
from app.papers.engine import render

Shown = Markup | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a list of events or files: what, then small beside it when and by whom, then words."""

    text: Shown
    meta: Shown = None
    words: Shown = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: its words, then its rows of label and value, then its lines.

    Attributes:
        rows: (label, value); a value of None reads "Not answered".
    """

    title: str | None = None
    words: Shown = None
    rows: Sequence[tuple[str, Shown]] = ()
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; a page can preview it from the same words.

    Attributes:
        to: the lines of the address.
        subject: one line.
        paragraphs: in their order.
        rows: (label, value) below the paragraphs.
        signed: who writes, a line each.
    """

    to: Sequence[Shown]
    subject: Shown
    paragraphs: Sequence[Shown]
    rows: Sequence[tuple[str, Shown]] = ()
    signed: Sequence[Shown] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper whose words are set and which waits to be rendered."""

    template: str
    data: Mapping[str, Any]
    lang: str

    def pdf(self) -> bytes:
        """Return it as PDF; call this when no transaction is open."""
        return render(self.template, self.data, self.lang)


def document(
    title: Shown,
    parts: Sequence[Part],
    *,
    kind: str,
    reference: str | None,
    dated: date,
    mark: str | None = None,
) -> Paper:
    """Return a document in the current language.

    Args:
        title: its heading, such as the title of the request.
        kind: what it is, in words, such as "Receipt".
        reference: the number, on each page; None for a draft.
        dated: the day it was made, on each page.
        mark: what must not be overlooked, such as "Draft, not submitted"; on each page.
    """
    shown = [_part(part) for part in parts]
    return _paper(
        "document", {"kind": kind, "heading": blocks_of(title), "parts": shown}, title, reference, dated, mark
    )


def letter(words: Letter, *, reference: str, dated: date, mark: str | None = None) -> Paper:
    """Return a letter in the current language; see `document` for the arguments."""
    data = {
        "to": _each(words.to),
        "subject": blocks_of(words.subject),
        "paragraphs": _each(words.paragraphs),
        "rows": [_row(label, value) for label, value in words.rows],
        "signed": _each(words.signed),
    }
    return _paper("letter", data, words.subject, reference, dated, mark)


def _paper(
    template: str, data: Mapping[str, Any], title: Shown, reference: str | None, dated: date, mark: str | None
) -> Paper:
    around = {
        "title": _plain(title),
        "reference": reference,
        "dated": date_text(dated),
        "mark": mark,
        "brand": "Accede",
        "office": _("Terrorism Prevention Branch, United Nations Office on Drugs and Crime"),
        "page_words": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "reference_words": _("Reference"),
    }
    return Paper(template, {**around, **data}, locale_code())


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "blocks": blocks_of(part.words),
        "rows": [_row(label, value) for label, value in part.rows],
        "lines": [
            {"text": blocks_of(line.text), "meta": blocks_of(line.meta), "words": blocks_of(line.words)}
            for line in part.lines
        ],
    }


def _row(label: str, value: Shown) -> dict[str, Any]:
    shown = blocks_of(value)
    return {"label": label, "blocks": shown or blocks_of(_("Not answered")), "empty": not shown}


def _each(texts: Sequence[Shown]) -> list[Block]:
    return [block for one in texts for block in blocks_of(one)]


def _plain(text: Shown) -> str:
    return text.striptags() if isinstance(text, Markup) else str(text or "")
