"""Every HTML page that a test fetches passes the same inspection: what no page may lack, whoever writes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, document_fromstring, tostring
from werkzeug.datastructures import Headers

#: Kinds of input that are no field.
_UNLABELLED: Final = ("hidden", "submit", "button", "reset", "image")
#: What shows text as somebody wrote it.
_AS_IT_IS: Final = ("script", "pre", "code", "textarea")
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
    page = document_fromstring(html)
    ids = Counter(str(name) for name in page.xpath("//@id"))
    faults = [
        *_frame(page, html, ids),
        *_labels(page, ids),
        *_names(page, ids),
        *_forms(page),
        *_inline_code(page),
        *_policy(headers),
        *_texts(page),
    ]
    if faults:
        raise BadPage(f"{where}\n" + "\n".join(f"  - {fault}" for fault in faults))


def _frame(page: HtmlElement, html: str, ids: Counter[str]) -> Iterator[str]:
    if "<html" not in html:  # the parser adds what is missing
        yield "no <html>"
        return
    for attribute in ("lang", "dir"):
        if not page.get(attribute):
            yield f"<html> has no {attribute}"
    if len(headings := list(page.iter("h1"))) != 1:
        yield f"{len(headings)} h1 instead of one"
    elif not _reads(headings[0]):
        yield "the h1 is empty"
    if not any(_reads(title) for title in islice(page.iter("title"), 1)):
        yield "no title"
    if len(list(page.iter("main"))) != 1:
        yield "not exactly one <main>"
    yield from (f"id {name!r} used {count} times" for name, count in ids.items() if count > 1)
    yield from (f"image without alt: {_short(tag)}" for tag in page.iter("img") if tag.get("alt") is None)


def _labels(page: HtmlElement, ids: Counter[str]) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if _reads(label)}
    for control in page.iter("input", "select", "textarea"):
        if control.tag == "input" and str(control.get("type")) in _UNLABELLED:
            continue
        if control.get("id", "") in labelled or str(control.get("aria-label", "")).strip():
            continue
        if any(_reads(label) for label in islice(control.iterancestors("label"), 1)):
            continue
        if not any(name in ids for name in str(control.get("aria-labelledby", "")).split()):
            yield f"no label: {_short(control)}"


def _names(page: HtmlElement, ids: Counter[str]) -> Iterator[str]:
    for control in page.iter("button", "a"):
        named = _reads(control) or control.get("aria-label") or control.get("title")
        if not named and (control.tag == "button" or control.get("href")):
            yield f"nothing to read on it: {_short(control)}"
    for control in page.iter(etree.Element):
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for name in str(control.get(attribute, "")).split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which is not there"


def _forms(page: HtmlElement) -> Iterator[str]:
    for form in page.iter("form"):
        method = str(form.get("method", "get")).lower()
        hidden = (field for field in form.iter("input") if field.get("type") == "hidden")
        token = next((field for field in hidden if field.get("name") == "csrf_token"), None)
        if method == "post" and not (token is not None and token.get("value")):
            yield f"POST form without CSRF token: {_short(form)}"
        if method == "get" and token is not None:
            yield f"GET form with a CSRF token, which ends in the address: {_short(form)}"
        if urlsplit(str(form.get("action", ""))).netloc:
            yield f"form posts to another site: {_short(form)}"


def _inline_code(page: HtmlElement) -> Iterator[str]:
    for script in page.iter("script"):
        if not script.get("src") and str(script.get("type", "")) not in ("application/json", "application/ld+json"):
            yield f"inline script: {_short(script)}"
    yield from (f"inline <style>: {_short(tag)}" for tag in page.iter("style"))
    for tag in page.iter(etree.Element):
        for name, value in tag.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"inline {name}: {_short(tag)}"
            elif name in ("href", "src", "action") and str(value).strip().lower().startswith("javascript:"):
                yield f"javascript address: {_short(tag)}"
    for tag in page.iter("script", "link", "img"):
        if tag.tag == "link" and "stylesheet" not in str(tag.get("rel", "")).split():
            continue
        if urlsplit(str(tag.get("src") or tag.get("href") or "")).netloc:
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


def _texts(page: HtmlElement) -> Iterator[str]:
    for element in page.iter():
        around = element.getparent()
        inside = element if isinstance(element.tag, str) else around  # what a comment says is text of what holds it
        for text, parent in ((element.text, inside), (element.tail, around)):
            if text and _UNFILLED.search(text) and parent is not None and parent.tag not in _AS_IT_IS:
                yield f"unfilled text: {text.strip()[:120]!r}"


def _reads(element: HtmlElement) -> bool:
    """Whether there is something to read in `element`."""
    return bool(element.text_content().strip())


def _short(element: HtmlElement) -> str:
    return str(tostring(element, encoding="unicode", with_tail=False)).replace("\n", " ")[:160]
