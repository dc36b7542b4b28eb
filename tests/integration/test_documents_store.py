"""Upkeep of the store, on a disk and in S3: nothing in use is ever removed, what changed is named."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from app.documents import jobs, upkeep
from app.documents.cli import documents_cli
from app.documents.models import Document
from app.documents.storage import EXTENSION, FileMissing, Store, new_name, store_for, the_store
from app.documents.storage.disk import DiskStore
from app.documents.storage.s3 import S3Store, client_for
from app.foundation.clock import now
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.factories.cases import make_case
from tests.factories.documents import attach, stored_file
from tests.factories.people import cast_of
from tests.support import files
from tests.support.settings import settings_for


@pytest.fixture(autouse=True)
def store(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskStore:
    """An empty store of this test's own."""
    made = DiskStore(tmp_path / "documents")
    monkeypatch.setitem(app.extensions, EXTENSION, made)
    return made


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """A client of an S3 on this machine with the bucket `papers`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = client_for(endpoint=address, region="us-east-1", access_key="test", secret_key="test")
    client.create_bucket(Bucket="papers")
    yield address, client
    client.close()
    server.stop()


def age(store: DiskStore, path: Path, by: timedelta) -> None:
    """Let every file in the store be older."""
    for file in path.rglob("*"):
        if file.is_file():
            then = (now() - by).timestamp()
            os.utime(file, (then, then))


def test_files_of_no_document_are_collected_when_nobody_can_name_them_any_more(
    app: Flask, store: DiskStore, tmp_path: Path
) -> None:
    cast = cast_of(app)
    case = make_case(app, cast, State.IN_REVIEW)
    used, orphan = stored_file(app), stored_file(app)
    attach(app, cast.mission, case, used)
    with app.app_context():
        assert jobs.collect_files(SYSTEM) == 0
        age(store, tmp_path, upkeep.WAITS - timedelta(minutes=5))
        assert jobs.collect_files(SYSTEM) == 0
        age(store, tmp_path, upkeep.WAITS + timedelta(minutes=5))
        assert jobs.collect_files(SYSTEM) == 1
        assert [kept.name for kept in store.everything()] == [used.storage_name]
        assert jobs.collect_files(SYSTEM) == 0
    assert orphan.storage_name != used.storage_name


def test_a_file_that_a_form_keeps_can_be_used_until_its_reference_ends(app: Flask) -> None:
    assert upkeep.KEPT_FOR + timedelta(hours=1) < upkeep.WAITS


def test_what_is_missing_or_changed_is_named(app: Flask, store: DiskStore, tmp_path: Path) -> None:
    cast = cast_of(app)
    case = make_case(app, cast, State.IN_REVIEW)
    sound, gone, changed = (attach(app, cast.mission, case, stored_file(app)) for _ in range(3))
    store.remove(gone.storage_name)
    (path,) = tmp_path.rglob(changed.storage_name)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    runner = app.test_cli_runner()
    answer = runner.invoke(documents_cli, ["verify"])
    assert answer.exit_code == 1
    assert f"document {gone.key}: file missing\n" in answer.output
    assert f"document {changed.key}: file changed\n" in answer.output
    assert "3 files, 2 bad." in answer.output
    assert sound.key not in answer.output
    with app.app_context():
        assert jobs.verify_files(SYSTEM) == 2
    assert "0 files removed." in runner.invoke(documents_cli, ["collect"]).output


@pytest.mark.sqlite_only
def test_a_bucket_keeps_finds_lists_and_removes(app: Flask, bucket: tuple[str, Any], database: Any) -> None:
    address, client = bucket
    settings = settings_for(
        database, document_store="s3://papers/here", s3_endpoint=address, s3_access_key="test", s3_secret_key="test"
    )
    kept: Store = store_for(settings)
    assert isinstance(kept, S3Store)
    name = new_name("ab" * 32)
    content = io.BytesIO(b"..." + "مشروع".encode() * 1000)
    content.seek(3)
    kept.put(name, content)
    with kept.open(name) as file:
        assert file.read() == "مشروع".encode() * 1000
    client.put_object(Bucket="papers", Key="elsewhere", Body=b"x")
    (one,) = kept.everything()
    assert one.name == name
    assert one.since.tzinfo is not None
    kept.remove(name)
    kept.remove(name)
    with pytest.raises(FileMissing):
        kept.open(name)
    assert list(kept.everything()) == []


@pytest.mark.sqlite_only
def test_documents_in_a_bucket(app: Flask, bucket: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same upkeep over S3: what is missing is named, what is young stays."""
    monkeypatch.setitem(app.extensions, EXTENSION, S3Store(bucket[1], "papers", "cases"))
    cast = cast_of(app)
    case = make_case(app, cast, State.IN_REVIEW)
    sound, gone = attach(app, cast.mission, case), attach(app, cast.mission, case, stored_file(app))
    assert sound.size == len(files.GOOD["pdf"])
    with app.app_context():
        the_store().remove(gone.storage_name)
        assert jobs.verify_files(SYSTEM) == 1
        assert jobs.collect_files(SYSTEM) == 0


def test_the_key_of_a_document_is_no_part_of_its_place(app: Flask) -> None:
    cast = cast_of(app)
    document: Document = attach(app, cast.mission, make_case(app, cast, State.IN_REVIEW))
    assert document.key not in document.storage_name
    assert document.storage_name.startswith(document.sha256)
