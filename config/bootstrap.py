"""Makes the virtual environment and installs the hash-pinned requirements, only when they changed.

Standard library only: it runs with the system's Python before anything is installed.
Usage: `python -m config.bootstrap requirements.txt [requirements-dev.txt]`, from the root of the repository.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
INSTALLER = ROOT / "requirements-uv.txt"
"""uv installs ten times quicker than pip; without it pip does the same."""


def main(files: list[str]) -> int:
    """Bring the environment in line with `files`; returns the exit code."""
    if sys.version_info[:2] != (3, 11):
        say(f"Accede needs Python 3.11; this is {sys.version.split()[0]}. PYTHON=/path/to/python3.11 make run")
        return 1
    wanted = [ROOT / name for name in files]
    if all(stamp(path).exists() for path in wanted) and PYTHON.exists():
        return 0
    started = time.monotonic()
    if not PYTHON.exists():
        say("Creating .venv")
        venv.create(ENVIRONMENT, clear=ENVIRONMENT.exists(), with_pip=True, symlinks=True)
    say(f"Installing {' and '.join(files)} (every file checked against its hash)")
    if not install(wanted):
        return 1
    for path in wanted:
        for old in ENVIRONMENT.glob(f".installed-{path.stem}-*"):
            old.unlink()
        stamp(path).touch()
    say(f"Dependencies ready after {time.monotonic() - started:.0f} s")
    return 0


def stamp(path: Path) -> Path:
    """The file that says that exactly this version of `path` is installed."""
    return ENVIRONMENT / f".installed-{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"


def install(files: list[Path]) -> bool:
    """Install `files` with uv, or with pip when there is no uv; False when that failed."""
    requirements = [part for path in files for part in ("-r", str(path))]
    if uv := find_uv():
        # a registry behind a company's own certificate is trusted as the system trusts it
        environment = {"UV_NATIVE_TLS": "true", **os.environ, "VIRTUAL_ENV": str(ENVIRONMENT)}
        if run([uv, "pip", "install", "-q", "--compile-bytecode", "--require-hashes", *requirements], environment):
            return True
        say("uv failed; trying pip")
    # the files are complete, so pip need not look for what they leave out: it would ask for names with extras again
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", *requirements]
    return ensure_pip() and run(pip)


def find_uv() -> str | None:
    """A working uv: installed here, else the environment's own, which is fetched first."""
    here = ENVIRONMENT / "bin" / "uv"
    for candidate in (str(here), shutil.which("uv")):
        if candidate and Path(candidate).exists() and works([candidate, "--version"]):
            return candidate
    if ensure_pip() and run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(INSTALLER)]):
        return str(here)
    return None


def ensure_pip() -> bool:
    """Whether the environment has pip; one made by uv gets it now."""
    return works([str(PYTHON), "-m", "pip", "--version"]) or run([str(PYTHON), "-m", "ensurepip"])


def works(command: list[str]) -> bool:
    """Whether `command` succeeds, quietly."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Run `command` with its output shown; whether it succeeded."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False).returncode == 0


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"--> {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
