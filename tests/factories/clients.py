"""Clients that are signed in, without the way through the sign-in page, which has tests of its own."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.factories.people import Member
from tests.support.client import InspectedClient, let_in

_CSRF = "0123456789abcdef0123456789abcdef01234567"
#: What differs between two answers to the same request.
_CHANGING = (
    (re.compile(r'nonce="[^"]*"'), 'nonce=""'),
    (re.compile(r'(name="(?:csrf_token|_key)"[^>]*value=")[^"]*"'), r'\1"'),
    (re.compile(r'(data-request-id=")[^"]*"'), r'\1"'),
)


def signed_in(app: Flask, person: Member) -> InspectedClient:
    """A client without JavaScript in which `person` is signed in; every page is inspected."""
    client = app.test_client()
    assert isinstance(client, InspectedClient)
    let_in(client, person.id)
    return client


def quick_client(app: Flask, person: Member | None) -> FlaskClient:
    """A client for many requests: its pages are not inspected. None is a visitor."""
    client = FlaskClient(app, app.response_class, use_cookies=True)
    if person is not None:
        let_in(client, person.id)
    return client


def csrf_of(app: Flask, client: FlaskClient) -> str:
    """Return a token that the application accepts from `client`, whatever page it has seen."""
    with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie["csrf_token"] = _CSRF
    secret = app.config.get("WTF_CSRF_SECRET_KEY") or app.secret_key
    return str(URLSafeTimedSerializer(str(secret), salt="wtf-csrf-token").dumps(_CSRF))


def post(app: Flask, client: FlaskClient, path: str, **body: Any) -> TestResponse:
    """Post `body` with a good token and a fresh key, as no page of the product would: for refusals."""
    data = {"csrf_token": csrf_of(app, client), "_key": secrets.token_urlsafe(18), **body}
    return client.post(path, data=data, base_url=app.config["ACCEDE_BASE_URL"])


def get(app: Flask, client: FlaskClient, path: str) -> TestResponse:
    """Get a page."""
    return client.get(path, base_url=app.config["ACCEDE_BASE_URL"])


def without_what_changes(text: str) -> str:
    """Return a page without nonce, tokens and keys, so that two answers can be compared."""
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text
