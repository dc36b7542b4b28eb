"""Unit tests reach neither database nor network, and no test reaches beyond this machine."""

from __future__ import annotations

import socket
import sqlite3

import psycopg
import pytest
from sqlalchemy import create_engine

from tests.support.guards import Forbidden


def test_a_unit_test_cannot_open_sqlite() -> None:
    with pytest.raises(Forbidden, match="SQLite"):
        sqlite3.connect(":memory:")
    with pytest.raises(Forbidden, match="SQLite"):
        create_engine("sqlite://").connect()


def test_a_unit_test_cannot_open_postgresql() -> None:
    with pytest.raises(Forbidden, match="PostgreSQL"):
        psycopg.connect("postgresql://127.0.0.1:1/x")
    with pytest.raises(Forbidden, match="PostgreSQL"):
        create_engine("postgresql+psycopg://127.0.0.1:1/x").connect()


def test_a_unit_test_cannot_open_a_socket() -> None:
    with socket.socket() as probe, pytest.raises(Forbidden):
        probe.connect(("127.0.0.1", 9))


def test_no_test_looks_up_a_foreign_name() -> None:
    with pytest.raises(Forbidden, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
