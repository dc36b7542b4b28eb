"""What the pages of the plan show: its parts in words, what it lacks and where to mend it, what a new activity takes
over from the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.detail_words import CRIME_LINKS, JUSTICE_MARKERS, MODALITIES
from app.casework.content.details import WITH_OTHER_STATES
from app.casework.content.display import codes, joined, line, listed, name, state, states, text
from app.casework.content.labels import raw_value
from app.casework.content.results import CrimeLink, JusticeMarker
from app.casework.models import CaseRevision
from app.casework.page import CasePage
from app.casework.texts import TYPE_TEXTS
from app.delivery.activities.moving_page import ActivityLine, activity_lines
from app.delivery.participation.waiting import Wait, waits_of
from app.delivery.plan.models import PlanActivity
from app.delivery.plan.queries import Planned, StoredPlan, plan_of
from app.delivery.plan.texts import MISSING, PARTNER_ROLES, SCOPES, WHEN_CHANGED
from app.delivery.plan.versions import Version, reads_costs, versions_of
from app.delivery.plan.vocabulary import PartnerRole, Scope, Standing
from app.foundation.errors import Forbidden, NotFound
from app.foundation.formatting import date_filter, date_range
from app.reference.states import state_by_id
from app.reference.texts import PARAGRAPH_TEXTS
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, Tie

_SCOPE_OF = {
    AssistanceType.REGIONAL_WORKSHOP: Scope.REGIONAL,
    AssistanceType.SUBREGIONAL_WORKSHOP: Scope.SUBREGIONAL,
    AssistanceType.MINISTERIAL_CONFERENCE: Scope.INTERNATIONAL,
}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, and the page where it is entered."""

    words: str
    about: Markup | str | None
    url: str


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """An activity in words: what was left open is None."""

    row: PlanActivity
    kind: str
    when: Markup | None
    where: Any
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What the page of the plan shows.

    Attributes:
        stored: the version that is shown; None while there is none that the reader may read.
        versions: those that the reader may read, the newest first.
        version: the one of them that is shown.
        may_draft: whether the reader may change the plan now, and the newest version is shown.
        when_changed: when its officer can change it again, where that is not now.
        with_costs: whether the reader reads what it costs.
        waits: what waits for somebody before it can be agreed to: other States, joint visits.
        lines: the agreed activities as they stand today, beside the version that was agreed.
        may_move: whether the reader may move and cancel them, `may_answer` whether they answer other dates.
    """

    stored: StoredPlan | None
    versions: Sequence[Version]
    version: Version | None
    activities: Sequence[ActivityShown]
    lacks: Sequence[Lack]
    may_draft: bool
    when_changed: str | None
    with_costs: bool
    waits: Sequence[Wait] = ()
    lines: Sequence[ActivityLine] = ()
    may_move: bool = False
    may_answer: bool = False


def plan_shown(session: Session, actor: Actor, page: CasePage, wanted: int | None = None) -> PlanShown:
    """Return a version of the plan of a case as `actor` may read it: three statements, one more of one that was agreed.

    What it costs (lines, programme support cost, total) is read by the State as well: it agrees to all of it, and what
    it contributes itself stands beside it. Bodies consulted advise on what is done, not on the money.

    Args:
        wanted: number of the version; the newest that the reader may read unless given.

    Raises:
        NotFound: there is no such version that the reader may read.
    """
    versions = versions_of(session, actor, page.case.id)
    may_draft = policy.may(actor, Action.DRAFT_PLAN, page.core)
    chosen = (
        versions[0] if versions and wanted is None else next((one for one in versions if one.number == wanted), None)
    )
    if chosen is None and wanted is not None:
        raise NotFound
    stored = plan_of(session, page.case.id, chosen.number) if chosen else None
    if stored is None or chosen is None:
        waits = waits_of(session, actor, page, None)
        return PlanShown(
            None, versions, None, (), (), may_draft, _when_changed(actor, page), with_costs=True, waits=waits
        )
    newest = chosen is versions[0]
    return PlanShown(
        stored,
        versions,
        chosen,
        activities=activities_in_words(session, stored),
        lacks=list(_lacks(page.case.key, stored)) if chosen.is_draft else (),
        may_draft=may_draft and newest,
        when_changed=_when_changed(actor, page),
        with_costs=reads_costs(actor),
        waits=waits_of(session, actor, page, stored) if newest else (),
        lines=activity_lines(session, page.case.id) if chosen.standing is Standing.AGREED else (),
        may_move=policy.may(actor, Action.MOVE_ACTIVITY, page.core),
        may_answer=policy.may(actor, Action.ANSWER_MOVE, page.core),
    )


def activities_in_words(session: Session, stored: StoredPlan) -> list[ActivityShown]:
    """Return the activities of a version in words; the names of States come from memory."""
    return [_activity(session, planned, stored.plan.lang) for planned in stored.activities]


def lacks_of(page: CasePage, stored: StoredPlan) -> list[Lack]:
    """Return what a version lacks before it can be put to the State."""
    return list(_lacks(page.case.key, stored))


def _when_changed(actor: Actor, page: CasePage) -> str | None:
    """Say to its officer why the plan cannot be changed now, and when again; None where it can be, or to others."""
    if Tie.ASSIGNED not in policy.ties_of(actor, page.core) or policy.may(actor, Action.DRAFT_PLAN, page.core):
        return None
    words = WHEN_CHANGED.get(page.core.state)
    return str(words) if words is not None else None


def draftable(session: Session, actor: Actor, page: CasePage) -> StoredPlan | None:
    """Return the plan that `actor` is about to change, None when they begin it: two statements.

    Raises:
        Forbidden: this actor may not draft a plan for this case where it stands.
    """
    if not policy.may(actor, Action.DRAFT_PLAN, page.core):
        raise Forbidden
    return plan_of(session, page.case.id)


def planned_as(stored: StoredPlan | None, key: str) -> Planned:
    """Return the activity with `key`.

    Raises:
        NotFound: the plan has none.
    """
    found = next((one for one in stored.activities if one.activity.key == key), None) if stored else None
    if found is None:
        raise NotFound
    return found


def activity_data(session: Session, planned: Planned) -> dict[str, Any]:
    """Return what the form of an activity shows at first."""
    row = planned.activity
    names = (
        "title",
        "starts_on",
        "ends_on",
        "city",
        "country",
        "results",
        "justice_markers",
        "crime_links",
        "partners",
    )
    return {
        **{one: getattr(row, one) for one in names},
        **{one: getattr(row, one).value for one in ("type", "modality", "scope")},
        "paragraphs": [str(number) for number in row.paragraphs],
        "participants": [state_by_id(session, one).alpha3 for one in planned.participants],
    }


def data_of_request(session: Session, case_id: int) -> dict[str, Any]:
    """Return what a new activity takes over from the request as it was last submitted or answered: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    newest = select(CaseRevision.data).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision.desc())
    answers = session.scalars(newest.limit(1)).first() or {}
    asked = [AssistanceType(one) for one in raw_value(answers, "need.types") or ()]
    kind = asked[0] if len(asked) == 1 and asked[0] is not AssistanceType.FOLLOW_UP else None
    others = raw_value(answers, "workshop.participating_states") if set(asked) & WITH_OTHER_STATES else None
    scope = _SCOPE_OF.get(kind, Scope.NATIONAL if not others else None) if kind else None
    return {
        "type": kind.value if kind else "",
        "scope": scope.value if scope else None,
        "starts_on": raw_value(answers, "results.window.start"),
        "modality": raw_value(answers, "results.modality"),
        "city": raw_value(answers, "results.place.city"),
        "country": raw_value(answers, "results.place.country"),
        "justice_markers": raw_value(answers, "results.justice_markers") or [],
        "crime_links": raw_value(answers, "results.crime_links") or [],
        "participants": others or [],
    }


def _activity(session: Session, planned: Planned, lang: str) -> ActivityShown:
    row = planned.activity
    others = [state_by_id(session, one).alpha3 for one in planned.participants]
    words = {
        _("Scope"): str(SCOPES[row.scope]),
        _("What it should bring"): text(row.results, lang),
        _("Parts of criminal justice"): codes(JusticeMarker, JUSTICE_MARKERS)(row.justice_markers, lang),
        _("Links to other crime"): codes(CrimeLink, CRIME_LINKS)(row.crime_links, lang),
        _("Paragraphs"): listed(Markup.escape(str(PARAGRAPH_TEXTS[one])) for one in row.paragraphs)
        if row.paragraphs
        else None,
        _("Partners"): _partners(row),
        _("Other States"): states(others, lang),
    }
    return ActivityShown(
        row,
        kind=str(TYPE_TEXTS[row.type]),
        when=_when(row),
        where=joined(MODALITIES[row.modality], line(row.city, lang), state(row.country, lang)),
        # what need not be there is left out
        rows=[
            {"key": key, "value": value}
            for key, value in words.items()
            if value or key not in (_("Partners"), _("Other States"))
        ],
    )


def _when(row: PlanActivity) -> Markup | None:
    if row.starts_on and row.ends_on:
        return date_range(row.starts_on, row.ends_on)
    return date_filter(row.starts_on) if row.starts_on else None


def _partners(row: PlanActivity) -> Markup | None:
    if not row.partners:
        return None
    return listed(joined(name(one["name"], None), PARTNER_ROLES[PartnerRole(one["role"])]) for one in row.partners)


def _lacks(case_key: str, stored: StoredPlan) -> Iterator[Lack]:
    titles = {one.activity.key: line(one.activity.title, stored.plan.lang) for one in stored.activities}
    for path in stored.missing:
        head, _dot, rest = path.partition(".")
        if not rest:
            endpoint = "plan.add_activity" if head == "activities" else "plan.draft"
            yield Lack(str(MISSING[head]), None, url_for(endpoint, key=case_key))
            continue
        key, _dot, last = rest.partition(".")
        yield Lack(str(MISSING[last]), titles[key], url_for("plan.change_activity", key=case_key, activity=key))
