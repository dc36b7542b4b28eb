"""The tools that are given out, from memory: what the library lists and the fast lane supplies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.cache import cached
from app.reference.models import Tool, ToolFile
from app.reference.states import sorted_as
from app.reference.vocabulary import ToolKind


@dataclass(frozen=True, slots=True)
class ToolInfo:
    """One tool as pages need it.

    Attributes:
        titles: by language code; English is always there.
        langs: codes of the languages in which its file is there.
    """

    id: int
    key: str
    titles: Mapping[str, str]
    kind: ToolKind
    paragraphs: tuple[int, ...]
    instruments: tuple[str, ...]
    publisher: str
    year: int
    edition: str
    address: str
    demo: bool
    published_at: datetime
    langs: tuple[str, ...]


def published_tools(session: Session) -> tuple[ToolInfo, ...]:
    """Return the tools that everybody may have, by their English titles; costs no statement while they are the same."""
    return cached(session, "tools", _read)


def tool_title(titles: Mapping[str, str], locale: object) -> tuple[str, str]:
    """Return a title in the reader's language, else in English, and the code of its language.

    Args:
        titles: of the tool, by language code.
        locale: a language code or a Babel locale ("fr", "zh_Hans_CN").
    """
    code = str(locale).replace("-", "_").split("_")[0].lower()
    return (titles[code], code) if titles.get(code) else (titles["en"], "en")


def _read(session: Session) -> tuple[ToolInfo, ...]:
    statement = (
        select(Tool, ToolFile.lang)
        .outerjoin(ToolFile, (ToolFile.tool_id == Tool.id) & ToolFile.superseded_at.is_(None))
        .where(Tool.published_at.is_not(None), Tool.withdrawn_at.is_(None))
        .order_by(Tool.id, ToolFile.lang)
    )
    langs: dict[Tool, list[str]] = {}
    for tool, lang in session.execute(statement):
        langs.setdefault(tool, []).extend([lang] if lang is not None else [])
    found = (_info(tool, tuple(codes)) for tool, codes in langs.items())
    return tuple(sorted(found, key=lambda one: sorted_as(one.titles["en"])))


def _info(tool: Tool, langs: tuple[str, ...]) -> ToolInfo:
    assert tool.published_at is not None  # noqa: S101 - only what is published is read
    return ToolInfo(
        id=tool.id,
        key=tool.key,
        titles=dict(tool.titles),
        kind=tool.kind,
        paragraphs=tuple(tool.paragraphs),
        instruments=tuple(tool.instruments),
        publisher=tool.publisher,
        year=tool.year,
        edition=tool.edition,
        address=tool.address,
        demo=tool.demo,
        published_at=tool.published_at,
        langs=langs,
    )
