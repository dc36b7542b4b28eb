"""Flask-Security behind this door: sign-in, second factor, recovery codes, forgotten and changed passwords."""

from app.accounts.security.setup import hash_password, init_security
from app.accounts.security.views import SECURITY_ENDPOINTS

__all__ = ["SECURITY_ENDPOINTS", "hash_password", "init_security"]
