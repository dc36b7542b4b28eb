"""What a PDF says, for tests that look for words in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

#: Where a long word may break. The reader gives it to whatever glyph it met first, so it can turn up inside "40".
ZERO_WIDTH_SPACE = "\u200b"


def words_of(pdf: bytes | Path, *, pages: int | None = None) -> str:
    """Return the words of a PDF, one space between them.

    Args:
        pdf: the file, or what it holds.
        pages: how many pages to read; None for all.
    """
    found = PdfReader(BytesIO(pdf) if isinstance(pdf, bytes) else pdf).pages[:pages]
    return " ".join(" ".join(page.extract_text() for page in found).replace(ZERO_WIDTH_SPACE, "").split())
