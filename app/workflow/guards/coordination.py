"""Rules of consultations with CTC/CTED, the Office of Legal Affairs and partners."""

from __future__ import annotations

from datetime import datetime

from app.workflow.facts import CaseFacts, ConsultationFacts, required
from app.workflow.model import guard
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import Body, Position, Section


def _latest(facts: CaseFacts) -> tuple[ConsultationFacts, ...]:
    return required(facts.consultations, Section.CONSULTATIONS).latest


def is_deemed_silent(one: ConsultationFacts, *, urgent: bool, now: datetime) -> bool:
    """Whether silence of this body counts as no objection at `now` (Consultations 4).

    Never for OLA, which is not deemed (6), nor for partners, nor on an urgent case (Limits, ctc), nor without the
    body's written agreement and a notice that was provably delivered.
    """
    agreed = one.body is Body.CTC_CTED and one.silence_agreed and not urgent
    notified = one.open and one.delivered_at is not None
    return agreed and notified and one.due_at is not None and one.due_at <= now


def may_proceed_without(one: ConsultationFacts, *, now: datetime) -> bool:
    """Whether this consultation escalated, is past its last limit, and is not CTC/CTED's (Acts, proceed_without)."""
    escalated = one.open and one.body is not Body.CTC_CTED and one.escalated_at is not None
    return escalated and one.last_due_at is not None and one.last_due_at <= now


@guard(Section.CONSULTATIONS)
def some_consultation_open(facts: CaseFacts) -> Refusal | None:
    """A position can only be given to a consultation that still waits for one."""
    return None if any(one.open for one in _latest(facts)) else Refusal(RefusalCode.NO_CONSULTATION_OPEN)


@guard(Section.CONSULTATIONS)
def more_time_left(facts: CaseFacts) -> Refusal | None:
    """More time is given once per consultation (Consultations 2)."""
    waiting = [one for one in _latest(facts) if one.open]
    if not waiting:
        return Refusal(RefusalCode.NO_CONSULTATION_OPEN)
    return Refusal(RefusalCode.MORE_TIME_USED) if all(one.more_time_used for one in waiting) else None


@guard(Section.CONSULTATIONS, of_case=True)
def objection_to_withdraw(facts: CaseFacts) -> Refusal | None:
    """There is an objection to take back."""
    return None if any(one.objects for one in _latest(facts)) else Refusal(RefusalCode.NO_OBJECTION_STANDING)


@guard(Section.CONSULTATIONS)
def silence_counts(facts: CaseFacts) -> Refusal | None:
    """Some consultation has become silent by the rule (Consultations 4)."""
    silent = any(is_deemed_silent(one, urgent=facts.core.urgent, now=facts.now) for one in _latest(facts))
    return None if silent else Refusal(RefusalCode.NOT_SILENT)


@guard(Section.CONSULTATIONS)
def escalated_past_last_limit(facts: CaseFacts) -> Refusal | None:
    """Some consultation may be closed without an answer (Consultations 6)."""
    waiting = [one for one in _latest(facts) if one.open and one.body is not Body.CTC_CTED]
    if not waiting:
        return Refusal(RefusalCode.NOBODY_TO_LEAVE_OUT)
    late = any(may_proceed_without(one, now=facts.now) for one in waiting)
    return None if late else Refusal(RefusalCode.NOT_PAST_LAST_LIMIT)


@guard(Section.CONSULTATIONS)
def revision_called_for(facts: CaseFacts) -> Refusal | None:
    """An objection or a comment calls for a revision (Steps, revise)."""
    calls = any(one.objects or one.position is Position.COMMENT for one in _latest(facts))
    return None if calls else Refusal(RefusalCode.NOTHING_CALLS_FOR_REVISION)


@guard(Section.CONSULTATIONS)
def consultations_closed(facts: CaseFacts) -> Refusal | None:
    """Every consultation is answered, deemed or proceeded without; partners do not block (Limits, partner)."""
    waiting = tuple(one.body.value for one in _latest(facts) if one.open and one.body is not Body.PARTNER)
    return Refusal(RefusalCode.CONSULTATION_OPEN, {"bodies": waiting}) if waiting else None


@guard(Section.CONSULTATIONS)
def recorded_positions_settled(facts: CaseFacts) -> Refusal | None:
    """What an officer recorded for a body can be corrected by it before the chief gets it (Acts, record_position)."""
    ends = (one.correctable_until for one in _latest(facts))
    settled = all(until is None or until <= facts.now for until in ends)
    return None if settled else Refusal(RefusalCode.POSITION_CORRECTABLE)


@guard(Section.CONSULTATIONS)
def no_objection_open(facts: CaseFacts) -> Refusal | None:
    """An objection of a body blocks (Consultations 5), not a partner's. The refusal names the body, never its text."""
    objecting = tuple(one.body.value for one in _latest(facts) if one.objects and one.body is not Body.PARTNER)
    return Refusal(RefusalCode.OBJECTION_STANDING, {"bodies": objecting}) if objecting else None


@guard(Section.CONSULTATIONS)
def ctc_cleared(facts: CaseFacts) -> Refusal | None:
    """The consultation of CTC/CTED was held and is closed without objection (1, 3, 4, 7; Steps, approve)."""
    asked = required(facts.consultations, Section.CONSULTATIONS).of(Body.CTC_CTED)
    cleared = bool(asked) and not any(one.open or one.objects or one.position is Position.NO_ANSWER for one in asked)
    return None if cleared else Refusal(RefusalCode.CTC_NOT_CLEARED)
