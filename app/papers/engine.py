"""The one place where a PDF is made: Typst templates beside this file, data as JSON, fonts from the pinned packages.

What a person wrote reaches the template as data only and is never read as markup. Nothing is written to the disk, no
font of the machine is used and no package is fetched, so the same data give the same bytes everywhere.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import noto_cjk_sans_otc
import typst

from app.foundation.clock import now
from app.papers.cleaning import cleaned

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
#: The standard for accessible documents; it refuses characters that no font can show.
ACCESSIBLE: Final = "ua-1"
#: After so many further compilations Typst forgets what it remembered of one.
KEPT: Final = 10


def render(template: str, data: Mapping[str, Any], lang: str) -> bytes:
    """Return the PDF of `template` filled with `data`; call it outside any transaction, it takes tens of milliseconds.

    The document is tagged and says its title and language. It claims PDF/UA-1 as long as every character has a shape in
    the fonts of the six languages; with others (an emoji) it is the same document without that claim.

    Args:
        template: name of a file in `templates`, without its ending.
        data: JSON-ready; every text is cleaned of what cannot be printed. See `papers.papers` for its shape.
        lang: language of the document, which decides its direction.

    Raises:
        typst.TypstError: the template is wrong; never because of what a text says.
    """
    try:
        return _compiled(template, data, lang)
    finally:
        _forget()


def _compiled(template: str, data: Mapping[str, Any], lang: str) -> bytes:
    payload = json.dumps({**cleaned(data), "lang": lang}, ensure_ascii=False)
    compiler = _compiler(template, payload)
    at = int(now().timestamp())
    try:
        return _bytes(compiler.compile(format="pdf", pdf_standards=[ACCESSIBLE], timestamp=at))
    except typst.TypstError:
        return _bytes(compiler.compile(format="pdf", timestamp=at))


def _forget() -> None:
    """Let Typst drop what it keeps of the last ten compilations: megabytes each, and no two papers are alike."""
    blank = _compiler("blank", "{}")
    for _age in range(KEPT):
        blank.compile(format="pdf")
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return how the C library gives freed memory back to the machine; None where it cannot be asked to.

    The threads of a process each have a heap, and large papers would leave each of them grown for good.
    """
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found


def _compiler(template: str, payload: str) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": payload},
    )


def _bytes(compiled: bytes | list[bytes] | None) -> bytes:
    if not isinstance(compiled, bytes):
        raise TypeError("one PDF was expected")
    return compiled


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts, indexed once per process; their files are mapped when a glyph is first needed."""
    folders = (
        Path(fontpkg_noto_sans.ROOT) / "files",
        Path(fontpkg_noto_sans_arabic.ROOT) / "files",
        Path(str(noto_cjk_sans_otc.FONT_PATH)).parent,
    )
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders])
