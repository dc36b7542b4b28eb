"""What a State got in the fast lane, as its page and those of the Branch show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.models import AssistanceRequest
from app.foundation.formatting import one_line, plain_text
from app.foundation.i18n import current_locale
from app.reference.tools import published_tools, tool_title
from app.triage.supply_models import Supply
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience, State

#: Where a request can stand that was supplied.
AFTERWARDS: Final = frozenset({State.DELIVERED, State.IN_DELIVERY, State.EVALUATION, State.CLOSED})


@dataclass(frozen=True, slots=True)
class SuppliedFile:
    """One file of the library.

    Attributes:
        title: of its tool; None where that is not given out any more.
        url: of the download, or of the page that says why there is none.
    """

    title: Markup | None
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class SuppliedView:
    """What was supplied.

    Attributes:
        course: the online course; None without one.
        copies: printed copies of each file, 0 for none; `address` is where they went.
    """

    files: Sequence[SuppliedFile]
    course: Markup | None
    copies: int
    address: Markup


def supplied_on(session: Session, actor: Actor, case: AssistanceRequest) -> SuppliedView | None:
    """Return what `case` was supplied with; None where nothing was, and for those who do not read letters to the State.

    One statement where it can have been supplied.

    Args:
        case: one that the caller got from `visible_cases`.
    """
    # What went the ordinary way was approved; what was supplied never came to a decision.
    if case.approved_at is not None or case.state not in AFTERWARDS or Audience.STATE_TPB not in readable_by(actor):
        return None
    row = session.scalars(select(Supply).where(Supply.case_id == case.id)).one_or_none()
    if row is None:
        return None
    given_out = {one.key: one.titles for one in published_tools(session)}
    return SuppliedView(
        files=[_file(item["tool"], item["lang"], given_out.get(item["tool"])) for item in row.items],
        course=one_line(row.course, row.lang) if row.course else None,
        copies=row.copies,
        address=plain_text(row.address),
    )


def _file(key: str, lang: str, titles: Mapping[str, str] | None) -> SuppliedFile:
    language = str(LANGUAGES[Language(lang)])
    if titles is None:
        return SuppliedFile(None, language, url_for("library.tool", key=key))
    title = one_line(*tool_title(titles, current_locale()))
    return SuppliedFile(title, language, url_for("library.download", key=key, lang=lang))
