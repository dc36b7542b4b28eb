"""Figures are shown to whoever holds the token, and without one to this machine outside production only."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.foundation import access, metrics
from app.foundation.errors import NotFound

FIGURES = {"outbox": lambda _session: {"waiting": 3.0}}


def made(monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Flask:
    monkeypatch.setattr(metrics, "read_session", lambda: None)
    app = Flask("figures")
    access.init_access(app, lambda: None, {"static": access.BARE})
    app.register_error_handler(NotFound, lambda _error: ("", 404))
    metrics.init_metrics(app, sources=FIGURES, **settings)
    access.require_rules(app)
    return app


def test_the_token_opens_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    client = made(monkeypatch, token="long-enough", is_production=True).test_client()
    answer = client.get("/metrics", headers={"Authorization": "Bearer long-enough"})
    assert answer.status_code == 200
    assert "accede_outbox_waiting 3.0" in answer.text
    for wrong in ({}, {"Authorization": "Bearer long"}, {"Authorization": "Bearer "}, {"Authorization": "long-enough"}):
        assert client.get("/metrics", headers=wrong).status_code == 404


def test_production_without_token_has_no_such_address(monkeypatch: pytest.MonkeyPatch) -> None:
    client = made(monkeypatch, token="", is_production=True).test_client()
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("10.0.0.9", 404), ("192.0.2.1", 404)]
)
def test_without_token_only_this_machine_reads(monkeypatch: pytest.MonkeyPatch, address: str, status: int) -> None:
    client = made(monkeypatch, token="", is_production=False).test_client()
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == status


def test_requests_are_counted_by_endpoint_and_unknown_addresses_together(monkeypatch: pytest.MonkeyPatch) -> None:
    client = made(monkeypatch, token="", is_production=False).test_client()
    for path in ("/nothing-1", "/nothing-2"):
        client.get(path)
    client.get("/metrics")
    text = client.get("/metrics").text
    assert 'accede_requests_total{endpoint="metrics.metrics",method="GET",status="200"}' in text
    assert 'accede_requests_total{endpoint="none",method="any",status="404"}' in text
    assert "nothing-1" not in text
