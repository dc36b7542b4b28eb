"""Two workers at once and twenty `kill -9`: each reminder once, each silence once, each purge once, no mail lost.

Most kills fall between two transactions, where what should have been one would be torn; the others at random moments.
A mail leaves a second time only when its worker was killed between the server's answer and the note of it, and then
with the same Message-ID, by which a mailbox recognises it.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import func, select, update

from app.casework.models import AssistanceRequest, CaseReminder, HistoryEntry
from app.casework.verify import verify_all
from app.coordination.models import Consultation
from app.coordination.silence.models import SilenceProof
from app.foundation.clock import frozen, now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import WAITING, Digest, NoticeChoice, OutboxMessage, ScheduledJob
from app.notifications.scheduler import WORKER_ENDED
from app.notifications.services import notify
from app.notifications.vocabulary import MailChoice, MessageState, NoticeKind
from app.workflow.vocabulary import Action, Body, LimitKey, Position, Role, State
from tests.factories.agreements import agree
from tests.factories.cases import Made, at_home, make_cases
from tests.factories.people import Cast, cast_of
from tests.integration.test_worker import environment_for, eventually
from tests.support.databases import Database
from tests.support.mail import MailServer
from tests.support.nursery import MAIL
from tests.support.outbox import job_rows, mails, notices, person
from tests.support.workers import Nursery

KILLS: Final = 20
SEED: Final = 20_051_9
#: What becomes due in each round.
RETURNED, FORGOTTEN, SILENT = 2, 1, 1
JOBS: Final = ("remind", "purge_untouched_drafts", "deem_silences", "send_digests", "escalate", "send_outbox")
#: Where a worker kills itself, and after which commit there; None for a kill from outside at a random moment.
DOOMS: Final = [
    *((job, commit) for job in JOBS[:4] for commit in (1, 2)),
    *((MAIL, commit) for commit in range(1, 7)),
    *(("deem_silences", 1), ("remind", 3)),
    *[None] * 4,
]
#: How long a round waits for the worker that meets its doom, before it kills one itself.
PATIENCE: Final = 2.0
#: When those who keep silent were told: their limit of ten working days is long over.
TOLD_BEFORE: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Waves:
    """What becomes due in the rounds, a part in each.

    Attributes:
        returned: requests whose first reminder of unanswered questions is due.
        forgotten: drafts that nobody touched for more than 180 days and that were warned of twice.
        silent: requests of which CTC/CTED was told long ago and said nothing.
        told_at: when it was told.
        readers: people who want one mail a day, with two things to read in it.
    """

    returned: list[Made]
    forgotten: list[Made]
    silent: list[Made]
    told_at: datetime
    readers: list[int]


def test_two_workers_and_twenty_kills(app: Flask, database: Database, smtp_server: MailServer, tmp_path: Path) -> None:
    cast, chance = cast_of(app), random.Random(SEED)
    told_at = now() - TOLD_BEFORE
    waves = Waves(
        make_returned(app, cast), make_forgotten(app, cast), make_silent(app, cast, told_at), told_at, make_readers(app)
    )
    hold_back(app)
    with Nursery(environment_for(database), tmp_path) as nursery:
        nursery.start()
        for number, doom in enumerate(chance.sample(DOOMS, KILLS)):
            nursery.start()
            if doom is not None:
                nursery.doom(*doom)
            release(app, number, waves)
            if doom is None:
                time.sleep(chance.uniform(0.02, 0.4))
            if doom is None or not nursery.is_met(PATIENCE):
                nursery.kill(chance.choice(nursery.alive))
        nursery.start()
        eventually(lambda: is_quiet(app, waves), 300, pause=0.5)
    reminded_once(app, waves.returned)
    purged_once(app, waves.forgotten)
    deemed_once(app, cast, waves.silent)
    told_once(app)
    digests_once(app, waves.readers, smtp_server)
    nothing_lost(app, smtp_server)
    assert {row.last_error for row in job_rows(app).values()} <= {None, WORKER_ENDED}
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        assert verify_all(session, None).findings == ()


def make_returned(app: Flask, cast: Cast) -> list[Made]:
    with frozen(now() - timedelta(days=24)):
        return make_cases(app, cast, [(State.RETURNED, at_home(cast))] * (KILLS * RETURNED))


def make_silent(app: Flask, cast: Cast, told_at: datetime) -> list[Made]:
    with frozen(told_at):
        agree(app, cast)
        asked = at_home(cast, bodies=(Body.CTC_CTED,))
        return make_cases(app, cast, [(State.IN_COORDINATION, asked)] * (KILLS * SILENT))


def make_forgotten(app: Flask, cast: Cast) -> list[Made]:
    since = now() - timedelta(days=190)
    with frozen(since):
        made = make_cases(app, cast, [(State.DRAFT, at_home(cast))] * (KILLS * FORGOTTEN))
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for case in made:
            for number, days in ((1, 150), (2, 170)):
                session.add(warning(case, since, number, since + timedelta(days=days)))
    return made


def warning(case: Made, since: datetime, number: int, at: datetime) -> CaseReminder:
    return CaseReminder(
        case_id=case.id,
        state_id=case.state_id,
        limit_key=LimitKey.PURGE,
        starts_at=since,
        number=number,
        code="case.purge_warning",
        sent_at=at,
        delivered_at=at,
        due_at=since + timedelta(days=180),
    )


def make_readers(app: Flask) -> list[int]:
    readers = [person(app, f"reader{number}", role=Role.ADMINISTRATOR) for number in range(KILLS)]
    with app.app_context(), write_transaction(None) as session:
        for reader in readers:
            session.add(NoticeChoice(user_id=reader, kind=NoticeKind.DECISIONS, choice=MailChoice.DIGEST))
        with frozen(now() - timedelta(days=2)):
            for code in ("proposal.adopted", "proposal.not_adopted"):
                notify(session, readers, code, {})
    return readers


def hold_back(app: Flask) -> None:
    """Let nothing be due yet: the jobs look by these columns, the due dates come from history."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(AssistanceRequest).values(state_since=now(), touched_at=now()))
        session.execute(update(Consultation).values(notice_delivered_at=now()))
        session.execute(update(OutboxMessage).values(next_try_at=now() + timedelta(days=1)))


def release(app: Flask, number: int, waves: Waves) -> None:
    """Let one wave of everything be due, and the workers look at once."""
    due = [case.id for case in (*waves.returned[number::KILLS], *waves.forgotten[number::KILLS])]
    silent = [case.id for case in waves.silent[number::KILLS]]
    long_ago = now() - timedelta(days=200)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        wave = update(AssistanceRequest).where(AssistanceRequest.id.in_(due))
        session.execute(wave.values(state_since=long_ago, touched_at=long_ago))
        asked = update(Consultation).where(Consultation.case_id.in_(silent))
        session.execute(asked.values(notice_delivered_at=waves.told_at))
        mine = update(OutboxMessage).where(OutboxMessage.user_id == waves.readers[number])
        session.execute(mine.values(next_try_at=now()))
    make_due(app)


def make_due(app: Flask) -> None:
    """The workers look again at once instead of in some minutes."""
    with app.app_context(), write_transaction(None) as session:
        session.execute(update(ScheduledJob).where(ScheduledJob.name.in_(JOBS)).values(next_run_at=now()))


def is_quiet(app: Flask, waves: Waves) -> bool:
    """Whether everything that was due has happened and no mail waits; the workers are told to look again."""
    make_due(app)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        happened = (
            session.scalar(select(func.count()).where(CaseReminder.limit_key == LimitKey.ANSWER)),
            session.scalar(select(func.count()).where(AssistanceRequest.state == State.DISCARDED)),
            session.scalar(select(func.count()).where(Consultation.closed_at.is_not(None))),
            session.scalar(select(func.count()).select_from(Digest)),
        )
        waiting = session.scalar(select(func.count()).select_from(OutboxMessage).where(WAITING))
    wanted = [len(due) for due in (waves.returned, waves.forgotten, waves.silent, waves.readers)]
    return waiting == 0 and all((done or 0) >= due for done, due in zip(happened, wanted, strict=True))


def reminded_once(app: Flask, returned: list[Made]) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        rows = session.execute(
            select(CaseReminder.case_id, CaseReminder.number).where(CaseReminder.limit_key == LimitKey.ANSWER)
        )
        assert Counter(map(tuple, rows)) == {(case.id, 1): 1 for case in returned}


def purged_once(app: Flask, forgotten: list[Made]) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        acts = session.scalars(select(HistoryEntry.case_id).where(HistoryEntry.action == "purge"))
        assert Counter(acts) == {case.id: 1 for case in forgotten}


def deemed_once(app: Flask, cast: Cast, silent: list[Made]) -> None:
    """Each silence stands once in the history, with its one proof, and officer and liaison are told of it once."""
    once = {case.id: 1 for case in silent}
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        acts = session.scalars(select(HistoryEntry.case_id).where(HistoryEntry.action == Action.DEEM_NO_OBJECTION))
        assert Counter(acts) == once
        assert Counter(session.scalars(select(SilenceProof.case_id))) == once
        closed = select(Consultation.case_id).where(Consultation.position == Position.DEEMED_NO_OBJECTION)
        assert Counter(session.scalars(closed)) == once
    told = Counter((mail.user_id, mail.case_key) for mail in mails(app) if mail.code == "case.deemed_no_objection")
    assert told == {(one.id, case.key): 1 for case in silent for one in (cast.case_officer, cast.ctc_liaison)}


def told_once(app: Flask) -> None:
    """Nobody has two notices, or two mails, of one thing."""
    for rows in (notices(app), mails(app)):
        again = {
            key: count
            for key, count in Counter((row.user_id, row.code, row.case_key) for row in rows).items()
            if count > 1
        }
        assert again == {}
        assert rows


def digests_once(app: Flask, readers: list[int], server: MailServer) -> None:
    """Each reader has one digest, and in it both things that were to be read, whichever worker was killed over them."""
    queued = [mail for mail in mails(app) if mail.code == "notices.digest"]
    assert Counter(mail.user_id for mail in queued) == dict.fromkeys(readers, 1)
    assert Counter(mail.user_id for mail in mails(app) if mail.digest_id is not None) == dict.fromkeys(readers, 2)
    for number in range(len(readers)):
        assert len({mail["Message-ID"] for mail in server.to(f"reader{number}@example.org")}) == 1


def nothing_lost(app: Flask, server: MailServer) -> None:
    assert {mail.state for mail in mails(app)} == {MessageState.SENT}
    sent = [mail for mail in mails(app) if mail.digest_id is None]
    arrived = Counter(str(message["Message-ID"]) for message in server.messages)
    assert arrived.keys() == {f"<{mail.message_id}@example.org>" for mail in sent}
    assert sum(arrived.values()) - len(arrived) <= KILLS, "a mail leaves again only after a kill"
