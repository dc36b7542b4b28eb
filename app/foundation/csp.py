"""Headers that keep a page to itself: content security policy, framing, sniffing, referrer, caching."""

from __future__ import annotations

import secrets
from typing import Final

from flask import Flask, Response, g

_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
#: One year, for this host and below.
_STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"
_NONCE_BYTES: Final = 18


def csp_nonce() -> str:
    """Return the nonce of this response for `<script nonce>`; made when a template first asks for it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return str(g.csp_nonce)


def content_policy(nonce: str | None = None) -> str:
    """Return the policy, with `nonce` allowed for scripts when a template asked for one."""
    policy = dict(_POLICY)
    if nonce:
        policy["script-src"] += f" 'nonce-{nonce}'"
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def init_csp(app: Flask, *, base_url: str = "") -> None:
    """Set the headers on every answer of `app` that does not carry its own.

    Args:
        app: the application.
        base_url: where people reach it; strict transport security is announced only for https.
    """
    plain = content_policy()
    secure = base_url.startswith("https://")

    def harden(response: Response) -> Response:
        nonce = g.get("csp_nonce")
        response.headers.setdefault("Content-Security-Policy", content_policy(nonce) if nonce else plain)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)
        return response

    app.after_request(harden)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
