"""A test's database comes without what the former test's left beside it."""

from __future__ import annotations

from flask import Flask

from app.casework.jobs import checkpoint
from app.casework.verify import latest_checkpoint
from app.cli import checkpoint_folder
from app.workflow.actor import SYSTEM
from tests.support.databases import Database, fresh_database


def test_a_fresh_database_is_compared_with_no_checkpoint_of_the_former(app: Flask, database: Database) -> None:
    with app.app_context():
        folder = checkpoint_folder()
        checkpoint(SYSTEM)
    assert latest_checkpoint(folder) is not None
    fresh_database(database.backend)
    assert latest_checkpoint(folder) is None
