"""Languages: the six of the United Nations, which of them are offered, and which one this request is answered in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import Flask, current_app, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_locale

DOMAIN: Final = "messages"
DEFAULT: Final = "en"
LANGUAGE_COOKIE: Final = "accede_language"
TRANSLATIONS: Final = Path(__file__).resolve().parent.parent / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the menu.

    Attributes:
        code: the locale's code, as in the `lang` attribute.
        name: the language's name in itself.
    """

    code: str
    name: str


#: The official languages of the United Nations, in the order of the menu.
LOCALES: Final = (
    Language("ar", "العربية"),
    Language("zh", "中文"),
    Language("en", "English"),
    Language("fr", "Français"),
    Language("ru", "Русский"),
    Language("es", "Español"),
)

Preference = Callable[[], str | None]


class Catalogues(Domain):  # type: ignore[misc]
    """Finds the catalogue of a word by the locale as it is; a page has hundreds, and it is written out for none."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self._found: dict[Locale | None, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the locale in force."""
        locale = get_locale()
        if (found := self._found.get(locale)) is None:
            found = self._found[locale] = super().get_translations()
        return found


class _Babel(Babel):  # type: ignore[misc]
    @cached_property
    def domain_instance(self) -> Catalogues:
        return Catalogues(self.domain)


@dataclass(slots=True)
class _State:
    offered: tuple[Language, ...]
    preference: Preference


def init_babel(app: Flask, *, preference: Preference = lambda: None, extra: Iterable[Language] = ()) -> None:
    """Translate `app`; catalogues come from BABEL_TRANSLATION_DIRECTORIES, `app/translations` unless set.

    Args:
        app: the application.
        preference: answers the signed-in person's language, or None; must not write.
        extra: languages beyond the six (the tests' pseudo-locale).
    """
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    directories = [Path(part) for part in app.config["BABEL_TRANSLATION_DIRECTORIES"].split(";")]
    for directory in directories:
        compile_catalogues(directory)
    app.extensions["languages"] = _State(offered_in(directories, (*LOCALES, *extra)), preference)
    babel = _Babel(app, locale_selector=select_locale, default_timezone="UTC")
    _translate_templates(app, babel)
    app.jinja_env.globals.update(
        locale_code=locale_code, text_direction=text_direction, offered_languages=offered_languages
    )


def _translate_templates(app: Flask, babel: _Babel) -> None:
    """Let templates ask the one catalogue that there is; Flask-Babel would look for it in the request at each word."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: babel.domain_instance.get_translations().ugettext(words),
        lambda one, many, count: babel.domain_instance.get_translations().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, words: babel.domain_instance.get_translations().upgettext(context, words),
        npgettext=lambda context, one, many, count: babel.domain_instance.get_translations().unpgettext(
            context, one, many, count
        ),
    )


def offered_in(directories: Iterable[Path], languages: Iterable[Language] = LOCALES) -> tuple[Language, ...]:
    """Return those of `languages` that have a catalogue in any of `directories`; English always."""
    folders = list(directories)
    return tuple(
        language
        for language in languages
        if language.code == DEFAULT or any(_catalogue(folder, language.code, "mo").exists() for folder in folders)
    )


def compile_catalogues(directory: Path) -> list[str]:
    """Compile every source catalogue below `directory` that is newer than its compiled file; returns their codes."""
    compiled = []
    for source in sorted(directory.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        code = source.parent.parent.name
        with source.open("rb") as reading:
            catalogue = read_po(reading, locale=code, domain=DOMAIN)
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as writing:
            write_mo(writing, catalogue)
        fresh.replace(target)
        compiled.append(code)
    return compiled


def offered_languages() -> tuple[Language, ...]:
    """Return the languages that this instance offers, in the order of the menu."""
    state: _State = current_app.extensions["languages"]
    return state.offered


def is_offered(code: str | None) -> bool:
    """Tell whether `code` is a language that this instance offers."""
    return any(language.code == code for language in offered_languages())


def select_locale() -> str | None:
    """Choose the language: what was picked in this browser, the person's own, what the browser asks for, English."""
    if not has_request_context():
        return None
    picked = request.cookies.get(LANGUAGE_COOKIE)
    if is_offered(picked):
        return picked
    own = current_app.extensions["languages"].preference()
    if is_offered(own):
        return str(own)
    return request.accept_languages.best_match([language.code for language in offered_languages()], DEFAULT)


def current_locale() -> Locale:
    """Return the locale of this request; English outside a request."""
    return (get_locale() if has_app_context() else None) or Locale(DEFAULT)


def locale_code() -> str:
    """Return the code of the locale for the `lang` attribute."""
    return str(current_locale()).replace("_", "-")


def text_direction() -> str:
    """Return `ltr` or `rtl` for the `dir` attribute."""
    return str(current_locale().text_direction)


def _catalogue(directory: Path, code: str, kind: str) -> Path:
    return directory / code / "LC_MESSAGES" / f"{DOMAIN}.{kind}"
