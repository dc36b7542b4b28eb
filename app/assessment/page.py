"""What the pages of an assessment show: the checklist, a part beside what the State says, the score, the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessment.earlier import OnRecord, on_record
from app.assessment.models import Assessment
from app.assessment.reading import Look, PartRead, look_at, signed_score
from app.assessment.score import Score
from app.assessment.scoring import score_now
from app.assessment.services import advised_by
from app.assessment.shown import PartRow, rows_of_part
from app.assessment.texts import PART_HINTS, PARTS, PRIORITIES, SCORE_PARTS, why
from app.assessment.vocabulary import Part
from app.casework.content import types_of
from app.casework.content.labels import Row, label_of, rows_of, value_of
from app.casework.entries import EntryView, history_for
from app.casework.page import CasePage
from app.casework.queries import latest_revision
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.states import OPEN
from app.workflow.vocabulary import Action, State

#: Entries of the history beside the assessment.
LATEST = 6
#: What the State says about each part: paths of the request.
STATE_SAYS: Mapping[Part, Sequence[str]] = {
    Part.NEED: ("need.problem", "results.expected"),
    Part.EARLIER_ASSISTANCE: ("results.previous", "results.previous_none"),
    Part.RIGHTS_REVIEW: (),  # beside each question
    Part.CRIME_LINKS: ("results.crime_links",),
    Part.JUSTICE_MARKERS: ("results.justice_markers",),
    Part.RISKS: (),
    Part.COST_ESTIMATE: ("results.host_contribution", "results.modality", "results.window"),
    Part.PRIORITY: ("need.urgency", "need.urgency_trigger", "need.urgency_date", "drafting.bill_date",
                    "need.cted_recommendation", "drafting.texts", "results.place", "who.contact.name"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartView:
    """One part in the checklist.

    Attributes:
        part: its code.
        status: in words.
        done: nothing of it is open.
        url: where it is written; None for those who only read.
        rows: what was found.
        by: who saved it last, and when.
    """

    part: Part
    label: str
    hint: str
    status: str
    done: bool
    required: bool
    url: str | None
    rows: Sequence[PartRow]
    by: str | None
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The score in words.

    Attributes:
        rows: part, points, weight and why.
        advised: the priority that it advises.
        frozen: as it was signed; else as it stands now.
    """

    rows: Sequence[tuple[str, int, int, str]]
    total: int
    most: int
    advised: str
    frozen: bool


@dataclass(frozen=True, slots=True)
class RequestBeside:
    """The request and the latest of its history, to be read beside the assessment."""

    sections: Sequence[tuple[str, Sequence[Row]]]
    entries: Sequence[EntryView]


@dataclass(frozen=True, slots=True)
class AssessmentShown:
    """What the page of the assessment shows.

    Attributes:
        parts: the checklist.
        may_write: this reader assesses the case now.
        may_sign: everything that is needed is there.
        looks: numbers of the other looks.
    """

    look: Look
    parts: Sequence[PartView]
    score: ScoreView | None
    beside: RequestBeside
    may_write: bool
    may_sign: bool
    begun: bool
    looks: Sequence[int]
    priority: str | None


@dataclass(frozen=True, slots=True)
class PartShown:
    """What the page of one part shows beside its form.

    Attributes:
        held: the part as it is saved.
        state_says: what the State says about it.
        answers_of_state: to the six questions, by question.
        earlier: what is on record about earlier assistance.
    """

    part: Part
    label: str
    hint: str
    number: int
    held: PartRead | None
    state_says: Sequence[Row]
    answers_of_state: Mapping[str, Any]
    earlier: OnRecord | None
    score: ScoreView | None
    beside: RequestBeside
    data: Mapping[str, Any]


def assessment_shown(session: Session, actor: Actor, page: CasePage, number: int | None = None) -> AssessmentShown:
    """Return the page of the assessment: four statements, besides reference data.

    Args:
        number: of an earlier look; None for the current one.
    """
    data, beside = _request(session, actor, page)
    look = look_at(session, page.case.id, number)
    current = number is None or (look.row is not None and look.row.closed_at is None)
    writes = current and not look.signed and may_assess(actor, page)
    return AssessmentShown(
        look=look,
        parts=[_part_view(page, look, part, writes=writes) for part in Part],
        score=_score(session, actor, page, data, look),
        beside=beside,
        may_write=writes,
        may_sign=writes and not look.open_parts,
        begun=page.case.state not in (State.SUBMITTED, State.SCREENING, State.RETURNED),
        looks=[one for one in range(1, _last(look) + 1) if look.row is None or one != look.row.number],
        priority=str(PRIORITIES[look.row.priority]) if look.row is not None and look.row.priority else None,
    )


def part_shown(session: Session, actor: Actor, page: CasePage, part: Part) -> tuple[PartShown, Look]:
    """Return what stands beside the form of one part, and the look that it belongs to."""
    data, beside = _request(session, actor, page)
    look = look_at(session, page.case.id)
    says = [Row(_label(path), said, path) for path in STATE_SAYS[part] if (said := value_of(data, path))]
    rights = {path: value_of(data, f"rights.{path}") for path in ("q1", "q2", "q3", "q4", "q5", "q6", "confirmed")}
    shown = PartShown(
        part=part,
        label=str(PARTS[part]),
        hint=str(PART_HINTS[part]),
        number=list(Part).index(part) + 1,
        held=look.parts.get(part),
        state_says=says,
        answers_of_state=rights if part is Part.RIGHTS_REVIEW else {},
        earlier=on_record(session, actor, page.case, types_of(data)) if part is Part.EARLIER_ASSISTANCE else None,
        score=_score(session, actor, page, data, look) if part is Part.PRIORITY else None,
        beside=beside,
        data=data,
    )
    return shown, look


def may_assess(actor: Actor, page: CasePage) -> bool:
    """Tell whether this reader assesses the case in its state."""
    return policy.may(actor, Action.ASSESS, page.core)


def _request(session: Session, actor: Actor, page: CasePage) -> tuple[Mapping[str, Any], RequestBeside]:
    revision = latest_revision(session, page.case.id)
    data = revision.data if revision is not None else {}
    return data, RequestBeside(rows_of(data), history_for(session, actor, page, LATEST, without=(Action.WRITE,)))


def _part_view(page: CasePage, look: Look, part: Part, *, writes: bool) -> PartView:
    held = look.parts.get(part)
    done = look.complete(part)
    begun = _("Something is open") if held is not None else _("Not begun")
    return PartView(
        part=part,
        label=str(PARTS[part]),
        hint=str(PART_HINTS[part]),
        status=str(_("Done") if done else begun),
        done=done,
        required=part.required,
        url=url_for("assessment.part", key=page.case.key, part=part.value) if writes else None,
        rows=rows_of_part(part, held.answers) if held is not None else (),
        by=held.by if held is not None else None,
        saved_at=held.row.saved_at if held is not None else None,
    )


def _score(session: Session, actor: Actor, page: CasePage, data: Mapping[str, Any], look: Look) -> ScoreView | None:
    """Return the score as it was signed, else as it stands now; none of a request that nobody assesses any more."""
    if look.row is not None and look.row.signed_at is not None and look.row.advised is not None:
        return _in_words(signed_score(session, look.row.id), str(PRIORITIES[look.row.advised]), frozen=True)
    if page.case.state not in OPEN:
        return None
    earlier, judged = look.answers(Part.EARLIER_ASSISTANCE), look.answers(Part.PRIORITY)
    score = score_now(session, actor, page.case, data, earlier, judged)
    return _in_words(score, str(PRIORITIES[advised_by(session, score)]), frozen=False)


def _in_words(score: Score, advised: str, *, frozen: bool) -> ScoreView:
    rows = [(str(SCORE_PARTS[one.part]), one.points, one.most, why(one)) for one in score.parts]
    return ScoreView(rows, score.total, score.most, advised, frozen)


def _label(path: str) -> str:
    """Return the label of a field, of a part of the contact that of the whole: alone it would not say whose name."""
    return str(label_of("who.contact" if path.startswith("who.contact.") else path))


def _last(look: Look) -> int:
    row: Assessment | None = look.row
    return row.number if row is not None else 0
