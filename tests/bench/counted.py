"""The application as gunicorn serves it, with one more header: how many SQL statements the answer cost."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine

#: performance.md counts what is sent except BEGIN, COMMIT and set_config.
_NOT_COUNTED: Final = re.compile(
    r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET\s|SELECT\s+(pg_catalog\.)?set_config\s*\()", re.IGNORECASE
)
HEADER: Final = "X-Bench-Statements"
_seen = threading.local()


@event.listens_for(Engine, "before_cursor_execute")
def _count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not _NOT_COUNTED.match(statement):
        _seen.number = getattr(_seen, "number", 0) + 1


def counted(wsgi: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return `wsgi` with the header; what a streamed answer asks for later is not in it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        _seen.number = 0

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, str(_seen.number))], *rest)

        return wsgi(environ, start)

    return answer
