"""Canaries: words that stand in one text of each audience, and who comes across them on the way through a case.

Put one text of each readership with a word of its own (`words`), then `assert_seen_by_readers_only`: every person of
the cast walks every GET route of the case and every list into which they are let, and their notices and rendered mails
are read as well. Who is meant must find the word somewhere, everybody else nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.casework.audiences import Readership
from app.coordination.models import ConsultationPosition
from app.correspondence.models import Message
from app.delivery.plan.models import PlanActivity
from app.documents.models import Document
from app.foundation.db import db, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.notifications.outbox import may_be_told
from app.notifications.rendering import compose
from app.workflow.actor import Actor
from tests.factories.cases import Made
from tests.factories.clients import get, quick_client
from tests.factories.people import Cast, Member
from tests.integration.isolation.asking import worth_asking
from tests.integration.isolation.routes import ROUTES, Named
from tests.support.pdf import words_of

R = Readership
_OF_STATE: Final = frozenset({R.OWN_STATE, R.STATE_TPB, R.ALL})
_OF_TPB: Final = frozenset({R.STATE_TPB, R.ALL, R.COORDINATION, R.TPB_ONLY})
_OF_BODIES: Final = frozenset({R.ALL, R.COORDINATION})
#: What each of the cast reads of a case of the State at home on which both bodies are consulted: agreed, not computed.
READS: Final[dict[str, frozenset[Readership]]] = {
    "focal_point": _OF_STATE,
    "mission": _OF_STATE,
    "away_focal_point": frozenset(),
    "away_mission": frozenset(),
    "intake_officer": _OF_TPB,
    "case_officer": _OF_TPB,
    "branch_chief": _OF_TPB,
    "programme_support": _OF_TPB,
    "manager": _OF_TPB,
    "auditor": _OF_TPB,
    "ctc_liaison": _OF_BODIES,
    "ola_liaison": _OF_BODIES,
    "administrator": frozenset(),
}

#: Who reads what another reads, by the same queries, in the same part of the rows: row-level security does not part
#: them, so PostgreSQL adds nothing to what SQLite shows of the first of each pair.
ALIKE: Final = {
    "branch_chief": "intake_officer",
    "programme_support": "intake_officer",
    "manager": "intake_officer",
    "auditor": "intake_officer",
    "mission": "focal_point",
    "away_mission": "away_focal_point",
}

#: Reads an answer.
Reader = Callable[[TestResponse], str]
#: Keys of objects inside the case by the parameter that names them in addresses: {"message": [...]}.
Parts = Mapping[str, Sequence[str]]
#: Where they stand. A route with a part of another kind is not walked before it is named here.
_PARTS: Final[Mapping[str, Any]] = {
    "activity": PlanActivity,
    "document": Document,
    "message": Message,
    "position": ConsultationPosition,
}


def words(mark: str) -> dict[Readership, str]:
    """One word for each readership, unlike anything else in the product."""
    return {readers: f"canary-{mark}-{readers.value.replace('_', '-')}-{7919 * len(mark)}" for readers in Readership}


def assert_seen_by_readers_only(
    app: Flask,
    cast: Cast,
    case: Made,
    placed: Mapping[Readership, Sequence[str]],
    *,
    read: Reader | None = None,
    reads: Mapping[str, frozenset[Readership]] = READS,
) -> None:
    """Assert that each of the cast finds exactly what is meant for them.

    Args:
        case: of the State at home; both bodies are consulted, unless `reads` says otherwise.
        placed: for each readership what gives a text away: its word, a part of its name, its key.
        read: how an answer becomes text, for files of a kind of their own; `as_text` when None.
        reads: who reads what.
    """
    faults = []
    with app.app_context():
        alike = ALIKE if db.get_engine().dialect.name == "postgresql" else {}
    for name, meant in reads.items():
        if name in alike and meant == reads.get(alike[name]):
            continue
        found = dict(everything_of(app, cast[name], case, read or as_text))
        for readers, signs in placed.items():
            for sign in signs:
                where = [place for place, text in found.items() if sign in text]
                if where and readers not in meant:
                    faults.append(f"{name} finds {sign} of {readers} at {where}")
                if not where and readers in meant:
                    faults.append(f"{name} does not find {sign} of {readers}")
    assert not faults, "\n".join(faults)


def everything_of(app: Flask, person: Member, case: Made, read: Reader) -> Iterator[tuple[str, str]]:
    """Every page that `person` can ask for, and every mail to them: (where, text)."""
    client = quick_client(app, person)
    for path in paths_of(app, case, person.actor):
        yield path, _read(app, client, path, read)
    yield from mails_to(app, person)


def paths_of(app: Flask, case: Made, reader: Actor) -> list[str]:
    """The address of every GET route worth asking: of the case with each of its parts, and without a parameter."""
    paths: list[str] = []
    parts = parts_of(app, case)
    for rule in worth_asking(app, reader):
        if "GET" in (rule.methods or ()):
            paths += _addresses(rule, case, parts)
    return paths


def parts_of(app: Flask, case: Made) -> Parts:
    """The keys of everything inside `case` that has an address, hidden or replaced things too."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return {
            name: session.scalars(select(model.key).where(model.case_id == case.id).distinct()).all()
            for name, model in _PARTS.items()
        }


def _addresses(rule: Rule, case: Made, parts: Parts) -> list[str]:
    route = ROUTES[rule.endpoint]
    if route.names is Named.NOTHING and not rule.arguments:
        return [rule.rule]
    if route.names is Named.NUMBER:
        return [rule.rule.replace("<number>", case.number)] if case.number else []
    if route.names is not Named.CASE:
        return []
    path = rule.rule.replace("<key>", case.key)
    for name, word in route.words.items():
        path = re.sub(rf"<(\w+:)?{name}>", word, path)
    addresses = [f"{path}?{urlencode(route.query)}" if route.query else path]
    for name in sorted(route.parts):
        assert name in parts, f"{rule.rule}: say in _PARTS where the {name} of a case stands"
        addresses = [re.sub(rf"<(\w+:)?{name}>", key, one) for one in addresses for key in parts[name]]
    return addresses


def _read(app: Flask, client: FlaskClient, path: str, read: Reader) -> str:
    answer = get(app, client, path)
    assert answer.status_code < 500, f"{path} answered {answer.status_code}"
    # an address comes back in links that lead here again: what was asked for was known before
    return f"{read(answer)}\n{answer.headers}".replace(path, "")


def as_text(answer: TestResponse) -> str:
    """The text of a page or of a file: what a PDF says, what the parts of an archive (a workbook) hold."""
    content = answer.get_data()
    if content.startswith(b"%PDF"):
        return words_of(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return content.decode()


def mails_to(app: Flask, person: Member) -> Iterator[tuple[str, str]]:
    """Every mail to `person` that would leave now, as it would be sent; the code of each that would not is no text."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        user = session.get_one(User, person.id)
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.user_id == person.id)):
            if may_be_told(session, message, user):
                mail = compose(session, message, user)
                bodies = [part.get_content() for part in mail.walk() if not part.is_multipart()]
                headers = [f"{name}: {value}" for name, value in mail.items()]
                yield f"mail {message.code}", "\n".join([*headers, *bodies])
