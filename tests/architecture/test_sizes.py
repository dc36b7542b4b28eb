"""Files, functions and views stay small enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FILE_LINES: Final = 300
TEST_FILE_LINES: Final = 400
FUNCTION_LINES: Final = 40
VIEW_LINES: Final = 25

EXCEPTIONS: Final[dict[str, str]] = {}
"""`path` or `path::function` -> why it may be longer. Each entry must still be needed."""

_ROUTES: Final = frozenset({"route", "get", "post", "put", "patch", "delete"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def product_files() -> list[Path]:
    """Every Python file of the product; numbered migrations are records, not code to grow."""
    found = [*ROOT.glob("app/**/*.py"), *ROOT.glob("config/**/*.py"), *ROOT.glob("migrations/*.py"), ROOT / "wsgi.py"]
    return sorted(found)


def files_of_tests() -> list[Path]:
    """Every Python file of the tests."""
    return sorted(ROOT.glob("tests/**/*.py"))


def name_of(path: Path) -> str:
    """The path below the root."""
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    """Number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring: explaining more must never be punished."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def functions(path: Path) -> Iterator[tuple[str, Function]]:
    """Every function of a file, methods and nested ones too, with its name in this test's messages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield f"{name_of(path)}::{node.name}", node


def is_view(function: Function) -> bool:
    """Whether a route is declared on it."""
    calls = [decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in _ROUTES for call in calls)


def too_long() -> dict[str, str]:
    """What is over its limit, by name, with how much."""
    found = {}
    for paths, limit in ((product_files(), FILE_LINES), (files_of_tests(), TEST_FILE_LINES)):
        for path in paths:
            if (lines := lines_of(path)) >= limit:
                found[name_of(path)] = f"{lines} lines, under {limit} wanted"
    for path in product_files():
        for name, function in functions(path):
            limit = VIEW_LINES if is_view(function) else FUNCTION_LINES
            if (lines := length(function)) >= limit:
                found[name] = f"{lines} lines, under {limit} wanted"
    return found


def test_nothing_is_too_long() -> None:
    over = {name: why for name, why in too_long().items() if name not in EXCEPTIONS}
    assert not over, "\n".join(f"{name}: {why}" for name, why in over.items())


def test_no_exception_outlives_its_need() -> None:
    assert set(EXCEPTIONS) <= set(too_long())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f():\n    '''Says\n\n    much.\n    '''\n    return 1\n", 2),
        ("def f():\n    return (\n        1\n    )\n", 4),
        ("@bp.get('/')\ndef f():\n    return 1\n", 2),
    ],
)
def test_a_function_is_measured_without_docstring_and_decorators(source: str, expected: int) -> None:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert length(function) == expected


def test_a_view_is_known_by_its_route() -> None:
    view, plain = ast.parse("@bp.post('/x')\n@access.public\ndef a(): ...\n@cache\ndef b(): ...").body
    assert isinstance(view, ast.FunctionDef)
    assert isinstance(plain, ast.FunctionDef)
    assert is_view(view)
    assert not is_view(plain)
