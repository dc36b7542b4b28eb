"""Imports every table so that Alembic and row-level security see them all; nothing else."""

import app.accounts.models
import app.casework.models
import app.foundation.db.idempotency
import app.notifications.models
import app.reference.models
import app.triage.models  # noqa: F401
