"""Who holds what until when: a lease is the name of a worker and an instant, written into the row that it works on.

Instants of leases are read from one clock for all workers, the database's, so that a machine whose own clock is fast
does not take what another is working on.
"""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.foundation.clock import is_stopped, now
from app.foundation.db import UtcDateTime


def new_owner() -> str:
    """Return the name under which this process holds leases: machine, process and a part by chance."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def shared_now(session: Session) -> datetime:
    """Return the present instant, the same for every worker whatever its machine's clock says.

    Workers on SQLite share a machine and with it a clock.
    """
    if is_stopped() or session.get_bind().dialect.name != "postgresql":
        return now()
    return session.execute(select(func.clock_timestamp(type_=UtcDateTime()))).scalar_one()
