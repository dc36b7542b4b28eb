"""A language that nobody speaks: accented, 40 % longer, from right to left, every sentence in marks.

It is made from the messages that Babel extracts from the sources, so text that never passed through gettext stands out
by its missing marks, and what is too narrow or not mirrored shows. In a test:
`with pseudo_locale.offered(app, pseudo_locale.build(tmp_path)):`, then visit `/preferences/language/<CODE>`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from flask import Flask

from app.foundation.i18n import DOMAIN, Language

#: Babel and browsers must know the locale, it must be written from right to left, and be none of the six: Hebrew.
CODE: Final = "he"
LANGUAGE: Final = Language(CODE, "[!! Pseudo !!]")
OPENING: Final = "[!! "
CLOSING: Final = " !!]"
#: How much longer than English; German and Russian interfaces need about as much.
LONGER: Final = 0.4
ROOT: Final = Path(__file__).resolve().parents[2]

_KEPT: Final = re.compile(
    r"(%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]"  # named placeholders
    r"|%%|<[^>]+>|&\w+;|https?://\S+)"  # per cent, markup, entities, addresses
)
_ACCENTS: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽàƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
_FILLER: Final = "ẋö ýéţ ŵîðé ñöþ ļàŕĝé ţéẋţ "


def pseudo(text: str) -> str:
    """Return `text` accented, longer and marked, with placeholders and markup untouched."""
    parts = _KEPT.split(text)
    accented = "".join(part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    filler = (_FILLER * (letters // len(_FILLER) + 1))[: round(letters * LONGER)].rstrip()
    return f"{OPENING}{accented}{' ' + filler if filler else ''}{CLOSING}"


@cache
def extracted(root: Path = ROOT) -> Catalog:
    """Return the messages of all Python and Jinja sources, as the catalogue of the pseudo-locale, untranslated."""
    with (root / "config" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    catalogue = Catalog(locale=Locale(CODE), domain=DOMAIN, charset="utf-8")
    found = extract_from_dir(str(root), methods, options, keywords=_keywords(), directory_filter=_is_source)
    for filename, line, message, _comments, context in found:
        catalogue.add(message, locations=[(filename, line)], context=context)
    return catalogue


def build(directory: Path, root: Path = ROOT) -> Path:
    """Write the compiled catalogue below `directory`; returns `directory` for BABEL_TRANSLATION_DIRECTORIES."""
    source = extracted(root)
    catalogue = Catalog(locale=Locale(CODE), domain=DOMAIN, charset="utf-8")
    for message in source:
        if message.id:
            catalogue.add(message.id, _translate(message, catalogue.num_plurals), context=message.context)
    target = directory / CODE / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return directory


@contextmanager
def offered(app: Flask, directory: Path) -> Iterator[None]:
    """Offer the pseudo-locale in an application that is made already; `directory` was filled by `build`."""
    languages, babel = app.extensions["languages"], app.extensions["babel"]
    before = languages.offered, babel.translation_directories
    # The sign-in library looks its words up in a domain of its own, where it is there at all.
    signing_in = app.extensions.get("security")
    domain = signing_in.i18n_domain if signing_in is not None else None
    domain_before = domain._translation_directories if domain is not None else []
    languages.offered = (*languages.offered, LANGUAGE)
    babel.translation_directories = [*babel.translation_directories, str(directory)]
    if domain is not None:
        domain._translation_directories = [*domain_before, str(directory)]
    try:
        yield
    finally:
        languages.offered, babel.translation_directories = before
        if domain is not None:
            domain._translation_directories = domain_before
            domain.cache.clear()


def _translate(message: Message, forms: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    singular, plural = message.id
    return (pseudo(singular), *[pseudo(plural)] * (forms - 1))


def _keywords() -> dict[str, Any]:
    one, many = None, (1, 2)
    lazy = {"_l": one, "lazy_gettext": one, "lazy_ngettext": many, "lazy_pgettext": ((1, "c"), 2)}
    return {
        "_": one, "gettext": one, "ngettext": many, "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), **lazy
    }  # fmt: skip


def _is_source(path: str | Path) -> bool:
    name = Path(path).name
    return not name.startswith((".", "_")) and name not in {"var", "node_modules", "tests", "migrations"}


def is_marked(text: str) -> bool:
    """Tell whether `text` is made of marked sentences, joined by nothing that a translator would want to see."""
    rest = re.sub(r"\[!! .*? !!\]", "", text, flags=re.DOTALL)
    return not any(unicodedata.category(character).startswith("L") for character in rest)


def _script(name: str) -> str:
    return (Path(__file__).parent / "in_page" / name).read_text(encoding="utf-8")


# Functions for `page.evaluate`; each returns a list of faults, empty when all is well.

#: In the page: texts that people see or hear and that never passed through gettext. Data is marked as such.
UNWRAPPED_TEXTS: Final = _script("unwrapped_texts.js")

#: In the page: boxes that reach out of the window, or whose text is cut off. Boxes made to scroll are meant so.
OVERFLOWING_BOXES: Final = _script("overflowing_boxes.js")

#: In the page, right to left: styles with a physical side, and boxes that still start on the left.
UNMIRRORED_BOXES: Final = _script("unmirrored_boxes.js")
