"""`make screenshots`: pictures of the main pages, taken of the demo, into docs/screenshots."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from app.casework.models import AssistanceRequest
from app.demo.loading import load_demo
from app.demo.people import DOMAIN, PASSWORD
from app.demo.stage import backstage
from app.reference.commands import LoadBundle
from app.reference.services import load_bundle
from app.reference.states import state_by_id
from app.workflow.actor import SYSTEM
from tests.browser.looks import DESK, PHONE, Look, context_of
from tests.browser.small_png import small_png
from tests.browser.world import sign_in
from tests.support import pseudo_locale, run
from tests.support.applications import close_connections, new_application
from tests.support.browser import running_browser
from tests.support.databases import fresh_database
from tests.support.server import LiveServer
from tests.support.settings import base_url

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
#: In bytes; pictures live in the repository.
HEAVIEST: Final = 150_000
_PSEUDO: Final = "pseudo"


class Picture(NamedTuple):
    """One file: `login` sees `path`, where `{state}` stands for the key of a case in that state."""

    name: str
    login: str | None
    path: str
    look: Look


_WIDE, _PHONE = Look(DESK, "light", pseudo=False), Look(PHONE, "light", pseudo=False)
_WIDE_PSEUDO, _PHONE_PSEUDO = Look(DESK, "light", pseudo=True), Look(PHONE, "dark", pseudo=True)


def _in_every_look(name: str, login: str, path: str) -> tuple[Picture, ...]:
    """A main page: wide and on a phone, in English and in the pseudo-locale from right to left."""
    looks = {"": _WIDE, "-phone": _PHONE, "-pseudo": _WIDE_PSEUDO, "-phone-pseudo": _PHONE_PSEUDO}
    return tuple(Picture(f"{name}{kind}", login, path, look) for kind, look in looks.items())


PICTURES: Final = (
    Picture("start", None, "/", _WIDE),
    Picture("home", "focal.{state_of_returned}", "/home", _WIDE),
    Picture("home-phone", "focal.{state_of_returned}", "/home", _PHONE),
    Picture("task-need", "focal.{state_of_draft}", "/cases/{draft}/tasks/need", _WIDE),
    Picture("check-phone-pseudo", "focal.{state_of_draft}", "/cases/{draft}/check", _PHONE_PSEUDO),
    Picture("queue", "intake", "/queue", _WIDE),
    Picture("queue-phone", "intake", "/queue", _PHONE),
    Picture("queue-pseudo", "intake", "/queue", _WIDE_PSEUDO),
    Picture("screening", "intake", "/cases/{screening}/screening", _WIDE),
    Picture("case", "officer", "/cases/{in_review}", _WIDE),
    Picture("case-phone-pseudo", "officer", "/cases/{in_review}", _PHONE_PSEUDO),
    *_in_every_look("dashboard", "manager", "/dashboard"),
    *_in_every_look("plan", "officer2", "/cases/{planning}/plan"),
    *_in_every_look("delivery", "officer", "/cases/{in_delivery}/delivery"),
    *_in_every_look("money", "support", "/money"),
    *_in_every_look("coverage", "manager", "/dashboard/coverage"),
    Picture("inbox", "ctc", "/consultations", _WIDE),
    Picture("guide", None, "/demo", _WIDE),
)


def main(folder: Path = FOLDER) -> int:
    """Take all pictures; returns 1 when one is too heavy."""
    folder.mkdir(parents=True, exist_ok=True)
    with _demo() as app, LiveServer(app, base_url()) as server, running_browser() as browser:
        names = _names()
        sizes = {picture.name: _take(browser, server.url, picture, names, folder) for picture in PICTURES}
    for name, size in sizes.items():
        sys.stdout.write(f"{size / 1000:6.0f} kB  {name}.png\n")
    return int(max(sizes.values()) > HEAVIEST)


@contextmanager
def _demo() -> Iterator[Flask]:
    run.open_run()
    database = fresh_database("sqlite")
    app = new_application(database, demo_data=True, environment="demo")
    directory = pseudo_locale.build(run.run_folder() / _PSEUDO)
    try:
        with app.app_context(), pseudo_locale.offered(app, directory):
            load_bundle(SYSTEM, LoadBundle(demo=True))
            load_demo()
            yield app
    finally:
        close_connections(app)
        run.release_ports()
        run.close_run()


def _names() -> dict[str, str]:
    """The key of one case in each state, and the code of its State."""
    names = {}
    with backstage() as session:
        for case in session.scalars(select(AssistanceRequest).order_by(AssistanceRequest.id)):
            if case.title:
                names[case.state.value] = case.key
                names[f"state_of_{case.state.value}"] = state_by_id(session, case.state_id).alpha3.lower()
    return names


def _take(browser: Browser, url: str, picture: Picture, names: dict[str, str], folder: Path) -> int:
    context = context_of(browser, url, picture.look)
    tab = context.new_page()
    if picture.login is not None:
        sign_in(tab, f"{picture.login.format(**names)}@{DOMAIN}", PASSWORD)
    tab.goto(picture.path.format(**names))
    file = folder / f"{picture.name}.png"
    file.write_bytes(small_png(tab, tab.screenshot(animations="disabled")))
    context.close()
    return file.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
