"""The use cases of the library: enter a tool, add a language, publish, withdraw; and the count of downloads."""

from __future__ import annotations

from typing import Final

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.accounts.security_history import record
from app.documents.vocabulary import DocumentStatus
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, use_case, write_transaction
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound, Stale
from app.library.commands import AddFile, PublishTool, SaveTool, WithdrawTool
from app.reference import cache
from app.reference.models import Tool, ToolDownload, ToolFile
from app.reference.states import instruments
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

log = structlog.get_logger(__name__)
#: Who keeps the library.
KEEPERS: Final = (Role.INTAKE_OFFICER, Role.CASE_OFFICER, Role.ADMINISTRATOR)
_SAID: Final = {"kind", "publisher", "year", "edition", "paragraphs", "instruments"}


@use_case
def save_tool(session: Session, actor: Actor, command: SaveTool) -> None:
    """Enter a tool, or change what is said of it.

    Raises:
        Forbidden: the actor does not keep the library.
        InvalidCommand: there is no such instrument.
        Stale: somebody changed it after the page was shown.
        NotFound: there is no such tool.
    """
    _require_keeper(actor)
    if not set(command.instruments) <= {one.code for one in instruments(session)}:
        raise InvalidCommand(FieldError("instruments", "not_offered"))
    said = command.model_dump(include=_SAID) | {"titles": command.titles, "address": command.address or ""}
    if command.key is None:
        session.add(Tool(entered_by_id=actor.user_id, demo=command.demo, **said))
        return
    tool = _locked(session, command.key, command.version)
    for name, value in said.items():
        setattr(tool, name, value)
    _changed(session, tool)


@use_case
def add_file(session: Session, actor: Actor, command: AddFile) -> None:
    """Add a tool in one language, or replace the file of that language; the chain keeps the hash of what was there.

    Raises:
        InvalidCommand: the scanner withholds the file.
        Forbidden, Stale, NotFound: see `save_tool`.
    """
    _require_keeper(actor)
    tool = _locked(session, command.key, command.version)
    if command.file.status is not DocumentStatus.ACCEPTED:
        raise InvalidCommand(FieldError("file", "tool.withheld"))
    before = update(ToolFile).where(
        ToolFile.tool_id == tool.id, ToolFile.lang == command.lang.value, ToolFile.superseded_at.is_(None)
    )
    session.execute(before.values(superseded_at=now()))
    stored = command.file.model_dump(exclude={"status"})
    session.add(ToolFile(tool_id=tool.id, lang=command.lang.value, added_by_id=actor.user_id, **stored))
    payload = {"tool": tool.key, "lang": command.lang.value, "sha256": command.file.sha256}
    record(session, actor, "tool_file_added", payload=payload)
    _changed(session, tool)


@use_case
def publish_tool(session: Session, actor: Actor, command: PublishTool) -> None:
    """Give a tool out to everybody.

    Raises:
        InvalidCommand: there is nothing to give, or it was published before.
        Forbidden, Stale, NotFound: see `save_tool`.
    """
    _require_keeper(actor)
    tool = _locked(session, command.key, command.version)
    if tool.published_at is not None:
        raise InvalidCommand(FieldError("", "tool.ended"))
    there = select(ToolFile.id).where(ToolFile.tool_id == tool.id, ToolFile.superseded_at.is_(None))
    if not tool.address and session.scalars(there.limit(1)).first() is None:
        raise InvalidCommand(FieldError("", "tool.nothing_to_give"))
    tool.published_at = now()
    record(session, actor, "tool_published", payload={"tool": tool.key})
    _changed(session, tool)


@use_case
def withdraw_tool(session: Session, actor: Actor, command: WithdrawTool) -> None:
    """Stop giving a tool out; its page stays and says why.

    Raises:
        InvalidCommand: it is not given out.
        Forbidden, Stale, NotFound: see `save_tool`.
    """
    _require_keeper(actor)
    tool = _locked(session, command.key, command.version)
    if not tool.is_given_out:
        raise InvalidCommand(FieldError("", "tool.ended"))
    tool.withdrawn_at, tool.withdrawal_reason = now(), command.reason
    record(session, actor, "tool_withdrawn", payload={"tool": tool.key})
    _changed(session, tool)


def count_download(file_id: int) -> None:
    """Count one download of today, in a transaction of its own (docs/decisions/0020); the file is given also when that
    fails. Nothing is kept about who fetched it.
    """
    counted = {"file_id": file_id, "day": now().date(), "times": 1}
    try:
        with write_transaction(None) as session:
            first = insert_unless_there(session, ToolDownload).values(**counted)
            again = {"times": ToolDownload.__table__.c.times + 1}
            session.execute(first.on_conflict_do_update(index_elements=["file_id", "day"], set_=again))
    except OperationalError:
        log.warning("download_not_counted", file_id=file_id)


def _require_keeper(actor: Actor) -> None:
    if not actor.has(*KEEPERS):
        raise Forbidden


def _locked(session: Session, key: str, version: int) -> Tool:
    tool = session.scalars(select(Tool).where(Tool.key == key).with_for_update()).one_or_none()
    if tool is None:
        raise NotFound
    if tool.version != version:
        raise Stale
    return tool


def _changed(session: Session, tool: Tool) -> None:
    tool.version += 1
    session.flush()
    cache.changed(session)
