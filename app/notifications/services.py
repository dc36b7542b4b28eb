"""Telling people: rows written in the transaction of what happened; mails leave after its commit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.standing_in import who_is_told_instead
from app.foundation.clock import now
from app.foundation.db import insert_rows, new_public_key
from app.notifications.messages import needed_params, template_of
from app.notifications.models import Notice, OutboxMessage
from app.notifications.params import UnsafeParameter, checked_params, is_case_key
from app.notifications.vocabulary import MessageState, NoticeKind
from app.notifications.wakeup import wake_after_commit
from app.workflow.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class StandIns:
    """What is known of those who stand in for the recipients.

    Attributes:
        but: whom not to tell as a stand-in, because they acted themselves.
        instead: for whom, by stand-in, where it was read together with the people; None when nobody looked.
    """

    but: frozenset[int] = frozenset()
    instead: Mapping[int, int] | None = None


def notify(
    session: Session,
    user_ids: Iterable[int],
    code: str,
    params: Mapping[str, Any],
    *,
    case_key: str | None = None,
    number: str | None = None,
    mail: bool = True,
    in_app: bool = True,
) -> None:
    """Tell each of `user_ids` once, by mail and in their list of notices: at most two statements.

    Args:
        session: the transaction of what happened; the mail leaves after its commit, never without it.
        user_ids: recipients; who is named for several reasons gets one message.
        code: a code of `messages`.
        params: values of the template's placeholders; only keys, numbers and dates, see `params.ALLOWED`.
        case_key: the case whose page the message links to; recipients are checked against it again when mail leaves.
        number: the case's number, once it has one.
        mail: queue a mail.
        in_app: add a notice.

    Raises:
        UnknownMessage: no template has this code.
        UnsafeParameter: a parameter is no number, key or date, or one that the subject names is missing.
    """
    told = {code: (user_ids, params)}
    notify_each(session, told, case_key=case_key, number=number, mail=mail, in_app=in_app)


def notify_each(
    session: Session,
    told: Mapping[str, tuple[Iterable[int], Mapping[str, Any]]],
    *,
    case_key: str | None = None,
    number: str | None = None,
    audience: Audience | None = None,
    mail: bool = True,
    in_app: bool = True,
    stand_ins: StandIns | None = None,
) -> None:
    """Tell several circles of people different things about one event: two writes, and at most one read for all.

    Who stands in for somebody who is told is told as well, in the dates of the absence. Preferences cost nothing here:
    they are asked when a mail is about to leave.

    Args:
        told: recipients and parameters by code; everything else is as in `notify`.
        audience: for whom what happened is meant, asked again when the mail leaves; None for whoever sees the case.
        stand_ins: what the caller knows of them.

    Raises:
        UnknownMessage, UnsafeParameter: see `notify`.
    """
    rows: list[dict[str, Any]] = []
    for code, (user_ids, params) in told.items():
        values = _values(code, params, case_key, number)
        rows += [{**values, "user_id": person, "for_id": None} for person in dict.fromkeys(user_ids)]
    if not rows:
        return
    at = now()
    rows += _to_stand_ins(session, rows, at, stand_ins or StandIns())
    if mail:
        _queue(session, [{**row, "audience": audience} for row in rows], at)
    if in_app:
        insert_rows(
            session, Notice, [{**row, "key": new_public_key(), "created_at": at, "number": number} for row in rows]
        )


def _to_stand_ins(
    session: Session, rows: Sequence[Mapping[str, Any]], at: datetime, known: StandIns
) -> list[dict[str, Any]]:
    """Return rows for those who stand in for a recipient; who is told anyhow is told once, and nobody of an account."""
    forwarded: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        if template_of(row["code"]).kind is not NoticeKind.ACCOUNT:
            forwarded.setdefault(row["user_id"], row)
    told = {row["user_id"] for row in rows} | known.but
    instead = who_is_told_instead(session, forwarded, at) if known.instead is None else known.instead
    return [
        {**forwarded[absent], "user_id": person, "for_id": absent}
        for person, absent in instead.items()
        if person not in told and absent in forwarded
    ]


def queue_mail(session: Session, user_id: int, code: str, params: Mapping[str, Any]) -> None:
    """Queue one mail about an account: an invitation, a reset, a code.

    What is secret in it (a link with a token, a one-time code) is never stored here: it is made when the mail leaves,
    by the hook given to `init_notifications`, from what `params` points at.

    Raises:
        UnknownMessage: no template has this code.
        UnsafeParameter: see `notify`.
    """
    _queue(session, [{**_values(code, params, None, None), "user_id": user_id}], now())


def queue_to_address(
    session: Session, address: str, code: str, params: Mapping[str, Any], *, case_key: str | None = None
) -> str:
    """Queue one mail to the address of an office; its link is made when it leaves. Returns its Message-ID, locally.

    Args:
        case_key: the case that it is about; whether it may leave is asked of whoever makes its link.

    Raises:
        UnknownMessage, UnsafeParameter: see `notify`.
    """
    key = new_public_key()
    message_id = f"{key}.{new_public_key()}"
    waiting = {"state": MessageState.PENDING, "attempts": 0, "created_at": now(), "next_try_at": now()}
    values = {**_values(code, params, case_key, None), **waiting, "address": address}
    session.execute(insert(OutboxMessage).values(**values, key=key, message_id=message_id))
    wake_after_commit(session)
    return message_id


def _values(code: str, params: Mapping[str, Any], case_key: str | None, number: str | None) -> dict[str, Any]:
    template = template_of(code)
    if case_key is not None and not is_case_key(case_key):
        raise UnsafeParameter("case_key")
    stored = checked_params({**params, "number": number} if number is not None else params)
    if lacking := needed_params(code) - stored.keys():
        raise UnsafeParameter(f"{code} needs {sorted(lacking)}")
    if template.about_case and case_key is None:
        raise UnsafeParameter(f"{code} needs a case")
    return {"code": code, "params": stored, "case_key": case_key}


def _queue(session: Session, messages: list[dict[str, Any]], at: datetime) -> None:
    rows = []
    for message in messages:
        key = new_public_key()
        waiting = {"state": MessageState.PENDING, "attempts": 0, "created_at": at, "next_try_at": at}
        rows.append({**message, **waiting, "key": key, "message_id": f"{key}.{new_public_key()}"})
    insert_rows(session, OutboxMessage, rows)
    wake_after_commit(session)
