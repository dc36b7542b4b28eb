"""What tests must not do: reach the network, and in unit tests the database."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg

_NAMES_OF_THIS_MACHINE: Final = frozenset({"", "localhost", "0.0.0.0", "::"})
_forbidden: list[str] = []


class Forbidden(BaseException):
    """Not an Exception, so that no `except Exception` of the product swallows it."""


@contextmanager
def no_database() -> Iterator[None]:
    """Refuse every connection to a database, and every socket, inside the block."""
    connect, through_class = psycopg.connect, psycopg.Connection.connect

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise Forbidden("a unit test connected to PostgreSQL; tests with a database belong into tests/integration")

    psycopg.connect = refuse
    psycopg.Connection.connect = refuse  # type: ignore[method-assign]
    _forbidden.append("unit")
    try:
        yield
    finally:
        _forbidden.pop()
        psycopg.connect = connect
        psycopg.Connection.connect = through_class  # type: ignore[method-assign]


def install_network_guard() -> None:
    """Refuse addresses outside this machine, in this process, until it ends."""
    sys.addaudithook(_audit)


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect" and _forbidden:
        raise Forbidden("a unit test opened a SQLite database; tests with a database belong into tests/integration")
    if event == "socket.connect":
        address = args[1]
        if _forbidden:
            raise Forbidden(f"a unit test opened a connection to {address}")
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            raise Forbidden(f"a test opened a connection to {address[0]}")
    if event == "socket.getaddrinfo" and args[0] is not None and not _is_here(_text(args[0])):
        raise Forbidden(f"a test looked up {_text(args[0])}")


def _text(host: Any) -> str:
    return host.decode() if isinstance(host, bytes) else str(host)


def _is_here(host: str) -> bool:
    if host in _NAMES_OF_THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
