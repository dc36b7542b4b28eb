"""Imports every table so that Alembic and row-level security see them all; nothing else."""

import app.accounts.kept_forms
import app.accounts.models
import app.assessment.models
import app.casework.models
import app.coordination.links.models
import app.coordination.models
import app.coordination.monthly.models
import app.coordination.silence.models
import app.correspondence.models
import app.dashboards.models
import app.decision.models
import app.delivery.activities.models
import app.delivery.activities.moves
import app.delivery.evaluation.models
import app.delivery.models
import app.delivery.participation.models
import app.delivery.plan.models
import app.documents.models
import app.foundation.db.idempotency
import app.funding.models
import app.funding.sources.models
import app.notifications.models
import app.reference.models
import app.requests.models
import app.triage.models
import app.triage.paper.models
import app.triage.supply_models  # noqa: F401
