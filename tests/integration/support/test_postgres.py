"""The temporary PostgreSQL starts, answers and leaves nothing."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.support import postgres


@pytest.mark.skipif(postgres.binaries() is None, reason="NOT TESTED: postgresql: no binaries installed")
def test_a_cluster_starts_and_is_gone_after_its_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    # a folder of this test would be closed to the unprivileged user that runs the server
    folder = Path("/tmp") / f"accede-cluster-{postgres.free_port()}"  # noqa: S108
    url = postgres.start(folder).replace("+psycopg", "")
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
    finally:
        postgres.stop(folder)
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
    assert b"postgres" not in _command(pid)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
