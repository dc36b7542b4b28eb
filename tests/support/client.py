"""The test client: inspects every page it gets and fills forms as a browser without JavaScript does."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.actor import TOKEN, token_hash
from app.accounts.models import User, UserSession
from app.foundation.clock import now
from app.foundation.db import write_transaction
from tests.support.inspection import inspect_page
from tests.support.people import PASSWORD

Values = Mapping[str, "str | Sequence[str]"]


class InspectedClient(FlaskClient):
    """A Flask test client for the instance's base URL; no page with a fault passes through it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request; every HTML answer is inspected (`tests.support.inspection`)."""
        target: Any = args[0] if args else kwargs.get("path")
        if isinstance(target, str) and not urlsplit(target).netloc:
            kwargs.setdefault("base_url", self.application.config.get("ACCEDE_BASE_URL", "http://localhost"))
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and "Location" not in response.headers and response.get_data():
            where = f"{response.request.method} {response.request.path} -> {response.status_code}"
            inspect_page(response.get_data(as_text=True), response.headers, where)
        return response

    def submit(
        self,
        page: TestResponse,
        values: Values | None = None,
        *,
        form: str = "main form[method=post]",
        button: str | None = None,
        **kwargs: Any,
    ) -> TestResponse:
        """Send a form of `page` with everything it holds (tokens, keys, versions, ticked boxes), changed by `values`.

        Args:
            page: the answer that shows the form.
            values: what the person enters, by field name; a list for fields sent several times.
            form: CSS selector of the form; the first that matches.
            button: name or value of the button that is pressed; the form's first when None.
            kwargs: go to `open`, for instance `follow_redirects=True`.

        Raises:
            AssertionError: no such form or button, or a value for a field that the form does not have.
        """
        soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
        found = soup.select_one(form)
        assert found is not None, (
            f"no {form!r} on {page.request.path}: {[str(tag)[:120] for tag in soup.find_all('form')]}"
        )
        data = form_values(found)
        names = field_names(found)
        for name, value in (values or {}).items():
            assert name in names, f"the form has no field {name!r}, only {sorted(names)}"
            data[name] = [value] if isinstance(value, str) else list(value)
        data.update(_pressed(found, button))
        # a form without an action posts to the page's own address
        target = urljoin(page.request.url, str(found.get("action") or ""))
        method = str(found.get("method", "get")).upper()
        where = urlsplit(target)
        path = f"{where.path}?{where.query}" if where.query else where.path
        carrier = "data" if method == "POST" else "query_string"
        return self.open(path, method=method, **{carrier: data}, **kwargs)


def form_values(form: Tag) -> dict[str, Any]:
    """What a browser would send of `form` as it stands, without its buttons."""
    data: dict[str, Any] = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        if control.has_attr("disabled"):
            continue
        for value in _sent(control):
            data.setdefault(str(control["name"]), []).append(value)
    return data


def field_names(form: Tag) -> set[str]:
    """The names of everything that can be filled in `form`."""
    controls = form.select("input[name], select[name], textarea[name]")
    return {str(control["name"]) for control in controls if not control.has_attr("disabled")}


def _sent(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and options and not control.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", option.get_text())) for option in chosen]
    kind = str(control.get("type", "text")).lower()
    if kind in ("submit", "button", "reset", "image", "file"):
        return []
    if kind in ("checkbox", "radio") and not control.has_attr("checked"):
        return []
    return [str(control.get("value", "on" if kind in ("checkbox", "radio") else ""))]


def _pressed(form: Tag, wanted: str | None) -> dict[str, list[str]]:
    buttons = form.select("button:not([type=button], [type=reset]), input[type=submit]")
    assert buttons, "the form has no button to send it"
    for button in buttons:
        name, value = str(button.get("name", "")), str(button.get("value", ""))
        if wanted is None or wanted in (name, value):
            assert not button.has_attr("disabled"), (
                f"the button {name or value or button.get_text(strip=True)!r} is disabled"
            )
            return {name: [value]} if name else {}
    raise AssertionError(f"no button {wanted!r}, only {[str(button)[:100] for button in buttons]}")


def sign_in(client: FlaskClient, email: str) -> None:
    """Sign `email` in without the way through the page, which has tests of its own: a session as the page begins it."""
    app = client.application
    with app.app_context(), write_transaction(None) as session:
        person = session.scalars(select(User.id).where(User.email == email, User.active.is_(True))).one()
    let_in(client, person)


def let_in(client: FlaskClient, user_id: int) -> None:
    """Begin a session of this person in `client`."""
    app, token, at = client.application, secrets.token_urlsafe(16), now()
    with app.app_context(), write_transaction(None) as session:
        row = UserSession(user_id=user_id, token_hash=token_hash(token), created_at=at, last_seen_at=at)
        row.expires_at = at + timedelta(hours=12)
        session.add(row)
    with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie[TOKEN] = token
        cookie["fs_paa"] = time.time()


def sign_in_on_the_page(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    """Sign `email` in through the real page; returns the answer after the redirects.

    Raises:
        AssertionError: the account was not let in.
    """
    assert isinstance(client, InspectedClient)
    page = client.get("/login")
    answer = client.submit(page, {"email": email, "password": password}, follow_redirects=True)
    assert answer.status_code == 200, f"sign-in of {email} answered {answer.status_code}"
    assert answer.request.path != "/login", f"{email} was not let in"
    return answer


def sign_out(client: FlaskClient) -> TestResponse:
    """End the session through the page's own form."""
    assert isinstance(client, InspectedClient)
    page = client.get("/", follow_redirects=True)
    return client.submit(page, form="form[action$='/logout']", follow_redirects=True)
