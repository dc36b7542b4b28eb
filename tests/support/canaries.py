"""Canaries: words that stand in one text of each audience, and who comes across them on the way through a case.

A text carries a word of its own (`words`). Somebody walks every GET route of a case and every list into which they are
let, and their notices and rendered mails are read as well (`everything_of`). Who is meant must find the word somewhere,
everybody else nowhere (`faults_in`, `READS`). `tests/integration/audiences` does so for the texts of every kind.
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
from tests.factories.people import Member
from tests.integration.isolation.asking import worth_asking
from tests.integration.isolation.routes import ROUTES, Named
from tests.support.pdf import words_of
from tests.support.readers import ALIKE

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


def alike_on(app: Flask) -> Mapping[str, str]:
    """Who need not walk on the database of `app`, and who finds there what they would find."""
    with app.app_context():
        return ALIKE if db.get_engine().dialect.name == "postgresql" else {}


def faults_in(found: Mapping[str, str], signs: Sequence[str], is_meant: bool) -> Iterator[str]:
    """Say what is wrong with what somebody found.

    Args:
        found: a text by the place where it stood.
        signs: what gives a text away.
        is_meant: each sign has to stand somewhere; else nowhere.
    """
    for sign in signs:
        where = [place for place, text in found.items() if sign in text]
        if where and not is_meant:
            yield f"finds {sign} at {where}"
        if not where and is_meant:
            yield f"does not find {sign}"


def everything_of(app: Flask, person: Member, case: Made, read: Reader) -> Iterator[tuple[str, str]]:
    """Every page that `person` can ask for, and every mail to them: (where, text)."""
    client = quick_client(app, person)
    for path in paths_of(app, case, person.actor):
        yield path, read_at(app, client, path, read)
    yield from mails_to(app, person)


def paths_of(app: Flask, case: Made, reader: Actor) -> list[str]:
    """The address of every GET route worth asking: of the case with each of its parts, and without a parameter."""
    return [*lists_for(app, reader), *pages_of(app, case, reader)]


def lists_for(app: Flask, reader: Actor) -> list[str]:
    """The address of every GET route without a parameter that is worth asking."""
    return [rule.rule for rule in _read_by(app, reader) if _names_nothing(rule)]


def pages_of(app: Flask, case: Made, reader: Actor) -> list[str]:
    """The address of every GET route worth asking of the case with each of its parts; first those without a form."""
    parts, rules = parts_of(app, case), [rule for rule in _read_by(app, reader) if not _names_nothing(rule)]
    rules.sort(key=lambda rule: "POST" in (rule.methods or ()))
    return [path for rule in rules for path in _addresses(rule, case, parts)]


def _read_by(app: Flask, reader: Actor) -> list[Rule]:
    return [rule for rule in worth_asking(app, reader) if "GET" in (rule.methods or ())]


def _names_nothing(rule: Rule) -> bool:
    return ROUTES[rule.endpoint].names is Named.NOTHING and not rule.arguments


def parts_of(app: Flask, case: Made) -> Parts:
    """The keys of everything inside `case` that has an address, hidden or replaced things too."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return {
            name: session.scalars(select(model.key).where(model.case_id == case.id).distinct()).all()
            for name, model in _PARTS.items()
        }


def _addresses(rule: Rule, case: Made, parts: Parts) -> list[str]:
    route = ROUTES[rule.endpoint]
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


def read_at(app: Flask, client: FlaskClient, path: str, read: Reader) -> str:
    """What `client` reads at `path`: the text with the headers."""
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
