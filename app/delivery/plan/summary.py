"""What a decision reads of the plan: what will be done, when, where and with whom, what it costs and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.casework.content.display import joined, line, listed, text
from app.casework.page import CasePage
from app.delivery.plan.page import ActivityShown, Lack, activities_in_words, lacks_of
from app.delivery.plan.queries import StoredPlan, plan_of
from app.foundation.formatting import money, number
from app.foundation.wiring import SummaryGroup
from app.workflow.actor import Actor

Rows = Iterator[tuple[str, Markup | str | None]]


def plan_summary(session: Session, actor: Actor, page: CasePage) -> Sequence[SummaryGroup]:
    """Return the newest version of the plan of a case in short, for a reader of the Branch: two statements."""
    del actor
    stored = plan_of(session, page.case.id)
    if stored is None:
        return ()
    lang = stored.plan.lang
    heading = _("Plan, version %(number)s", number=number(stored.plan.number))
    activities = [
        SummaryGroup(line(one.row.title, lang), list(_activity(one))) for one in activities_in_words(session, stored)
    ]
    return [SummaryGroup(heading, list(_plan(stored, lacks_of(page, stored)))), *activities]


def _plan(stored: StoredPlan, lacks: Sequence[Lack]) -> Rows:
    plan = stored.plan
    yield _("What will be done"), text(plan.summary, plan.lang)
    yield _("Expected results"), text(plan.expected_results, plan.lang)
    yield _("Total"), _cost(stored) if stored.costs else None
    if lacks:
        yield _("Before it can be put to the State"), listed(joined(one.words, one.about) for one in lacks)


def _cost(stored: StoredPlan) -> Markup:
    """Say the total, and how much of it is programme support cost."""
    total = stored.total
    support = _("Programme support cost, %(percent)s %%", percent=total.percent)
    return joined(
        money(total.total.minor, total.currency),
        Markup("{}: {}").format(escape(support), money(total.support, total.currency)),
    )


def _activity(one: ActivityShown) -> Rows:
    yield _("When and where"), joined(one.kind, one.when or _("No date yet"), one.where)
    yield from ((row["key"], row["value"]) for row in one.rows)
