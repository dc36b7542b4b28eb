"""Rules of consultations: silence, objections, more time, going on without an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.workflow.facts import CaseCore, CaseFacts, ConsultationFacts, ConsultationsFacts
from app.workflow.guards import coordination as c
from app.workflow.model import Guard
from app.workflow.refusals import RefusalCode as C
from app.workflow.vocabulary import Body, Position, State

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
CORE = CaseCore(1, "key", State.IN_COORDINATION, 1, state_id=7, state_since=NOW)
CTC = ConsultationFacts("c", Body.CTC_CTED, delivered_at=EARLIER, due_at=EARLIER, silence_agreed=True)
OLA = ConsultationFacts("o", Body.OLA, delivered_at=EARLIER, due_at=EARLIER, escalated_at=EARLIER, last_due_at=EARLIER)
PARTNER = ConsultationFacts("p", Body.PARTNER, delivered_at=EARLIER)


def asked(*latest: ConsultationFacts, urgent: bool = False) -> CaseFacts:
    return CaseFacts(replace(CORE, urgent=urgent), NOW, consultations=ConsultationsFacts(latest))


def closed(one: ConsultationFacts, position: Position = Position.NO_OBJECTION, **more: object) -> ConsultationFacts:
    return replace(one, position=position, closed_at=EARLIER, **more)


def code_of(rule: Guard, facts: CaseFacts) -> C | None:
    refusal = rule(facts)
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("one", "urgent"),
    [
        (replace(CTC, silence_agreed=False), False),
        (replace(CTC, delivered_at=None), False),
        (replace(CTC, due_at=LATER), False),
        (replace(CTC, due_at=None), False),
        (CTC, True),
        (closed(CTC), False),
        (replace(OLA, silence_agreed=True), False),
        (replace(PARTNER, due_at=EARLIER, silence_agreed=True), False),
    ],
    ids=["no agreement", "no delivery", "not due", "paused", "urgent", "answered", "OLA", "partner"],
)
def test_silence_does_not_count(one: ConsultationFacts, urgent: bool) -> None:
    assert code_of(c.silence_counts, asked(one, urgent=urgent)) is C.NOT_SILENT


def test_silence_counts_after_agreement_delivery_and_limit() -> None:
    assert code_of(c.silence_counts, asked(CTC)) is None


def test_proceeding_without_is_for_escalated_consultations_but_never_ctc() -> None:
    assert code_of(c.escalated_past_last_limit, asked(OLA)) is None
    ctc = replace(CTC, escalated_at=EARLIER, last_due_at=EARLIER)
    for one in (replace(OLA, escalated_at=None), replace(OLA, last_due_at=LATER)):
        assert code_of(c.escalated_past_last_limit, asked(ctc, one)) is C.NOT_PAST_LAST_LIMIT
    for one in (ctc, closed(OLA)):
        assert code_of(c.escalated_past_last_limit, asked(one)) is C.NOBODY_TO_LEAVE_OUT


def test_positions_need_an_open_consultation() -> None:
    assert code_of(c.some_consultation_open, asked(CTC)) is None
    assert code_of(c.some_consultation_open, asked(closed(CTC))) is C.NO_CONSULTATION_OPEN


def test_more_time_is_given_once() -> None:
    assert code_of(c.more_time_left, asked(CTC)) is None
    assert code_of(c.more_time_left, asked(replace(CTC, more_time_used=True))) is C.MORE_TIME_USED
    assert code_of(c.more_time_left, asked(closed(CTC))) is C.NO_CONSULTATION_OPEN


def test_only_a_body_objects() -> None:
    assert code_of(c.no_objection_open, asked(closed(PARTNER, Position.OBJECTION))) is None
    assert code_of(c.no_objection_open, asked(closed(OLA, Position.OBJECTION))) is C.OBJECTION_STANDING


def test_an_objection_can_be_withdrawn_once() -> None:
    objecting = closed(CTC, Position.OBJECTION)
    assert code_of(c.objection_to_withdraw, asked(objecting)) is None
    withdrawn = replace(objecting, objection_withdrawn_at=EARLIER)
    assert code_of(c.objection_to_withdraw, asked(withdrawn)) is C.NO_OBJECTION_STANDING


def test_a_revision_needs_an_objection_or_a_comment() -> None:
    assert code_of(c.revision_called_for, asked(closed(CTC, Position.OBJECTION))) is None
    assert code_of(c.revision_called_for, asked(closed(CTC, Position.COMMENT))) is None
    assert code_of(c.revision_called_for, asked(closed(CTC))) is C.NOTHING_CALLS_FOR_REVISION


def test_partners_do_not_block_but_the_others_do() -> None:
    assert code_of(c.consultations_closed, asked(closed(CTC), closed(OLA), PARTNER)) is None
    refusal = c.consultations_closed(asked(closed(CTC), OLA, PARTNER))
    assert refusal is not None
    assert refusal.params == {"bodies": ("ola",)}


def test_a_body_has_its_time_to_correct_what_was_recorded_for_it() -> None:
    for settled in (closed(CTC), closed(CTC, correctable_until=NOW), closed(CTC, correctable_until=EARLIER)):
        assert code_of(c.recorded_positions_settled, asked(settled, closed(OLA))) is None
    waiting = asked(closed(CTC), closed(OLA, correctable_until=LATER))
    assert code_of(c.recorded_positions_settled, waiting) is C.POSITION_CORRECTABLE


def test_an_objection_blocks_until_it_is_withdrawn() -> None:
    objecting = closed(OLA, Position.OBJECTION)
    refusal = c.no_objection_open(asked(closed(CTC), objecting))
    assert refusal is not None
    assert refusal.params == {"bodies": ("ola",)}
    assert code_of(c.no_objection_open, asked(closed(CTC), replace(objecting, objection_withdrawn_at=EARLIER))) is None


@pytest.mark.parametrize(
    ("latest", "cleared"),
    [
        ((), False),
        ((OLA,), False),
        ((CTC,), False),
        ((closed(CTC, Position.OBJECTION),), False),
        ((closed(CTC, Position.NO_ANSWER),), False),
        ((closed(CTC, Position.OBJECTION, objection_withdrawn_at=EARLIER),), True),
        ((closed(CTC),), True),
        ((closed(CTC, Position.DEEMED_NO_OBJECTION), OLA), True),
    ],
)
def test_approval_needs_ctc_cleared(latest: tuple[ConsultationFacts, ...], cleared: bool) -> None:
    assert (code_of(c.ctc_cleared, asked(*latest)) is None) == cleared
