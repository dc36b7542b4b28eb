"""Decisions can be cited: each number stands for one page, and each page that the code cites is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted((ROOT / "docs" / "decisions").glob("*.md"))
_CITED: Final = re.compile(r"decisions/(\d{4})")


def test_numbers_follow_each_other_and_stand_in_the_headings() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))
    headings = [page.read_text("utf-8").splitlines()[0] for page in PAGES]
    assert [heading.split()[:2] for heading in headings] == [["#", page.name[:4]] for page in PAGES]


def test_what_is_cited_is_there() -> None:
    cited = {
        number
        for folder in ("app", "config", "docs", "migrations", "tests")
        for ending in ("py", "md", "html")
        for path in (ROOT / folder).glob(f"**/*.{ending}")
        for number in _CITED.findall(path.read_text("utf-8"))
    }
    assert cited
    assert cited <= {page.name[:4] for page in PAGES}
