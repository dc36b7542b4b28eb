"""The demonstration with two of its cases: played by the first test of a process that asks for it, then copied."""

from __future__ import annotations

from unittest.mock import patch

from flask import Flask

from app.demo import loading
from app.demo.stories import received
from app.reference import cache
from app.reference.commands import LoadBundle
from app.reference.services import load_bundle
from app.workflow.actor import SYSTEM
from tests.support.applications import close_connections
from tests.support.databases import Database, bring_back, keep

FEW_STORIES = (received.submitted_alone, received.screening_begun)
_kept: set[str] = set()


def stage_few(app: Flask, database: Database) -> None:
    """Put the invented States, all accounts and two cases into `database`, which holds nothing of them yet."""
    cache.forget()
    name = f"few_{database.backend}"
    if name in _kept:
        close_connections(app)
        bring_back(database, name)
        return
    with app.app_context(), patch.object(loading, "STORIES", FEW_STORIES):
        load_bundle(SYSTEM, LoadBundle(demo=True))
        loading.load_demo()
    close_connections(app)
    keep(database, name)
    _kept.add(name)
