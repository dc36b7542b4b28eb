"""The virus scanner, asked over a real socket: what it finds is kept where nobody gets it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.documents.scanner import ScannerAway, finds_something
from tests.support.scanner import SIGNATURE, Scanner


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    with Scanner() as running:
        yield running


def test_it_is_sent_the_whole_file_and_believed(scanner: Scanner) -> None:
    clean = io.BytesIO(b"x" * 200_000)
    clean.seek(50)
    assert not finds_something(clean, scanner.address)
    assert clean.tell() == 0
    assert finds_something(io.BytesIO(b"x" * 100_000 + SIGNATURE), scanner.address)
    assert [len(content) for content in scanner.seen] == [200_000, 100_000 + len(SIGNATURE)]


def test_over_a_unix_socket(tmp_path: Path) -> None:
    with Scanner(tmp_path / "clamd.sock") as running:
        assert finds_something(io.BytesIO(SIGNATURE), running.address)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"\0"])
def test_an_answer_that_is_none_is_not_taken_for_clean(scanner: Scanner, answer: bytes) -> None:
    scanner.says = answer
    with pytest.raises(ScannerAway):
        finds_something(io.BytesIO(b"x"), scanner.address)


def test_nobody_there(tmp_path: Path, scanner: Scanner) -> None:
    with pytest.raises(ScannerAway):
        finds_something(io.BytesIO(b"x"), f"unix://{tmp_path}/nothing")
    with pytest.raises(ScannerAway):
        finds_something(io.BytesIO(b"x"), "tcp://127.0.0.1:1")
