"""Structured logs: one JSON object per line in production, coloured lines with tracebacks in the demo.

A line carries codes, numbers and public keys. It never carries what people wrote or who they are: title, text, file
name, e-mail, token (security.md, Logs). Therefore the fields are an allow-list, exceptions lose their messages (a
database error quotes the row) and texts of libraries are masked.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

from config.settings import Settings

ALLOWED_FIELDS: Final = frozenset(
    {
        # every line
        "event", "level", "logger", "timestamp", "exception",
        # a request
        "request_id", "user_id", "method", "route", "status", "duration_ms", "sql_statements", "endpoint",
        # codes and public keys
        "case_key", "key", "number", "action", "role", "state", "code", "error", "kind", "reason_code", "template",
        "table", "backend", "revision", "head",
        # worker and commands
        "job", "job_id", "message_id", "attempt", "attempts", "count", "rows", "seq", "delay_seconds",
        "pid", "signal", "port", "host", "version", "environment", "age_seconds", "exit_code", "dry_run",
    }
)  # fmt: skip
"""Names that may appear in a line; anything else is replaced by its name in `dropped`."""

_EMAIL: Final = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_\-.]{32,}")
_QUERY: Final = re.compile(r"\?[^\s\"']+")
_KEPT_AS_WRITTEN: Final = frozenset({"timestamp", "exception", "request_id", "logger", "level", "head", "revision"})
_FOR_RENDERER: Final = frozenset({"exc_info", "stack_info"})
_QUIET_LOGGERS: Final = ("werkzeug", "gunicorn.access", "sqlalchemy.engine", "alembic", "huey", "asyncio", "mail.log")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class StandardError(logging.Handler):
    """Writes to whatever standard error is at that moment; a stream kept from the start may have been replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - a failing log must not fail the request
            self.handleError(record)


def configure_logging(settings: Settings) -> None:
    """Send every log line of this process, also those of libraries, through one pipeline to standard error.

    May be called again; the last settings win. Each line gets what `structlog.contextvars.bind_contextvars` holds, so a
    request binds `request_id`, `user_id` and `route` once.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([describe_exception] if settings.is_production else []),
        keep_allowed_fields,
        mask_texts,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.PositionalArgumentsFormatter(), *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(settings)],
    )
    handler = StandardError()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def describe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace the exception by its classes and places in the code, without any message or local value."""
    info = _exc_info(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if info is not None:
        event["exception"] = [_one_exception(error) for error in _chain(info[1])]
    return event


def keep_allowed_fields(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop every field that is not on the list and say which names were dropped."""
    dropped = sorted(name for name in event if name not in ALLOWED_FIELDS | _FOR_RENDERER and not name.startswith("_"))
    for name in dropped:
        del event[name]
    if dropped:
        event["dropped"] = dropped
    return event


def mask_texts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Mask addresses, tokens and query strings in texts: the second net, for lines that libraries write."""
    for name, value in event.items():
        if isinstance(value, str) and name not in _KEPT_AS_WRITTEN and not name.startswith("_"):
            event[name] = masked(value)
    return event


def masked(text: str) -> str:
    """`text` without e-mail addresses, query strings and anything as long as a token."""
    return _TOKEN.sub("[long]", _QUERY.sub("?[query]", _EMAIL.sub("[e-mail]", text)))


def _renderer(settings: Settings) -> Processor:
    if settings.is_production:
        return structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def _exc_info(given: Any) -> ExcInfo | None:
    if not given:
        return None
    if isinstance(given, BaseException):
        return type(given), given, given.__traceback__
    info = given if isinstance(given, tuple) else sys.exc_info()
    return info if info[0] is not None else None


def _chain(error: BaseException) -> list[BaseException]:
    """The exception and what caused it, outermost first."""
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return found


def _one_exception(error: BaseException) -> MutableMapping[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "code": getattr(error, "code", None) if isinstance(getattr(error, "code", None), str) else None,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
