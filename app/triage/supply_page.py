"""What the page of a supply shows: what was asked, what the library has, who covers it, the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.content.labels import rows_of
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.page import CasePage
from app.casework.steps import reasons_against, shows, told_of
from app.documents.letters import Draft
from app.foundation.clock import now
from app.foundation.fields import choice
from app.foundation.formatting import one_line
from app.foundation.i18n import current_locale
from app.reference.agreements import Agreement, standing_agreements
from app.reference.settings import FAST_LANE_BELOW_USD, setting
from app.reference.tools import tool_title
from app.triage.forms import SupplyForm
from app.triage.supply_letters import Subject, supplied
from app.triage.supplying import BODY, Item, SupplyCase, chosen_items, offered_items
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class SupplyShown:
    """What stands beside the form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        asked: label and answer of the part of the request that says what is asked for.
        covering: the standing no-objections in force for its types.
        limit: the cost must be below so many US dollars.
        told: whom it notifies, in words.
        letter: as the State will get it, once it was asked for.
    """

    reasons: Sequence[str]
    asked: Sequence[tuple[str, Markup | str | None]]
    covering: Sequence[Agreement]
    limit: int
    told: Sequence[str]
    letter: Draft | None = None


def supply_shown(
    session: Session, actor: Actor, page: CasePage, subject: Subject, form: SupplyForm, command: SupplyCase | None
) -> SupplyShown:
    """Return what stands beside the form, and fill the form's version.

    Args:
        command: what the form says, where the letter is to be read before it is sent.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, Action.SUPPLY)
    shows(form, page)
    details = [row for _title, rows in rows_of(subject.answers, "details") for row in rows]
    return SupplyShown(
        reasons=reasons,
        asked=[(row.key, row.value) for row in details],
        covering=[one for one in standing_agreements(session, BODY, now()) if one.types & subject.types],
        limit=setting(session, FAST_LANE_BELOW_USD),
        told=[*told_of(session, actor, page.case, Action.SUPPLY), _("The liaisons of CTC/CTED")],
        letter=supplied(subject, command, chosen_items(session, command), actor) if command else None,
    )


def item_choices(session: Session) -> list[object]:
    """Return the files of the library as choices; no statement."""
    return [choice(one.code, _words(one)) for one in offered_items(session)]


def _words(item: Item) -> Markup:
    title = one_line(*tool_title(item.tool.titles, current_locale()))
    return Markup("{} ({})").format(title, LANGUAGES[Language(item.lang)])
