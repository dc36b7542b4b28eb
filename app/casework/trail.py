"""The list from which a case was opened goes with its reader, in the addresses of the case's own pages."""

from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy.orm import Session

from app.foundation.wiring import Trail, wiring
from app.workflow.actor import Actor

#: The parameter of an address that names the list.
LIST = "list"


def trail_here(session: Session, actor: Actor, case: Any) -> Trail | None:
    """Return the list that the address of this page names, with the neighbours of `case`; None without one."""
    text = request.args.get(LIST) if has_request_context() else None
    read = wiring().trail
    return read(session, actor, case, text) if text and read else None


def init_trail(app: Flask) -> None:
    """Have every address of the case that is shown carry on the list from which it was opened."""

    @app.url_defaults
    def carry(_endpoint: str, values: dict[str, Any]) -> None:
        if not has_request_context() or not request.view_args:
            return
        key = request.view_args.get("key")
        if key is not None and values.get("key") == key and (text := request.args.get(LIST)):
            values.setdefault(LIST, text)
