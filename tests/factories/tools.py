"""Tools of the library, put there without its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Flask

from app.foundation.clock import now
from app.foundation.db import new_public_key, write_transaction
from app.reference import cache
from app.reference.models import Tool, ToolFile
from app.reference.vocabulary import ToolKind
from tests.factories.documents import stored_file

TITLES: Final = {"en": "Guide to the universal instruments", "fr": "Guide des instruments universels"}


def put_tool(
    app: Flask,
    *,
    titles: Mapping[str, str] = TITLES,
    kind: ToolKind = ToolKind.GUIDE,
    langs: Sequence[str] = ("en",),
    published: bool = True,
    withdrawn: str = "",
    **changes: Any,
) -> str:
    """Put one tool into the library; returns its key.

    Args:
        langs: languages in which its file is there.
        published: everybody may have it.
        withdrawn: why nobody may have it any more.
        changes: of its other columns.
    """
    key, at = new_public_key(), now()
    stored = {lang: stored_file(app, f"tool-{lang}.pdf").model_dump(exclude={"status"}) for lang in langs}
    given: dict[str, Any] = {
        "paragraphs": [5],
        "instruments": ["FINANCING_1999"],
        "publisher": "Test Press",
        "year": 2026,
    }
    with app.app_context(), write_transaction(None) as session:
        tool = Tool(
            key=key,
            titles=dict(titles),
            kind=kind,
            published_at=at if published else None,
            withdrawn_at=at if withdrawn else None,
            withdrawal_reason=withdrawn,
            **(given | changes),
        )
        session.add(tool)
        session.flush()
        session.add_all(ToolFile(tool_id=tool.id, lang=lang, **file) for lang, file in stored.items())
        cache.changed(session)
    cache.forget()
    return key
