"""Every HTML page that a test fetches passes the same inspection: what no page may lack, whoever writes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import Headers

LABELLED: Final = "input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea"
_UNFILLED: Final = re.compile(
    r"%\(\w+\)[sd]|<flask_babel|lazy_gettext|&(?:lt|gt|amp|quot|#39|#34);"
)  # the last: escaped twice


class BadPage(AssertionError):
    """A page has faults; the text lists all of them."""


def inspect_page(html: str, headers: Headers, where: str) -> None:
    """Check one page.

    Args:
        html: the body.
        headers: the response's headers.
        where: method and address, for the message.

    Raises:
        BadPage: lists every fault.
    """
    page = BeautifulSoup(html, "html.parser")
    faults = [
        *_frame(page),
        *_labels(page),
        *_names(page),
        *_forms(page),
        *_inline_code(page),
        *_policy(headers),
        *_texts(page),
    ]
    if faults:
        raise BadPage(f"{where}\n" + "\n".join(f"  - {fault}" for fault in faults))


def _frame(page: BeautifulSoup) -> Iterator[str]:
    root = page.html
    if root is None:
        yield "no <html>"
        return
    for attribute in ("lang", "dir"):
        if not root.get(attribute):
            yield f"<html> has no {attribute}"
    if len(headings := page.find_all("h1")) != 1:
        yield f"{len(headings)} h1 instead of one"
    elif not headings[0].get_text(strip=True):
        yield "the h1 is empty"
    if page.title is None or not page.title.get_text(strip=True):
        yield "no title"
    if len(page.find_all("main")) != 1:
        yield "not exactly one <main>"
    ids = Counter(str(tag["id"]) for tag in page.find_all(id=True))
    yield from (f"id {name!r} used {count} times" for name, count in ids.items() if count > 1)
    yield from (f"image without alt: {tag}" for tag in page.find_all("img", alt=False))


def _labels(page: BeautifulSoup) -> Iterator[str]:
    by_target = {str(label.get("for")): label for label in page.find_all("label") if label.get_text(strip=True)}
    for control in page.select(LABELLED):
        if str(control.get("id", "")) in by_target or str(control.get("aria-label", "")).strip():
            continue
        wrapping = control.find_parent("label")
        if wrapping is not None and wrapping.get_text(strip=True):
            continue
        if not any(page.find(id=name) for name in str(control.get("aria-labelledby", "")).split()):
            yield f"no label: {_short(control)}"


def _names(page: BeautifulSoup) -> Iterator[str]:
    for control in page.find_all(["button", "a"]):
        named = control.get_text(strip=True) or control.get("aria-label") or control.get("title")
        if not named and (control.name == "button" or control.get("href")):
            yield f"nothing to read on it: {_short(control)}"
    for control in page.select("[aria-describedby], [aria-labelledby], [aria-controls]"):
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for name in str(control.get(attribute, "")).split():
                if page.find(id=name) is None:
                    yield f"{attribute} names {name!r}, which is not there"


def _forms(page: BeautifulSoup) -> Iterator[str]:
    for form in page.find_all("form"):
        method = str(form.get("method", "get")).lower()
        token = form.find("input", attrs={"name": "csrf_token", "type": "hidden"})
        if method == "post" and not (isinstance(token, Tag) and token.get("value")):
            yield f"POST form without CSRF token: {_short(form)}"
        if method == "get" and token is not None:
            yield f"GET form with a CSRF token, which ends in the address: {_short(form)}"
        action = urlsplit(str(form.get("action", "")))
        if action.netloc:
            yield f"form posts to another site: {_short(form)}"


def _inline_code(page: BeautifulSoup) -> Iterator[str]:
    for script in page.find_all("script"):
        if not script.get("src") and str(script.get("type", "")) not in ("application/json", "application/ld+json"):
            yield f"inline script: {_short(script)}"
    yield from (f"inline <style>: {_short(tag)}" for tag in page.find_all("style"))
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"inline {name}: {_short(tag)}"
            elif name in ("href", "src", "action") and str(value).strip().lower().startswith("javascript:"):
                yield f"javascript address: {_short(tag)}"
    for tag in page.select("script[src], link[rel~=stylesheet][href], img[src]"):
        if urlsplit(str(tag.get("src") or tag.get("href"))).netloc:
            yield f"from a third party: {_short(tag)}"


def _policy(headers: Headers) -> Iterator[str]:
    policy = headers.get("Content-Security-Policy", "")
    if not policy:
        yield "no Content-Security-Policy"
        return
    if "unsafe-inline" in policy or "unsafe-eval" in policy:
        yield f"the policy allows inline code: {policy}"
    for directive in ("default-src", "frame-ancestors 'none'", "form-action 'self'"):
        if directive not in policy:
            yield f"the policy lacks {directive}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "no X-Content-Type-Options: nosniff"


def _texts(page: BeautifulSoup) -> Iterator[str]:
    for text in page.find_all(string=_UNFILLED):
        if text.parent is not None and text.parent.name not in ("script", "pre", "code", "textarea"):
            yield f"unfilled text: {str(text).strip()[:120]!r}"


def _short(tag: Tag) -> str:
    return str(tag).replace("\n", " ")[:160]


_CHECKS: Final = (_frame, _labels, _names, _forms, _inline_code, _texts)
