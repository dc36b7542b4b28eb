"""Requests with files: what is taken in, what is thrown away on the way, what is kept of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, request, session

from app.foundation.uploads import BoundedFile, init_uploads, takes_files
from config.settings import Settings
from tests.support import files

MEGA = 1_000_000


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.secret_key = "of this test only"
    settings = Settings(environment="test", document_limit_mb=1, upload_limit_mb=3)
    made.extensions["settings"] = settings
    made.config["MAX_CONTENT_LENGTH"] = 10_000
    init_uploads(made, settings)

    @made.get("/in")
    def let_in() -> str:
        session["somebody"] = "1"
        return ""

    @made.post("/upload")
    @takes_files
    def upload() -> dict[str, object]:
        file = request.files["file"]
        content = file.stream.read()
        return {
            "title": request.form["title"],
            "size": len(content),
            "name": file.filename,
            "too_large": getattr(file.stream, "too_large", None),
        }

    @made.post("/text")
    def text() -> str:
        return request.form["title"]

    return made


def body(size: int) -> dict[str, Any]:
    return files.form_with({"title": "Проект"}, "law.pdf", b"x" * size)


def test_a_file_above_its_limit_is_thrown_away_and_the_text_is_kept(app: Flask) -> None:
    client = app.test_client()
    client.get("/in")
    assert client.post("/upload", **body(MEGA)).json == {
        "title": "Проект", "size": MEGA, "name": "law.pdf", "too_large": False,
    }  # fmt: skip
    assert client.post("/upload", **body(MEGA + 1)).json == {
        "title": "Проект", "size": 0, "name": "law.pdf", "too_large": True,
    }  # fmt: skip


def test_only_above_the_limit_of_all_files_nothing_is_read(app: Flask) -> None:
    client = app.test_client()
    client.get("/in")
    assert client.post("/upload", **body(2 * MEGA)).status_code == 200
    assert client.post("/upload", **body(3 * MEGA)).status_code == 413


def test_other_views_and_people_without_a_session_have_the_small_limit(app: Flask) -> None:
    client = app.test_client()
    assert client.post("/upload", **body(20_000)).status_code == 413
    client.get("/in")
    assert client.post("/text", data={"title": "x" * 20_000}).status_code == 413


def test_what_comes_after_the_limit_takes_no_room() -> None:
    with BoundedFile(10) as file:
        assert [file.write(b"x" * 8), file.write(b"x" * 8), file.write(b"x")] == [8, 8, 1]
        assert file.too_large
        file.seek(0)
        assert file.read() == b""
        assert file.writable()
