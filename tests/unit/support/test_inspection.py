"""The inspection of pages finds what it is there for."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import Headers

from tests.support.inspection import BadPage, inspect_page

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>Drafts</title><script src="/static/app.js"></script>
</head><body><main><h1>Drafts</h1><form method="post"><input type="hidden" name="csrf_token" value="t">
<label for="a">Title</label><input id="a" name="a" aria-describedby="hint"><p id="hint">Short.</p>
<label>Tick <input type="checkbox" name="b"></label><button>Save</button></form><a href="/x">Back</a>
<script type="application/json">{"a": 1}</script></main></body></html>"""


def inspect(html: str, **headers: str) -> None:
    changed = {name: headers.get(name.replace("-", "_").lower(), value) for name, value in HEADERS.items()}
    inspect_page(html, Headers(changed), "GET /")


def test_a_good_page_passes() -> None:
    inspect(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>Drafts</h1>", "<p>Drafts</p>", "0 h1"),
        ("<h1>Drafts</h1>", "<h1>Drafts</h1><h1>More</h1>", "2 h1"),
        ("<h1>Drafts</h1>", "<h1> </h1>", "h1 is empty"),
        ("<title>Drafts</title>", "<title> </title>", "no title"),
        (' lang="en"', "", "no lang"),
        (' dir="ltr"', "", "no dir"),
        ('<label for="a">Title</label>', "", "no label"),
        ('<label for="a">Title</label>', '<label for="a"></label>', "no label"),
        ("<label>Tick <", "<label><", "no label"),
        ('name="csrf_token" value="t"', 'name="csrf_token" value=""', "without CSRF token"),
        ('method="post"', 'method="get"', "GET form with a CSRF token"),
        ('<form method="post">', '<form method="post" action="https://evil.example/">', "another site"),
        ('<p id="hint">', "<p>", "names 'hint', which is not there"),
        ('<p id="hint">', '<p id="hint"></p><p id="hint">', "used 2 times"),
        ('<p id="hint">', '<p id="hint" style="color:red">', "inline style"),
        ('<p id="hint">', '<p id="hint" onclick="x()">', "inline onclick"),
        ("<title>", "<style>p{}</style><title>", "inline <style>"),
        ("<title>", "<script>x()</script><title>", "inline script"),
        ('src="/static/app.js"', 'src="https://cdn.example/app.js"', "third party"),
        ('href="/x"', 'href="javascript:x()"', "javascript address"),
        (">Back<", "><", "nothing to read"),
        (">Save<", "><svg></svg><", "nothing to read"),
        ("Short.", "%(number)s left", "unfilled text"),
        ("Short.", "Fish &amp;amp; chips", "unfilled text"),
        ("Short.", '<img src="/a.png">', "without alt"),
        ("<main>", "<div>", "<main>"),
    ],
)
def test_a_fault_is_named(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(BadPage) as refused:
        inspect(GOOD.replace(old, new))
    assert fault in str(refused.value)
    assert "GET /" in str(refused.value)


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ("", "no Content-Security-Policy"),
        ("default-src 'self' 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'", "inline code"),
        ("default-src 'self'; form-action 'self'", "lacks frame-ancestors"),
    ],
)
def test_a_weak_policy_is_named(policy: str, fault: str) -> None:
    with pytest.raises(BadPage, match=fault):
        inspect(GOOD, content_security_policy=policy)
