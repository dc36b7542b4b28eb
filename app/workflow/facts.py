"""What the rules know about one case: a core that is always there and sections that are loaded when needed.

Every section is filled by one statement of the slice that owns its tables. None means "not loaded": a guard that meets
None stops with an error instead of guessing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar

from app.workflow.vocabulary import (
    AssessmentPart,
    AssistanceType,
    Body,
    EligibilityCheck,
    EvaluationAnswer,
    HoldReason,
    LimitKey,
    OutcomeKind,
    Position,
    Section,
    State,
    Window,
)

SectionT = TypeVar("SectionT")


class SectionMissingError(LookupError):
    """A guard was asked without the section that it needs: an error of the caller."""


@dataclass(frozen=True, slots=True)
class CaseCore:
    """What stands in the row of the case and decides over permissions.

    `not_independent_ids` holds everybody who signed an assessment or proposed an outcome, those for whom they did, and
    the case officer; None means that nobody looked, and then nobody counts as independent. For who stands in for a
    mission, it holds everybody who worked on the draft.
    `consulted_bodies` holds bodies with a consultation now or earlier. `hold_reason` is set in `on_hold` only;
    `approved_at` once the chief approved. `asks_urgency` says that the State named a dated event;
    `urgent` is true only after the chief confirmed it. `to_adopt`
    is true of a draft that somebody else proposed and the State has not made its own.
    """

    case_id: int
    key: str
    state: State
    version: int
    state_id: int
    state_since: datetime
    drafted_by_id: int | None = None
    officer_id: int | None = None
    not_independent_ids: frozenset[int] | None = None
    consulted_bodies: frozenset[Body] = frozenset()
    participating_state_ids: frozenset[int] = frozenset()
    number: str | None = None
    received_on: date | None = None
    submitted_at: datetime | None = None
    first_screened_at: datetime | None = None
    approved_at: datetime | None = None
    hold_reason: HoldReason | None = None
    asks_urgency: bool = False
    urgent: bool = False
    to_adopt: bool = False


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """The request as the State filled it in: paths of fields still missing, per moment that demands them."""

    types: frozenset[AssistanceType] = frozenset()
    missing_for_submission: tuple[str, ...] = ()
    missing_for_consult: tuple[str, ...] = ()
    missing_for_plan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """Consents of the State in force now; each visit has its own dated one."""

    ctc: bool = False
    visits_without_consent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """Questions to the State that have neither an answer nor a reason why it cannot answer."""

    unanswered: tuple[str, ...] = ()
    blocking: int = 0


@dataclass(frozen=True, slots=True)
class ScreeningFacts:
    """The eight checks: what was judged in this screening. A check that is absent was not judged."""

    checks: Mapping[EligibilityCheck, bool] = field(default_factory=dict)
    cost_below_fast_lane: bool = False
    standing_no_objection: frozenset[AssistanceType] = frozenset()


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """Which parts of the officer's assessment are still missing, and whether it was signed."""

    missing: tuple[AssessmentPart, ...] = tuple(AssessmentPart)
    signed: bool = False


@dataclass(frozen=True, slots=True)
class ConsultationFacts:
    """One consultation of one body, in its latest round. Instants are UTC.

    `closed_at` is set once it was answered, deemed or closed by `proceed_without`; `objection_withdrawn_at` when the
    body took an objection back. `delivered_at` is when the notice was provably delivered; `silence_agreed` whether the
    body's written agreement to the silence rule is on record. `correctable_until` is until when the body may correct
    what an officer recorded for it.
    """

    key: str
    body: Body
    round: int = 1
    delivered_at: datetime | None = None
    due_at: datetime | None = None
    last_due_at: datetime | None = None
    escalated_at: datetime | None = None
    more_time_used: bool = False
    silence_agreed: bool = False
    position: Position | None = None
    closed_at: datetime | None = None
    objection_withdrawn_at: datetime | None = None
    correctable_until: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether the body still has to answer."""
        return self.closed_at is None

    @property
    def objects(self) -> bool:
        """Whether an objection stands."""
        return self.position is Position.OBJECTION and self.objection_withdrawn_at is None


@dataclass(frozen=True, slots=True)
class ConsultationsFacts:
    """The latest consultation of each body and partner on this case."""

    latest: tuple[ConsultationFacts, ...] = ()

    def of(self, body: Body) -> tuple[ConsultationFacts, ...]:
        """The consultations of `body`; several only for partners."""
        return tuple(one for one in self.latest if one.body is body)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The current version of the response plan and the participations that it names.

    `participations_missing` are keys of participations in this version without consent; silence is never consent, and
    a State that did not answer leaves the plan. `undisclosed` are those whose disclosure the host has not agreed.
    `answered_at` is also set when the version was taken back before the State answered. `move_waits` says that other
    dates of an agreed activity wait for the State.
    """

    version: int | None = None
    missing: tuple[str, ...] = ()
    proposed_at: datetime | None = None
    answered_at: datetime | None = None
    participations_missing: tuple[str, ...] = ()
    participations_asked: tuple[str, ...] = ()
    undisclosed: tuple[str, ...] = ()
    move_waits: bool = False

    @property
    def with_state(self) -> bool:
        """Whether this version was proposed and the State has not answered."""
        return self.proposed_at is not None and self.answered_at is None


@dataclass(frozen=True, slots=True)
class FundingFacts:
    """Whether allocations cover the plan with its support cost; the shortfall in minor units of `currency`.

    `proposed` counts allocations that wait for a second person.
    """

    covers_plan: bool = False
    shortfall_minor: int = 0
    currency: str | None = None
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """Activities, participants, recommendations, the State's evaluation, and what it is asked after closure.

    `recommendations` counts all of them; `look_backs_open` are those that the State was asked and has not answered.
    """

    begun: int = 0
    open_activities: tuple[str, ...] = ()
    cancelled_without_reason: tuple[str, ...] = ()
    participants_uncounted: tuple[str, ...] = ()
    recommendations: int = 0
    recommendations_listed: bool = False
    recommendations_incomplete: tuple[str, ...] = ()
    evaluation: EvaluationAnswer | None = None
    look_backs_open: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What officers proposed to the chief, and what the State asked after a refusal.

    `proposed` is the proposal on which the chief has not decided. `account_recorded` says that what was delivered and
    spent is on record. `officer_at_decision_id` is the officer of the refused case; a second look needs another one.
    """

    proposed: OutcomeKind | None = None
    reason_given: bool = False
    remedy_given: bool = False
    provider_named: bool = False
    state_agreed: bool = False
    account_recorded: bool = False
    reconsideration_asked_at: datetime | None = None
    reconsiderations: int = 0
    officer_at_decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """One running limit: when it ends (None while paused) and how many of its reminders were delivered."""

    key: LimitKey
    due_at: datetime | None = None
    reminders_delivered: int = 0
    notice_delivered: bool = False


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Running limits and the ends of windows in which something may still be done."""

    limits: tuple[LimitFacts, ...] = ()
    windows: Mapping[Window, datetime] = field(default_factory=dict)

    def limit(self, key: LimitKey) -> LimitFacts | None:
        """The running limit `key`, the latest to end when there are several, or None."""
        running = [one for one in self.limits if one.key is key]
        paused = [one for one in running if one.due_at is None]
        if paused or not running:
            return paused[0] if paused else None
        return max(running, key=lambda one: one.due_at or datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case at the instant `now` (UTC), with the sections that somebody loaded."""

    core: CaseCore
    now: datetime
    content: ContentFacts | None = None
    consents: ConsentFacts | None = None
    questions: QuestionFacts | None = None
    screening: ScreeningFacts | None = None
    assessment: AssessmentFacts | None = None
    consultations: ConsultationsFacts | None = None
    plan: PlanFacts | None = None
    funding: FundingFacts | None = None
    delivery: DeliveryFacts | None = None
    outcome: OutcomeFacts | None = None
    clock: ClockFacts | None = None

    @property
    def loaded(self) -> frozenset[Section]:
        """The sections that are there."""
        return frozenset(section for section in Section if getattr(self, section.value) is not None)


def required(section: SectionT | None, name: Section) -> SectionT:
    """The section itself, or SectionMissingError when it was not loaded."""
    if section is None:
        raise SectionMissingError(name.value)
    return section
