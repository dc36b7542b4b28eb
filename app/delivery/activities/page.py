"""What the pages of activities show: the list with what can be done, one activity with all that came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.content.detail_words import PROFESSIONS
from app.casework.content.display import joined, line, listed, name, text
from app.casework.milestones import STAGES
from app.casework.page import CasePage
from app.delivery.activities.correcting import Correction, corrections_of
from app.delivery.activities.models import Activity, ActivityEntry, ActivityState, ParticipantCount
from app.delivery.activities.recording import activity_in
from app.delivery.activities.scoping import left_alone
from app.delivery.activities.texts import GENDER_TEXTS, READER_TEXTS
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.evaluation.looking_back import LookBackView, look_backs_of
from app.delivery.evaluation.page import EvaluationView, evaluations_of
from app.delivery.page import ActivityLine, Recommended, activity_lines, line_of, recommended
from app.delivery.plan.texts import PARTNER_ROLES, SCOPES
from app.delivery.plan.vocabulary import PartnerRole
from app.documents.services import documents_of
from app.documents.texts import kind_text
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_range, one_line
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.guards.related import follow_up_refusal
from app.workflow.vocabulary import Action, Audience, State

#: Where a look-back can have been asked; an open one is a case that was opened again.
LOOKED_BACK = frozenset({State.CLOSED, State.EVALUATION})
#: Before there is something to report there is no report.
REPORTED = frozenset({State.IN_DELIVERY, State.DELIVERED, State.EVALUATION, State.CLOSED, State.DISCONTINUED})
#: How far a request came whose numbers can have been corrected: reported once, also where that was contested.
_REPORTED_ONCE = next(stage for stage, steps in STAGES.items() if Action.REPORT_DELIVERED in steps)


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """The tab of a delivery.

    Attributes:
        may_record: whether the reader may record what happens to activities now.
        may_recommend: whether the reader may list recommendations.
        may_follow: whether the reader may say what became of one.
        reported: whether there is a report.
        may_follow_up: whether the reader may ask for a follow-up.
        may_offer: whether the reader may offer one.
    """

    activities: Sequence[ActivityLine]
    recommended: Recommended
    evaluations: Sequence[EvaluationView]
    look_backs: Sequence[LookBackView]
    may_record: bool
    may_recommend: bool
    may_follow: bool
    reported: bool
    may_follow_up: bool
    may_offer: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the log of an activity; `readers` in words, for the Branch."""

    row: ActivityEntry
    by: str | None
    readers: str | None


@dataclass(frozen=True, slots=True)
class CountView:
    """How many people of one group came."""

    state: str
    profession: str
    gender: str
    number: int


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """The newest version of one document; `url` is None while it is withheld."""

    title: Markup
    kind: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """One activity with all that came of it."""

    line: ActivityLine
    rows: Sequence[Mapping[str, Any]]
    counts: Sequence[CountView]
    total: int
    entries: Sequence[EntryView]
    documents: Sequence[DocumentLine]
    may_record: bool
    may_attach: bool
    corrections: Sequence[Correction] = ()
    may_correct: bool = False
    left_alone: bool = False

    @property
    def row(self) -> Activity:
        """The activity itself."""
        return self.line.row

    @property
    def may_begin(self) -> bool:
        """Whether its beginning can be recorded now."""
        return self.may_record and self.row.begun_at is None and self.row.status is not ActivityStatus.CANCELLED

    @property
    def may_hold(self) -> bool:
        """Whether that it was held can be recorded, or corrected, now."""
        return self.may_record and self.row.status is not ActivityStatus.CANCELLED


@dataclass(frozen=True, slots=True)
class Lack:
    """What an activity, or the delivery, lacks before it can be reported, and the page where it is entered."""

    words: str
    title: Markup | str | None
    url: str


def delivery_shown(session: Session, actor: Actor, page: CasePage) -> DeliveryShown:
    """Return what the tab of a delivery shows: four statements at most."""
    follows = follow_up_refusal(page.core) is None
    return DeliveryShown(
        activity_lines(session, page.case.id),
        recommended(session, page.case.id),
        evaluations_of(session, page.case.id),
        look_backs_of(session, page.case.id) if page.case.state in LOOKED_BACK else (),
        may_record=policy.may(actor, Action.RECORD_ACTIVITY, page.core),
        may_recommend=policy.may(actor, Action.RECOMMEND, page.core),
        may_follow=policy.may(actor, Action.FOLLOW_RECOMMENDATION, page.core),
        reported=page.case.state in REPORTED,
        may_follow_up=policy.may(actor, Action.REQUEST_FOLLOW_UP) and follows,
        may_offer=actor.is_tpb and follows,
    )


def activity_shown(session: Session, actor: Actor, page: CasePage, key: str) -> ActivityShown:
    """Return one activity with its people, its log, documents and partners: seven statements.

    Raises:
        NotFound: the case has no such activity.
    """
    row = found_in(session, page, key)
    counts = counts_of(session, row.id)
    total = sum(one.number for one in counts)
    guests = session.scalars(select(ActivityState.participant_id).where(ActivityState.activity_id == row.id)).all()
    return ActivityShown(
        line_of(row, total),
        rows=list(_rows(session, row, guests)),
        counts=counts,
        total=total,
        entries=entries_of(session, actor, row.id),
        documents=list(_documents(session, actor, page, row)),
        may_attach=policy.may(actor, Action.ATTACH, page.core),
        may_record=(records := policy.may(actor, Action.RECORD_ACTIVITY, page.core)),
        left_alone=records and left_alone(session, row, guests),
        corrections=corrections_of(session, row) if row.counted_at and page.case.stage >= _REPORTED_ONCE else (),
        may_correct=row.counted_at is not None and policy.may(actor, Action.CORRECT_COUNT, page.core),
    )


def found_in(session: Session, page: CasePage, key: str) -> Activity:
    """Return the activity with `key` of the case that `page` shows: one statement.

    Raises:
        NotFound: it has no such activity.
    """
    row = activity_in(session, page.case.id, key)
    if row is None:
        raise NotFound
    return row


def counts_of(session: Session, activity_id: int) -> list[CountView]:
    """Return how many people of which group came to an activity: one statement."""
    statement = select(ParticipantCount).where(ParticipantCount.activity_id == activity_id)
    return [
        CountView(
            from_words(session, row.from_state_id),
            str(PROFESSIONS[row.profession]),
            str(GENDER_TEXTS[row.gender]),
            row.number,
        )
        for row in session.scalars(statement.order_by(ParticipantCount.id))
    ]


def from_words(session: Session, state_id: int | None) -> str:
    """Return the name of the State from which people came."""
    return state_name(state_by_id(session, state_id), current_locale()) if state_id else str(_("Not noted"))


def entries_of(session: Session, actor: Actor, activity_id: int) -> list[EntryView]:
    """Return the log of an activity as far as `actor` may read it, the latest day first: one statement."""
    may_read = readable_by(actor)
    of_activity = ActivityEntry.activity_id == activity_id
    statement = (
        select(ActivityEntry, User.name)
        .outerjoin(User, User.id == ActivityEntry.written_by_id)
        .where(of_activity, ActivityEntry.audience.in_(sorted(may_read)))
        .order_by(ActivityEntry.happened_on.desc(), ActivityEntry.id.desc())
    )
    internal = Audience.TPB_ONLY in may_read
    return [
        EntryView(row, by, str(READER_TEXTS[row.audience]) if internal else None)
        for row, by in session.execute(statement)
    ]


def _documents(session: Session, actor: Actor, page: CasePage, row: Activity) -> Iterator[DocumentLine]:
    for found in documents_of(session, actor, page.case.id, field_path=row.documents_path):
        one = found.document
        if one.superseded_at is None:
            url = url_for("documents.download", key=page.case.key, document=one.key) if one.is_readable else None
            yield DocumentLine(one_line(one.title, one.lang), str(kind_text(one.kind)), url)


def lacks_of(session: Session, page: CasePage) -> list[Lack]:
    """Return what is lacking before the case can be reported as delivered, each with its page: two statements."""
    key, lacks = page.case.key, []
    for one in activity_lines(session, page.case.id):
        title = line(one.row.title, one.row.lang)
        here = {"key": key, "activity": one.row.key}
        if one.row.status in (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED):
            lacks.append(Lack(_("Record that it was held, or cancel it"), title, url_for("activities.hold", **here)))
        elif one.row.status is ActivityStatus.HELD and one.row.counted_at is None:
            lacks.append(Lack(_("Count its participants"), title, url_for("activities.participants", **here)))
    listed_ = recommended(session, page.case.id)
    if not listed_.rows and not listed_.none:
        url = url_for("activities.recommend", key=key)
        lacks.append(Lack(_("List the recommendations, or say that there are none"), None, url))
    return lacks


def lacks_beside(session: Session, actor: Actor, page: CasePage) -> Mapping[str, Any]:
    """Return what stands beside the form that reports a delivery."""
    del actor
    return {
        "lacks": lacks_of(session, page),
        "activities": activity_lines(session, page.case.id),
        "recommended": recommended(session, page.case.id),
    }


def _rows(session: Session, row: Activity, guests: Sequence[int]) -> Any:
    agreed: date = row.agreed_starts_on
    yield {"key": _("Scope"), "value": str(SCOPES[row.scope])}
    yield {"key": _("First agreed for"), "value": date_range(agreed, row.agreed_ends_on)}
    yield {"key": _("What it should bring"), "value": text(row.results, row.lang)}
    if row.status is ActivityStatus.HELD:
        yield {"key": _("What came of it"), "value": text(row.outcome, row.lang)}
    if guests:
        names = [bdi(state_name(state_by_id(session, one), current_locale())) for one in guests]
        yield {"key": _("Other States"), "value": listed(names)}
    if row.partners:
        partners = (joined(name(one["name"], None), PARTNER_ROLES[PartnerRole(one["role"])]) for one in row.partners)
        yield {"key": _("Partners"), "value": listed(partners)}
