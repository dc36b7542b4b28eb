"""Due dates, holders and stays of told histories, computed by hand beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.workflow.calendar import Calendars, Due, Event, Projection, WorkCalendar, project
from app.workflow.definition import PROCESS
from app.workflow.model import Limit, Span
from app.workflow.vocabulary import Action, Body, HoldReason, LimitKey, Mark, Party, State, Unit

A, K, M, P, S = Action, LimitKey, Mark, Party, State
VIENNA = WorkCalendar("Vienna", "Europe/Vienna")
NEW_YORK = WorkCalendar("New York", "America/New_York")
TOKYO = WorkCalendar("State", "Asia/Tokyo")
CALENDARS = Calendars(VIENNA, NEW_YORK, TOKYO)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def vienna_end(month: int, day: int) -> datetime:
    return VIENNA.end_of(date(2026, month, day))


def seen(*events: Event, now: datetime | None = None, limits: tuple[Limit, ...] = PROCESS.limits) -> Projection:
    return project(events, limits, CALENDARS, now)


def due(projection: Projection, key: LimitKey, position: int = 0) -> Due:
    return [one for one in projection.due if one.key is key][position]


# Monday 4 May 2026; 1 and 14 May are no holidays in these calendars.
SUBMITTED = Event(at(5, 4), A.SUBMIT, S.SUBMITTED)
TAKEN = Event(at(5, 5), A.TAKE_UP, S.SCREENING)
RETURNED = Event(at(5, 6), A.RETURN_FOR_INFORMATION, S.RETURNED)
ANSWERED = Event(at(5, 20), A.ANSWER, S.SCREENING)
ACCEPTED = Event(at(5, 21), A.ACCEPT, S.IN_REVIEW)
CONSULTED = Event(at(5, 22), A.CONSULT, S.IN_COORDINATION)
PLANNED = Event(at(6, 1), A.APPROVE, S.PLANNING)


def test_an_empty_history_lies_with_nobody() -> None:
    assert seen() == Projection(P.NOBODY, (), (), (), False)
    assert seen().next_due is None


def test_a_history_begins_in_a_state() -> None:
    with pytest.raises(ValueError, match="enters a state"):
        seen(Event(at(5, 4), A.WRITE))


def test_take_up_in_two_working_days() -> None:
    take_up = due(seen(SUBMITTED), K.TAKE_UP)
    assert take_up.due_at == vienna_end(5, 6)
    assert take_up.warn_at == vienna_end(5, 5)
    assert take_up.chief_at == vienna_end(5, 7)
    assert take_up.open
    assert take_up.breached(vienna_end(5, 6)) is False
    assert take_up.breached(vienna_end(5, 6) + timedelta(seconds=1)) is True


def test_what_ended_late_stays_breached() -> None:
    late = due(seen(SUBMITTED, replace(TAKEN, at=at(5, 7))), K.TAKE_UP)
    assert not late.open
    assert late.breached(at(5, 7))
    assert not due(seen(SUBMITTED, TAKEN), K.TAKE_UP).breached(at(12, 1))


def test_paper_counts_from_the_day_of_receipt() -> None:
    paper = seen(replace(SUBMITTED, kind=A.REGISTER_PAPER, received_on=date(2026, 4, 29)))
    assert due(paper, K.TAKE_UP).due_at == vienna_end(5, 1)
    assert paper.stays[0].started_at == VIENNA.start_of(date(2026, 4, 29))


def test_urgent_limits_hold_for_stays_that_begin_after_the_confirmation() -> None:
    confirmed = Event(at(5, 4, 12), A.CONFIRM_URGENCY)
    urgent = seen(SUBMITTED, confirmed, TAKEN)
    assert due(urgent, K.TAKE_UP).due_at == vienna_end(5, 6), "a stay keeps the limit in force when it began"
    assert due(urgent, K.SCREEN).due_at == vienna_end(5, 6)
    assert due(urgent, K.SCREEN).urgent
    assert due(urgent, K.SCREEN).warn_at == vienna_end(5, 5), "one day has its warning at the end of the first"


def test_a_changed_limit_holds_for_stays_that_begin_from_its_day() -> None:
    first = next(limit for limit in PROCESS.limits if limit.key is K.TAKE_UP)
    changed = replace(first, span=Span(4, Unit.WORKING_DAYS), valid_from=date(2026, 5, 4))
    assert due(seen(SUBMITTED, limits=(first, changed)), K.TAKE_UP).due_at == vienna_end(5, 8)
    before = replace(SUBMITTED, at=at(5, 3))
    assert due(seen(before, limits=(first, changed)), K.TAKE_UP).due_at == vienna_end(5, 5)
    assert seen(before, limits=(changed,)).due == ()


def test_returned_stops_screening_and_starts_the_state() -> None:
    waiting = seen(SUBMITTED, TAKEN, RETURNED)
    assert waiting.holder is P.STATE
    assert waiting.paused
    screen = due(waiting, K.SCREEN)
    assert screen.due_at is None
    assert screen.paused
    answer, lapse = due(waiting, K.ANSWER), due(waiting, K.LAPSE)
    assert answer.due_at == TOKYO.end_of(date(2026, 6, 3))
    assert answer.reminders == (TOKYO.end_of(date(2026, 5, 20)), TOKYO.end_of(date(2026, 5, 29)))
    assert lapse.due_at == TOKYO.end_of(date(2026, 7, 1))
    assert waiting.next_due == answer


def test_screening_goes_on_with_what_was_left() -> None:
    screen = due(seen(SUBMITTED, TAKEN, RETURNED, ANSWERED), K.SCREEN)
    assert screen.due_at == vienna_end(5, 27), "no full day before the return, five after the day of the answer"
    assert not screen.paused


def test_only_the_first_screening_has_a_limit() -> None:
    lapsed = Event(at(7, 6), A.LAPSE_UNANSWERED, S.LAPSED)
    revived = Event(at(8, 3), A.REVIVE, S.SCREENING)
    again = seen(SUBMITTED, TAKEN, RETURNED, lapsed, revived)
    assert [one.key for one in again.open_due] == []
    assert [one.ended_at for one in again.due if one.key is K.SCREEN] == [lapsed.at]
    assert due(seen(SUBMITTED, TAKEN, RETURNED, lapsed), K.SCREEN).due_at is not None, "an ended clock is settled"


def test_a_blocking_question_pauses_and_another_does_not() -> None:
    asked = Event(at(5, 25), A.ASK_STATE, subject="q1", blocking=True)
    open_question = seen(SUBMITTED, TAKEN, ACCEPTED, asked)
    assert due(open_question, K.ASSESS).due_at is None
    assert open_question.holder is P.STATE
    assert due(open_question, K.ANSWER).subject == "q1"
    answered = seen(SUBMITTED, TAKEN, ACCEPTED, asked, Event(at(5, 27), A.ANSWER_QUESTION, subject="q1"))
    assert due(answered, K.ASSESS).due_at == vienna_end(6, 16), "22 May, then fourteen days from 28 May"
    assert answered.holder is P.TPB
    mild = seen(SUBMITTED, TAKEN, ACCEPTED, replace(asked, blocking=False))
    assert due(mild, K.ASSESS).due_at == vienna_end(6, 11)
    assert not mild.paused


def test_a_question_left_open_ends_with_the_decision() -> None:
    asked = Event(at(5, 25), A.ASK_STATE, subject="q1", blocking=True)
    decided = seen(CONSULTED, asked, Event(at(5, 28), A.PUT_FOR_DECISION, S.DECISION))
    assert decided.holder is P.TPB
    assert not decided.paused
    assert [one.key for one in decided.open_due] == [K.DECIDE]


def test_consultations_run_from_the_delivered_notice() -> None:
    notice = Event(at(5, 25, 3), M.NOTICE_DELIVERED, subject="c1", body=Body.CTC_CTED)  # still 24 May in New York
    ola = Event(at(5, 26), M.NOTICE_DELIVERED, subject="o1", body=Body.OLA)
    before = seen(SUBMITTED, TAKEN, ACCEPTED, CONSULTED)
    assert before.holder is P.TPB
    asked = (SUBMITTED, TAKEN, ACCEPTED, CONSULTED, notice, ola)
    both = seen(*asked)
    assert both.holder is P.CTC_CTED
    ctc = due(both, K.CTC)
    assert ctc.due_at == NEW_YORK.end_of(date(2026, 6, 5))
    assert ctc.reminders == (NEW_YORK.end_of(date(2026, 6, 2)),)
    legal = due(both, K.OLA)
    assert legal.escalations == (NEW_YORK.end_of(date(2026, 6, 9)), NEW_YORK.end_of(date(2026, 6, 16)))
    assert legal.last_at == NEW_YORK.end_of(date(2026, 6, 23))
    later = seen(*asked, Event(at(5, 27), A.ASK_MORE_TIME, subject="c1", body=Body.CTC_CTED))
    assert due(later, K.CTC).due_at == NEW_YORK.end_of(date(2026, 6, 12))
    answered = seen(*asked, Event(at(5, 28), A.GIVE_POSITION, subject="c1", body=Body.CTC_CTED))
    assert answered.holder is P.OLA
    assert due(answered, K.CTC).ended_at == at(5, 28)


def test_a_second_round_is_shorter_and_a_notice_delivered_twice_counts_once() -> None:
    start = (SUBMITTED, TAKEN, ACCEPTED, CONSULTED)
    first = Event(at(5, 25), M.NOTICE_DELIVERED, subject="c1", body=Body.CTC_CTED)
    again = seen(*start, first, replace(first, at=at(5, 28)))
    assert [one.starts_at for one in again.due if one.key is K.CTC] == [first.at]
    second = seen(*start, first, replace(first, at=at(6, 1), round=2))
    assert due(second, K.CTC).ended_at == at(6, 1)
    assert due(second, K.CTC, 1).due_at == NEW_YORK.end_of(date(2026, 6, 8))


def test_partners_hold_only_when_nobody_else_does_and_outlast_coordination() -> None:
    start = (SUBMITTED, TAKEN, ACCEPTED, CONSULTED)
    partner = Event(at(5, 25), M.NOTICE_DELIVERED, subject="p1", body=Body.PARTNER)
    assert seen(*start, partner).holder is P.PARTNER
    decided = seen(*start, partner, Event(at(5, 28), A.PUT_FOR_DECISION, S.DECISION))
    assert decided.holder is P.TPB
    assert due(decided, K.PARTNER).open


def test_a_plan_goes_to_and_fro() -> None:
    proposed = Event(at(6, 3), A.PROPOSE_PLAN)
    changes = Event(at(6, 8), A.REQUEST_PLAN_CHANGES)
    with_state = seen(PLANNED, proposed)
    assert with_state.holder is P.STATE
    assert {one.key for one in with_state.open_due} == {K.PLAN_ANSWER, K.ANSWER, K.LAPSE}
    assert with_state.next_due == due(with_state, K.PLAN_ANSWER)
    back = seen(PLANNED, proposed, changes)
    assert back.holder is P.TPB
    assert [one.key for one in back.open_due] == [K.PLAN]
    assert due(back, K.PLAN, 1).due_at == vienna_end(6, 29)


def test_a_hold_stops_the_plan_and_has_its_own_reviews() -> None:
    held = Event(at(6, 3), A.HOLD, S.ON_HOLD, hold_reason=HoldReason.MONEY)
    resting = seen(PLANNED, held, now=at(8, 10))
    assert resting.holder is P.FUNDING
    assert due(resting, K.PLAN).due_at is None
    reviews = [one.due_at for one in resting.due if one.key is K.HOLD_REVIEW]
    assert reviews == [vienna_end(7, 3), vienna_end(8, 2), vienna_end(9, 1)]
    assert due(resting, K.HOLD_ASK).due_at == vienna_end(11, 30)
    assert due(resting, K.HOLD_REVIEW).holder is P.FUNDING
    resumed = seen(PLANNED, held, Event(at(8, 10), A.RESUME_PLANNING, S.PLANNING), now=at(12, 1))
    assert [one.key for one in resumed.open_due] == [K.PLAN]
    assert due(resumed, K.PLAN).due_at == vienna_end(8, 28), "one day before the hold, fourteen after it"


def test_a_hold_for_another_reason_lies_with_tpb() -> None:
    resting = seen(PLANNED, Event(at(6, 3), A.HOLD, S.ON_HOLD, hold_reason=HoldReason.SECURITY))
    assert resting.holder is P.TPB
    assert due(resting, K.HOLD_ASK).holder is P.TPB


def test_a_proposed_plan_stays_with_the_state_over_a_hold() -> None:
    held = Event(at(6, 4), A.HOLD, S.ON_HOLD, hold_reason=HoldReason.SECURITY)
    resumed = seen(PLANNED, Event(at(6, 3), A.PROPOSE_PLAN), held, Event(at(6, 10), A.RESUME_PLANNING, S.PLANNING))
    assert resumed.holder is P.STATE
    assert due(resumed, K.PLAN_ANSWER).due_at == TOKYO.end_of(date(2026, 7, 1))
    assert [one.ended_at for one in resumed.due if one.key is K.PLAN] == [at(6, 3)]


def test_delivery_to_closure() -> None:
    begun = Event(at(6, 1), A.START_DELIVERY, S.IN_DELIVERY)
    ends = (Event(at(6, 5), M.ACTIVITY_ENDED), Event(at(6, 12), M.ACTIVITY_ENDED))
    reported = Event(at(6, 15), A.REPORT_DELIVERED, S.DELIVERED)
    confirmed = Event(at(6, 20), A.CONFIRM_DELIVERY, S.EVALUATION)
    running = seen(begun, *ends)
    assert [one.due_at for one in running.due if one.key is K.REPORT] == [vienna_end(7, 10)]
    delivered = seen(begun, *ends, reported)
    assert delivered.holder is P.STATE
    assert due(delivered, K.CONFIRM).due_at == TOKYO.end_of(date(2026, 7, 15))
    assert len(due(delivered, K.CONFIRM).reminders) == 2
    evaluated = seen(begun, reported, confirmed, Event(at(6, 22), A.EVALUATE))
    assert evaluated.holder is P.TPB
    assert due(evaluated, K.EVALUATE).ended_at == at(6, 22)
    closed = seen(begun, reported, confirmed, Event(at(6, 30), A.CLOSE, S.CLOSED))
    assert closed.holder is P.NOBODY
    looks = [one.due_at for one in closed.due if one.key is K.LOOK_BACK]
    assert looks == [TOKYO.end_of(date(2026, 12, 30)), TOKYO.end_of(date(2027, 6, 30))]
    reopened = seen(
        begun, reported, confirmed, Event(at(6, 30), A.CLOSE, S.CLOSED), Event(at(7, 2), A.REOPEN, S.EVALUATION)
    )
    assert reopened.holder is P.STATE
    assert due(reopened, K.EVALUATE, 1).open


def test_a_draft_ages_from_its_last_touch() -> None:
    drafted, edited = Event(at(1, 5), A.DRAFT_REQUEST, S.DRAFT), Event(at(2, 2), A.EDIT_DRAFT)
    purge = [one for one in seen(drafted, edited).due if one.key is K.PURGE]
    assert [one.starts_at for one in purge] == [at(2, 2)]
    assert purge[0].due_at == TOKYO.end_of(date(2026, 8, 1))
    assert purge[0].reminders == (TOKYO.end_of(date(2026, 7, 2)), TOKYO.end_of(date(2026, 7, 22)))


def test_a_proposal_to_the_chief_runs_on_while_on_hold() -> None:
    held = Event(at(6, 3), A.HOLD, S.ON_HOLD, hold_reason=HoldReason.SECURITY)
    proposed = Event(at(6, 4), A.PROPOSE_OUTCOME)
    assert due(seen(PLANNED, held, proposed), K.OUTCOME).due_at == vienna_end(6, 11)


def test_a_participating_state_has_its_own_clock_and_never_the_case() -> None:
    asked = Event(at(6, 2), M.PARTICIPATION_ASKED, subject="p1")
    guests = replace(CALENDARS, other_states={"p1": WorkCalendar("Guest", "Africa/Cairo", frozenset({6, 0, 1, 2, 3}))})
    projection = project((PLANNED, asked), PROCESS.limits, guests)
    participation = due(projection, K.PARTICIPATION)
    assert participation.holder is P.OTHER_STATE
    assert participation.due_at == datetime(2026, 6, 23, 21, tzinfo=UTC)
    assert projection.holder is P.TPB


@pytest.mark.parametrize("ending", [A.ANSWER_PARTICIPATION, M.PARTICIPATION_CLOSED])
def test_the_clock_of_an_invitation_ends_with_its_answer_or_when_it_is_taken_back(ending: A | M) -> None:
    asked, other = (Event(at(6, 2), M.PARTICIPATION_ASKED, subject=one) for one in ("p1", "p2"))
    projection = seen(PLANNED, asked, other, Event(at(6, 9), ending, subject="p1"))
    ended = {one.subject: one.ended_at for one in projection.due if one.key is K.PARTICIPATION}
    assert ended == {"p1": at(6, 9), "p2": None}


def test_years_without_list_of_holidays_are_named() -> None:
    listed = replace(VIENNA, listed_years=frozenset({2025}))
    projection = project((SUBMITTED,), PROCESS.limits, replace(CALENDARS, tpb=listed))
    assert due(projection, K.TAKE_UP).unlisted_years == (2026,)


def test_clocks_that_ran_backwards_are_set_right() -> None:
    projection = seen(SUBMITTED, replace(TAKEN, at=SUBMITTED.at - timedelta(seconds=3)))
    assert [stay.started_at for stay in projection.stays] == [SUBMITTED.at, SUBMITTED.at]


def test_time_with_each_party_adds_up() -> None:
    spent = seen(SUBMITTED, TAKEN, RETURNED, ANSWERED).time_with(at(5, 21))
    assert spent[P.TPB] == timedelta(days=3)
    assert spent[P.STATE] == timedelta(days=14)
    assert sum(spent.values(), timedelta()) == timedelta(days=17)
