"""When a person's digest is due, and what may wait for one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.kinds import AccountKind
from app.accounts.zones import zone_of
from app.notifications.choices import ROLES_OF_KIND
from app.notifications.digests import due_digest
from app.notifications.messages import MESSAGES
from app.notifications.vocabulary import ALWAYS_AT_ONCE, MailChoice, NoticeKind
from app.notifications.words import CHOICE_WORDS, KIND_HINTS, KIND_WORDS

AUCKLAND, VIENNA = "Pacific/Auckland", "Europe/Vienna"
ZONES = st.sampled_from(sorted(available_timezones()))
STARTS = st.integers(1_700_000_000, 2_100_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "oldest", "latest", "day"),
    [
        (VIENNA, "2026-03-28T06:59", "2026-03-27T12:00", None, None),
        (VIENNA, "2026-03-28T07:00", "2026-03-27T12:00", None, date(2026, 3, 28)),
        (VIENNA, "2026-03-29T06:00", "2026-03-28T12:00", None, date(2026, 3, 29)),
        (VIENNA, "2026-03-28T07:05", "2026-03-28T07:01", None, None),
        (VIENNA, "2026-03-28T09:00", "2026-03-28T06:30", date(2026, 3, 28), None),
        (VIENNA, "2026-03-29T09:00", "2026-03-28T06:30", date(2026, 3, 28), date(2026, 3, 29)),
        (AUCKLAND, "2026-03-28T19:00", "2026-03-28T12:00", None, date(2026, 3, 29)),
        (AUCKLAND, "2026-03-28T18:59", "2026-03-28T12:00", None, None),
    ],
)
def test_a_digest_is_due_once_it_is_eight_for_what_came_before(
    zone: str, now: str, oldest: str, latest: date | None, day: date | None
) -> None:
    due = due_digest(at(now), zone, latest, at(oldest), None)
    assert (due[0] if due else None) == day


@pytest.mark.parametrize(
    ("unseen", "is_due"), [("2026-03-27T15:00", False), ("2026-03-28T06:59", False), ("2026-03-28T07:00", True)]
)
def test_a_digest_waits_until_everything_of_before_eight_was_looked_at(unseen: str, is_due: bool) -> None:
    due = due_digest(at("2026-03-28T07:05"), VIENNA, None, at("2026-03-27T12:00"), at(unseen))
    assert (due is not None) == is_due


@given(ZONES, STARTS, st.lists(st.integers(1, 600), min_size=1, max_size=200))
def test_whatever_the_worker_sleeps_everything_is_told_once_and_no_day_twice(
    zone: str, start: datetime, naps: list[int]
) -> None:
    """Something comes each hour; the worker looks after naps of some minutes."""
    latest: date | None = None
    told, waiting, came = 0, [], start
    looks = start
    days: list[date] = []
    for nap in [*naps, 3 * 24 * 60]:
        looks += timedelta(minutes=nap)
        while came <= looks:
            waiting.append(came)
            came += timedelta(hours=1)
        due = due_digest(looks, zone, latest, waiting[0], None) if waiting else None
        if due is not None:
            latest, until = due
            days.append(latest)
            told += len([one for one in waiting if one < until])
            waiting = [one for one in waiting if one >= until]
    assert days == sorted(set(days))
    assert all(one > looks - timedelta(hours=49) for one in waiting), "nothing waits longer than the next morning"
    assert told > 0


@pytest.mark.parametrize(
    ("kind", "chosen", "of_state", "expected"),
    [
        (AccountKind.STATE, "Asia/Dhaka", "Africa/Nairobi", "Asia/Dhaka"),
        (AccountKind.STATE, "UTC", "Africa/Nairobi", "Africa/Nairobi"),
        (AccountKind.TPB, "UTC", None, VIENNA),
        (AccountKind.OLA, "UTC", None, "America/New_York"),
    ],
)
def test_a_person_lives_by_the_chosen_zone_else_by_that_of_their_place(
    kind: AccountKind, chosen: str, of_state: str | None, expected: str
) -> None:
    assert zone_of(kind, chosen, of_state) == expected


def test_what_concerns_an_account_or_starts_a_limit_never_waits() -> None:
    never = {code for code, template in MESSAGES.items() if not template.can_wait}
    assert {code for code in MESSAGES if code.startswith("accounts.")} <= never
    # guards ask whether reminders and warnings were delivered
    reminders = {code for code in MESSAGES if code.endswith("_reminder")}
    assert {"case.answer_reminder", "case.plan_reminder"} <= reminders
    assert reminders | {"case.purge_warning"} <= never
    assert "case.message" not in never


def test_every_kind_and_choice_has_words_and_somebody_to_choose() -> None:
    assert KIND_WORDS.keys() == KIND_HINTS.keys() == set(NoticeKind)
    assert CHOICE_WORDS.keys() == set(MailChoice)
    assert ROLES_OF_KIND.keys() == set(NoticeKind) - ALWAYS_AT_ONCE
