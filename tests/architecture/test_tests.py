"""Tests share nothing that a former one could use up: the same test runs on each database, in any order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
#: What the client closes after it was posted.
_STREAMS: Final = frozenset({"BytesIO", "FileStorage", "open"})


def used_up(source: str) -> list[int]:
    """Lines at which a stream is made while the module is imported, in a decorator's arguments too."""
    return [call.lineno for call in _at_import(ast.parse(source)) if _name(call.func) in _STREAMS]


def _at_import(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children: list[ast.AST] = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        children = [node.args]
    elif isinstance(node, ast.With | ast.AsyncWith):
        children = [*node.body]  # it is closed where it was opened
    else:
        children = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.Call):
        yield node
    for child in children:
        yield from _at_import(child)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_no_stream_is_shared_between_tests() -> None:
    found = {path.relative_to(ROOT).as_posix(): used_up(path.read_text("utf-8")) for path in ROOT.glob("tests/**/*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("BAD = [\n    {'original': (BytesIO(b''), '')},\n]", [2]),
        ("@parametrize('file', [io.BytesIO(b'x')])\ndef test(file): ...", [1]),
        ("def letter(scan=FileStorage()): ...", [1]),
        ("class A:\n    file = open('x')", [2]),
        ("def letter():\n    return BytesIO(b'')", []),
        ("make = lambda: BytesIO(b'')", []),
        ("with open('x') as file:\n    DATA = file.read()", []),
    ],
)
def test_a_shared_stream_is_seen(source: str, lines: list[int]) -> None:
    assert used_up(source) == lines
