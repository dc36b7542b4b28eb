"""What is stored of the library, beyond the list of what is given out (`reference.tools`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.foundation.errors import NotFound
from app.library.services import KEEPERS
from app.reference.models import Tool, ToolDownload, ToolFile
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class Counted:
    """A tool or file with how often it was fetched, all languages and all days."""

    tool: Tool
    file: ToolFile | None
    downloads: int


def is_keeper(actor: Actor | None) -> bool:
    """Tell whether `actor` keeps the library and sees what is not published."""
    return actor is not None and actor.has(*KEEPERS)


def tool_for(session: Session, actor: Actor | None, key: str) -> Sequence[Counted]:
    """Return a tool once for each language in which its file is there, once without file when there is none: one
    statement.

    Raises:
        NotFound: there is none, or it was never published and the reader does not keep the library.
    """
    times = select(func.coalesce(func.sum(ToolDownload.times), 0)).where(ToolDownload.file_id == ToolFile.id)
    statement = (
        select(Tool, ToolFile, times.scalar_subquery())
        .outerjoin(ToolFile, (ToolFile.tool_id == Tool.id) & ToolFile.superseded_at.is_(None))
        .where(Tool.key == key)
        .order_by(ToolFile.lang)
    )
    if not is_keeper(actor):
        statement = statement.where(Tool.published_at.is_not(None))
    rows = session.execute(statement).all()
    if not rows:
        raise NotFound
    return [Counted(tool, file, downloads) for tool, file, downloads in rows]


def file_for(session: Session, actor: Actor | None, key: str, lang: str) -> tuple[Tool, ToolFile]:
    """Return the file of a tool in one language: one statement.

    Raises:
        NotFound: there is none, or the tool is not given out and the reader does not keep the library.
    """
    statement = (
        select(Tool, ToolFile)
        .join(ToolFile, ToolFile.tool_id == Tool.id)
        .where(Tool.key == key, ToolFile.lang == lang, ToolFile.superseded_at.is_(None))
    )
    row = session.execute(statement).first()
    if row is None or not (row[0].is_given_out or is_keeper(actor)):
        raise NotFound
    return row[0], row[1]


def all_tools(session: Session) -> Sequence[Counted]:
    """Return every tool for those who keep the library, what is not published first: one statement."""
    fetched = (
        select(ToolFile.tool_id, func.sum(ToolDownload.times).label("times"))
        .join(ToolDownload, ToolDownload.file_id == ToolFile.id)
        .group_by(ToolFile.tool_id)
        .subquery()
    )
    statement = (
        select(Tool, func.coalesce(fetched.c.times, 0))
        .outerjoin(fetched, fetched.c.tool_id == Tool.id)
        .order_by(Tool.published_at.is_not(None), Tool.withdrawn_at.is_not(None), Tool.id.desc())
    )
    return [Counted(tool, None, times) for tool, times in session.execute(statement)]
