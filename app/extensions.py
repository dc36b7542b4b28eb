"""Extensions are created here and configured in `create_app`."""

from flask_wtf import CSRFProtect

from app.foundation.db import db

csrf = CSRFProtect()

__all__ = ["csrf", "db"]
