"""The import direction of the architecture is executed (contracts: pyproject.toml, importlinter)."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
RUN: Final = "import sys; from importlinter.cli import lint_imports_command as run; run(sys.argv[1:])"


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter in `folder`; in a process of its own, because it imports and caches what it reads."""
    return subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache", *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_goes_downwards() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


BROKEN: Final = {
    "a slice imports its sibling": {"app/requests/views.py": "import app.triage.views", "app/triage/views.py": ""},
    "the spine imports a slice": {"app/casework/perform.py": "import app.requests.views", "app/requests/views.py": ""},
    "the process imports the database": {"app/workflow/guards.py": "import sqlalchemy"},
    "the process imports Flask": {"app/workflow/guards.py": "from flask import request"},
    "Flask-Security elsewhere": {"app/casework/perform.py": "from flask_security import current_user"},
    "Flask-Security elsewhere in accounts": {"app/accounts/services.py": "import flask_security"},
    "the signed-in user in a slice": {"app/requests/views.py": "from flask_login import current_user"},
    "rendering a mail looks into the outbox": {
        "app/notifications/rendering.py": "import app.notifications.outbox",
        "app/notifications/outbox.py": "",
    },
    "a module of notices without a place": {"app/notifications/helpers.py": ""},
    "a package without a place": {"app/utils/__init__.py": ""},
    "settings import the application": {
        "config/settings.py": "import app.workflow.guards",
        "app/workflow/guards.py": "",
    },
}

ALLOWED: Final = {
    "composition joins slices": {
        "app/composition.py": "import app.requests.views, app.triage.views",
        "app/requests/views.py": "import app.casework.perform",
        "app/triage/views.py": "",
        "app/casework/perform.py": "import app.workflow.guards",
        "app/workflow/guards.py": "",
    },
    "accounts use the sign-in libraries": {
        "app/accounts/models.py": "import flask_security",
        "app/accounts/security.py": "import flask_security",
        "app/accounts/views.py": "from flask_login import current_user",
        "app/foundation/access.py": "from flask_login import current_user",
    },
}


CONFIGURATION: Final = ("settings", "secrets_policy", "logging", "bootstrap")


def a_small_product(folder: Path, files: dict[str, str]) -> Path:
    """Write `files` and the packages around them below `folder`, under this repository's contracts."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for name in (
        "app/workflow/__init__.py",
        "app/notifications/__init__.py",
        *(f"config/{name}.py" for name in CONFIGURATION),
    ):
        files = {name: "", **files}
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source + "\n")
        for package in path.relative_to(folder).parents:
            if str(package) != ".":
                (folder / package / "__init__.py").touch()
    return folder


@pytest.mark.parametrize("files", BROKEN.values(), ids=BROKEN.keys())
def test_the_contracts_see_a_wrong_import(tmp_path: Path, files: dict[str, str]) -> None:
    result = lint(a_small_product(tmp_path, files))
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout


@pytest.mark.parametrize("files", ALLOWED.values(), ids=ALLOWED.keys())
def test_the_contracts_let_pass_what_the_architecture_allows(tmp_path: Path, files: dict[str, str]) -> None:
    result = lint(a_small_product(tmp_path, files))
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_layer_of_the_architecture_is_named() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = "\n".join(next(contract for contract in contracts if contract["type"] == "layers")["layers"])
    order = [layers.index(f"({name})") for name in (
        "composition", "casefile", "requests", "documents", "casework", "notifications", "accounts", "reference",
        "foundation", "workflow",
    )]  # fmt: skip
    assert order == sorted(order)
