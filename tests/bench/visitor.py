"""A person with a browser, as far as a measurement needs one: cookies, forms, a connection that stays open."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Final, Self
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

from app.demo.people import DOMAIN, PASSWORD
from tests.bench.counted import HEADER

_TIMEOUT: Final = 60
#: Seconds after which a connection counts as closed; the server keeps one open for five.
_IDLE: Final = 3.0
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        seconds: from the first octet sent to the last received.
        octets: as they came over the wire, compressed where the server compresses.
        statements: SQL that it cost.
    """

    status: int
    seconds: float
    octets: int
    statements: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")


class Visitor:
    """Keeps cookies over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
        self._cookies: dict[str, str] = {}
        self._used = time.monotonic()

    @classmethod
    def signed_in(cls, port: int, login: str) -> Self:
        """Return somebody who came through the page on which people sign in.

        Raises:
            RuntimeError: the account was not let in.
        """
        visitor = cls(port)
        page = visitor.get("/login")
        typed = {"email": f"{login}@{DOMAIN}", "password": PASSWORD}
        answer = visitor.post("/login", fields_of(page.text, "form[action*=login]") | typed)
        if answer.status not in {302, 303}:
            raise RuntimeError(f"{login} was not let in: {answer.status}")
        return visitor

    def copy(self, port: int) -> Visitor:
        """Return the same person at another window, with a connection of its own."""
        other = Visitor(port)
        other._cookies = dict(self._cookies)
        return other

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = _FORM
        if time.monotonic() - self._used > _IDLE:
            self._connection.close()  # the server has closed it by now; the next line opens another
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - begun
        self._used = time.monotonic()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        plain = gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
        statements = int(answer.headers.get(HEADER, "0"))
        return Answer(answer.status, seconds, len(content), statements, answer.headers.get("Location", ""), plain)


def fields_of(page: str, form: str) -> dict[str, str]:
    """Return what the form on a page sends without being filled in: its hidden fields.

    Raises:
        RuntimeError: the page has no such form.
    """
    found = BeautifulSoup(page, "lxml").select_one(form)
    if not isinstance(found, Tag):
        raise RuntimeError(f"no {form} on the page")
    return {
        str(one["name"]): str(one.get("value", "")) for one in found.select("input[type=hidden]") if one.get("name")
    }
