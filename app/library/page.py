"""What the pages of the library show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.foundation.formatting import one_line
from app.foundation.i18n import current_locale
from app.library.forms import FilterForm
from app.library.queries import Counted, is_keeper
from app.library.texts import KINDS
from app.reference.models import Tool
from app.reference.states import instruments, sorted_as
from app.reference.texts import PARAGRAPH_TEXTS
from app.reference.tools import ToolInfo, published_tools, tool_title
from app.workflow.actor import Actor

ROWS = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list of tools."""

    title: Markup
    url: str
    kind: str
    publisher: str
    year: int
    demo: bool
    langs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list of what is given out; `total` counts what fits the filters."""

    rows: Sequence[Row]
    total: int
    filters: int
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class ToolShown:
    """One tool in words.

    Attributes:
        files: with the word of the language of each.
        may_keep: whether the reader keeps the library.
    """

    tool: Tool
    title: Markup
    plain_title: str
    kind: str
    paragraphs: Sequence[str]
    instruments: Sequence[Markup]
    files: Sequence[tuple[str, Counted]]
    downloads: int
    may_keep: bool


def listed(session: Session, form: FilterForm, page: int) -> Listed:
    """Return one page of what is given out and fits the filters, by title in the reader's language.

    Args:
        page: 1 for the first; beyond the last there is nothing.
    """
    kind, lang, instrument = form.kind.data, form.lang.data, form.instrument.data
    fitting = [
        one
        for one in published_tools(session)
        if (not kind or one.kind == kind)
        and (not lang or lang in one.langs)
        and (not instrument or instrument in one.instruments)
    ]
    locale = current_locale()
    fitting.sort(key=lambda one: sorted_as(tool_title(one.titles, locale)[0]))
    asked = {name: value for name, value in form.data.items() if value}
    start = (page - 1) * ROWS

    def address(number: int) -> str:
        return url_for("library.index", **asked, page=number)

    return Listed(
        rows=[_row(one) for one in fitting[start : start + ROWS]],
        total=len(fitting),
        filters=len(asked),
        previous_url=address(page - 1) if page > 1 else None,
        next_url=address(page + 1) if start + ROWS < len(fitting) else None,
    )


def tool_shown(session: Session, actor: Actor | None, rows: Sequence[Counted]) -> ToolShown:
    """Return a tool in words; instruments come from memory."""
    tool = rows[0].tool
    plain, code = tool_title(tool.titles, current_locale())
    names = {one.code: one.short_name for one in instruments(session)}
    return ToolShown(
        tool=tool,
        title=one_line(plain, code),
        plain_title=plain,
        kind=str(KINDS[tool.kind]),
        paragraphs=[str(PARAGRAPH_TEXTS[number]) for number in tool.paragraphs],
        instruments=[one_line(names.get(one, one), "en") for one in tool.instruments],
        files=[(language_name(row.file.lang), row) for row in rows if row.file is not None],
        downloads=sum(row.downloads for row in rows),
        may_keep=is_keeper(actor),
    )


def language_name(code: str) -> str:
    """Return the name of a language in the reader's."""
    return str(LANGUAGES[Language(code)])


def status_of(tool: Tool) -> tuple[str, str]:
    """Return where a tool stands, in words and as the tint of its badge."""
    if tool.withdrawn_at is not None:
        return _("Withdrawn"), "warn"
    return (_("Published"), "success") if tool.published_at is not None else (_("Not published"), "neutral")


def _row(one: ToolInfo) -> Row:
    return Row(
        title=one_line(*tool_title(one.titles, current_locale())),
        url=url_for("library.tool", key=one.key),
        kind=str(KINDS[one.kind]),
        publisher=one.publisher,
        year=one.year,
        demo=one.demo,
        langs=[language_name(code) for code in one.langs],
    )
