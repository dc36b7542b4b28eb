"""Asks every route with a parameter for an object that somebody may not see, and for one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.foundation.access import rule_of
from app.workflow.actor import Actor
from tests.factories.cases import Made
from tests.factories.clients import csrf_of, without_what_changes
from tests.integration.isolation.routes import ROUTES, Named

#: Well formed, given to nothing.
MISSING_KEY: Final = "zzzzzzzzzzzz"
MISSING_PART: Final = "yyyyyyyyyyyy"
MISSING_NUMBER: Final = "TPB-2026-9999"
_BY_ROUTE: Final = {
    Named.CASE: MISSING_KEY,
    Named.PERSON: MISSING_KEY,
    Named.INVITATION: MISSING_KEY,
    Named.NUMBER: MISSING_NUMBER,
}

#: Status, body and headers of an answer.
Seen = tuple[int, str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a route, a method, and what its address names."""

    rule: Rule
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def asks_for(app: Flask, *kinds: Named) -> Iterator[Ask]:
    """Every route whose address names one of `kinds`, once per method."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if ROUTES[rule.endpoint].names in kinds:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield Ask(rule, method)


def worth_asking(app: Flask, person: Actor | None) -> Iterator[Rule]:
    """Every route whose marker lets `person` in, by its address, and one that does not.

    The others answer as that one does, before anything is looked up: `test_who_is_not_let_in_reaches_no_view`.
    """
    barred = False
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        admitted = rule_of(app, rule.endpoint).admits(person)
        if admitted or not barred:
            yield rule
        barred = barred or (not admitted and "GET" in (rule.methods or ()) and not rule.arguments)


def in_turn(cases: Sequence[Made], place: int) -> list[Made]:
    """Three of `cases` for the question at `place`, so that all come up in turn: where they are looked up is one."""
    return [cases[(place + more) % len(cases)] for more in range(min(3, len(cases)))]


def send(app: Flask, client: FlaskClient, ask: Ask, named: str, *, version: int = 1, officer: str = "") -> TestResponse:
    """Send `ask` about the object `named`; a POST carries a body that is complete for an object in the right state."""
    route = ROUTES[ask.rule.endpoint]
    path = ask.rule.rule
    for name in ask.rule.arguments:
        path = path.replace(f"<{name}>", MISSING_PART if name in route.parts else route.words.get(name, named))
    base = app.config["ACCEDE_BASE_URL"]
    if ask.method == "GET":
        return client.get(path, query_string=route.query, base_url=base)
    # the same key both times: nothing may be left of the first try, or the second would answer otherwise
    body = {
        "csrf_token": csrf_of(app, client),
        "_key": "a-key-that-is-sent-once-more",
        **body_of(ask, version, officer),
    }
    return client.post(path, data=body, base_url=base)


def body_of(ask: Ask, version: int, officer: str) -> dict[str, str]:
    """What a POST says besides token and key; a GET has no body."""
    said = ROUTES[ask.rule.endpoint].body if ask.method == "POST" else {}
    return {name: value.format(version=version, officer=officer) for name, value in said.items()}


def seen_of(answer: TestResponse, named: str) -> Seen:
    """Everything that a reader can tell two answers apart by, with what was asked for made the same."""
    body = without_what_changes(answer.get_data(as_text=True)).replace(named, "NAMED")
    headers = [
        (name, _plain(value).replace(named, "NAMED"))
        for name, value in answer.headers
        if name.lower() not in {"set-cookie", "x-request-id", "date", "content-length"}
    ]
    return answer.status_code, body, headers


def _plain(value: str) -> str:
    return re.sub(r"'nonce-[^']*'", "'nonce'", value)


class Comparing:
    """Asks as one person, and compares with the answers about nothing."""

    def __init__(self, app: Flask, client: FlaskClient, officer: str = "") -> None:
        self._app, self._client, self._officer = app, client, officer
        self._nothing: dict[str, Seen] = {}

    def difference(self, ask: Ask, named: str, case: Made | None = None) -> str | None:
        """Say how the answer about `named` differs from the one about nothing; None when it does not."""
        version = case.version if case else 1
        missing = _BY_ROUTE[ROUTES[ask.rule.endpoint].names]
        asked = f"{ask} {body_of(ask, version, self._officer)}"  # a page has no version: nothing is asked about it once
        if asked not in self._nothing:
            answer = send(self._app, self._client, ask, missing, version=version, officer=self._officer)
            self._nothing[asked] = seen_of(answer, missing)
        answer = send(self._app, self._client, ask, named, version=version, officer=self._officer)
        return told_apart(seen_of(answer, named), self._nothing[asked])


def told_apart(
    there: tuple[int, str, list[tuple[str, str]]], nothing: tuple[int, str, list[tuple[str, str]]]
) -> str | None:
    """Say how two answers differ."""
    if there == nothing:
        return None
    if there[0] != nothing[0]:
        return f"{there[0]} instead of {nothing[0]}"
    if there[1] != nothing[1]:
        lines = zip(there[1].splitlines(), nothing[1].splitlines(), strict=False)
        return next((f"{one[:200]!r} instead of {other[:200]!r}" for one, other in lines if one != other), "length")
    return f"headers {set(there[2]) ^ set(nothing[2])}"
