"""Rules of assessment, proposals to the chief, decision, and a second look."""

from __future__ import annotations

from app.workflow.facts import CaseFacts, required
from app.workflow.model import Guard, guard
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import OutcomeKind, Section, State

# Which outcome an officer may propose where: the states of the step that would follow (Acts, propose_outcome).
OUTCOMES: dict[State, frozenset[OutcomeKind]] = {
    State.SCREENING: frozenset({OutcomeKind.INELIGIBLE}),
    State.IN_REVIEW: frozenset({OutcomeKind.INELIGIBLE, OutcomeKind.REFER}),
    State.PLANNING: frozenset({OutcomeKind.DISCONTINUE}),
    State.ON_HOLD: frozenset({OutcomeKind.DISCONTINUE}),
    State.SCHEDULED: frozenset({OutcomeKind.DISCONTINUE}),
    State.IN_DELIVERY: frozenset({OutcomeKind.DISCONTINUE}),
}
# A proposal waits while the case stays in one of these groups; a pause (`returned`) does not end it.
OUTCOME_STAYS: tuple[frozenset[State], ...] = (
    frozenset({State.SCREENING}),
    frozenset({State.IN_REVIEW}),
    frozenset({State.PLANNING, State.ON_HOLD, State.SCHEDULED, State.IN_DELIVERY}),
)


@guard(Section.ASSESSMENT)
def assessment_complete(facts: CaseFacts) -> Refusal | None:
    """Need, earlier assistance, rights review, crime links (9), justice markers (8), priority, cost are there.

    Somebody answers for them: the assessment is signed.
    """
    assessment = required(facts.assessment, Section.ASSESSMENT)
    if assessment.missing:
        return Refusal(RefusalCode.ASSESSMENT_INCOMPLETE, {"parts": tuple(part.value for part in assessment.missing)})
    return None if assessment.signed else Refusal(RefusalCode.ASSESSMENT_NOT_SIGNED)


@guard(Section.CONTENT)
def complete_for_consult(facts: CaseFacts) -> Refusal | None:
    """Fields that officer and State complete together before `consult` (field list, required_at)."""
    missing = required(facts.content, Section.CONTENT).missing_for_consult
    return Refusal(RefusalCode.CONTENT_OPEN, {"paths": missing}) if missing else None


@guard(Section.OUTCOME)
def no_outcome_pending(facts: CaseFacts) -> Refusal | None:
    """One proposal at a time waits for the chief (Acts, propose_outcome)."""
    proposed = required(facts.outcome, Section.OUTCOME).proposed
    return Refusal(RefusalCode.OUTCOME_PENDING, {"outcome": proposed.value}) if proposed else None


@guard(Section.OUTCOME)
def some_outcome_pending(facts: CaseFacts) -> Refusal | None:
    """A proposal waits for the chief (Acts, return_proposal)."""
    pending = required(facts.outcome, Section.OUTCOME).proposed
    return None if pending else Refusal(RefusalCode.NO_OUTCOME_PENDING)


def proposed(kind: OutcomeKind) -> Guard:
    """A guard: an officer proposed `kind` with a reason, and the chief has not decided on it."""

    def rule(facts: CaseFacts) -> Refusal | None:
        outcome = required(facts.outcome, Section.OUTCOME)
        if outcome.proposed is not kind:
            return Refusal(RefusalCode.OUTCOME_NOT_PROPOSED, {"outcome": kind.value})
        return None if outcome.reason_given else Refusal(RefusalCode.OUTCOME_INCOMPLETE, {"lacks": "reason"})

    rule.__name__ = f"proposed_{kind.value}"
    return guard(Section.OUTCOME)(rule)


# What a proposal lacks is said of a proposal that was made; that it was not made is what `proposed` says.


@guard(Section.OUTCOME)
def remedy_named(facts: CaseFacts) -> Refusal | None:
    """The proposal says what would make the request eligible (Steps, find_ineligible)."""
    outcome = required(facts.outcome, Section.OUTCOME)
    lacks = outcome.proposed is OutcomeKind.INELIGIBLE and not outcome.remedy_given
    return Refusal(RefusalCode.OUTCOME_INCOMPLETE, {"lacks": "remedy"}) if lacks else None


@guard(Section.OUTCOME)
def referral_ready(facts: CaseFacts) -> Refusal | None:
    """The provider is named and the State agreed (4; Steps, refer)."""
    outcome = required(facts.outcome, Section.OUTCOME)
    if outcome.proposed is not OutcomeKind.REFER:
        return None
    if not outcome.provider_named:
        return Refusal(RefusalCode.OUTCOME_INCOMPLETE, {"lacks": "provider"})
    return None if outcome.state_agreed else Refusal(RefusalCode.STATE_NOT_AGREED)


@guard(Section.OUTCOME)
def account_recorded(facts: CaseFacts) -> Refusal | None:
    """What was delivered and spent is on record (Steps, discontinue)."""
    outcome = required(facts.outcome, Section.OUTCOME)
    lacks = outcome.proposed is OutcomeKind.DISCONTINUE and not outcome.account_recorded
    return Refusal(RefusalCode.OUTCOME_INCOMPLETE, {"lacks": "account"}) if lacks else None


@guard(Section.OUTCOME)
def reconsideration_asked(facts: CaseFacts) -> Refusal | None:
    """The State asked, with a new fact, for a look that was not had before (Steps, reconsider)."""
    outcome = required(facts.outcome, Section.OUTCOME)
    if outcome.reconsiderations:
        return Refusal(RefusalCode.RECONSIDERATION_USED)
    return None if outcome.reconsideration_asked_at else Refusal(RefusalCode.RECONSIDERATION_NOT_ASKED)


@guard(Section.OUTCOME)
def reconsideration_unused(facts: CaseFacts) -> Refusal | None:
    """The State has not yet asked: it may once (Acts, ask_reconsideration)."""
    outcome = required(facts.outcome, Section.OUTCOME)
    if outcome.reconsiderations:
        return Refusal(RefusalCode.RECONSIDERATION_USED)
    return Refusal(RefusalCode.RECONSIDERATION_ASKED) if outcome.reconsideration_asked_at else None


@guard(Section.OUTCOME, by_command=True)
def another_officer(facts: CaseFacts) -> Refusal | None:
    """Not the officer of the refused case looks again (Steps, reconsider); the command names who does."""
    if facts.core.officer_id is None:
        return Refusal(RefusalCode.NO_OFFICER)
    same = facts.core.officer_id == required(facts.outcome, Section.OUTCOME).officer_at_decision_id
    return Refusal(RefusalCode.SAME_OFFICER) if same else None
