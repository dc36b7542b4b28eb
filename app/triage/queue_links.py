"""Where the page of the queue leads besides its rows: own views, files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.triage.queue_query import QueueQuery


@dataclass(frozen=True, slots=True)
class OwnView:
    """An own view as a link."""

    label: str
    url: str
    active: bool
    key: str


def own_links(query: QueueQuery, rows: Iterable[Any]) -> list[OwnView]:
    """Return a person's own views as links; the one that is shown is marked."""
    here = query.address()
    return [OwnView(row.name, url_for("triage.queue", **row.address), row.address == here, row.key) for row in rows]


def files_of(query: QueueQuery) -> list[tuple[str, str]]:
    """Return label and address of each file of the list."""
    return [
        (_("All pages as CSV"), _file_url(query, file="csv")),
        (_("All pages as a workbook (XLSX)"), _file_url(query, file="xlsx")),
        (_("This page as CSV"), _file_url(query, file="csv", extent="page")),
        (_("This page as a workbook (XLSX)"), _file_url(query, file="xlsx", extent="page")),
    ]


def _file_url(query: QueueQuery, **wanted: str) -> str:
    """Return the address of a file; that of one page carries its place."""
    names = ("after", "before") if "extent" in wanted else ()
    place = {name: str(at) for name in names if (at := getattr(query, name))}
    return url_for("triage.export", **(query.address(**place) | wanted))
