"""Language and appearance: remembered in the browser, and never a way out of the application."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect

from app.foundation.i18n import compile_catalogues, offered_in
from app.foundation.look import init_look
from app.foundation.redirects import local_target
from tests.support import pseudo_locale


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = Flask("app.foundation", static_folder=None)
    app.config.update(SECRET_KEY="for this test only", TESTING=True)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(pseudo_locale.build(tmp_path_factory.mktemp("pseudo")))
    CSRFProtect(app)
    data_dir = tmp_path_factory.mktemp("data")
    own = {"language": "xx"}
    app.extensions["own_language"] = own
    init_look(
        app,
        environment="demo",
        base_url="",
        data_dir=data_dir,
        preference=lambda: own["language"],
        extra_languages=[pseudo_locale.LANGUAGE],
    )
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_language_is_remembered_and_the_page_kept(client: FlaskClient) -> None:
    answer = client.get("/preferences/language/he?next=/help?q=1")
    assert (answer.status_code, answer.location) == (303, "/help?q=1")
    page = client.get("/help").text
    assert '<html lang="he" dir="rtl"' in page
    assert pseudo_locale.pseudo("Help") in page
    client.get("/preferences/language/en")
    assert '<html lang="en" dir="ltr"' in client.get("/help").text


def test_a_finished_application_can_offer_the_pseudo_locale(tmp_path: Path) -> None:
    app = Flask("app.foundation", static_folder=None)
    app.config.update(SECRET_KEY="for this test only", TESTING=True)
    CSRFProtect(app)
    init_look(app, environment="demo", base_url="", data_dir=tmp_path)
    client = app.test_client()
    with pseudo_locale.offered(app, pseudo_locale.build(tmp_path / "pseudo")):
        assert client.get(f"/preferences/language/{pseudo_locale.CODE}").status_code == 303
        assert pseudo_locale.pseudo("Help") in client.get("/help").text
    assert '<html lang="en"' in client.get("/help").text


def test_placeholders_and_markup_survive_and_text_grows() -> None:
    made = pseudo_locale.pseudo("Sent to %(name)s, 100 %% done <b>now</b>")
    assert made.startswith(pseudo_locale.OPENING)
    assert made.endswith(pseudo_locale.CLOSING)
    assert all(part in made for part in ("%(name)s", "100 %%", "<b>", "</b>"))
    assert len(pseudo_locale.pseudo("x" * 100)) >= 140
    assert not pseudo_locale.is_marked(f"{made} and more")


def test_own_language_counts_unless_another_was_picked_here(app: Flask, client: FlaskClient) -> None:
    app.extensions["own_language"]["language"] = "he"
    try:
        assert 'lang="he"' in client.get("/help").text
        client.get("/preferences/language/en")
        assert '<html lang="en"' in client.get("/help").text
    finally:
        app.extensions["own_language"]["language"] = "xx"


def test_the_browser_is_asked_last(client: FlaskClient) -> None:
    assert 'lang="he"' in client.get("/help", headers={"Accept-Language": "he,en;q=0.5"}).text
    assert '<html lang="en"' in client.get("/help", headers={"Accept-Language": "ja"}).text


@pytest.mark.parametrize("path", ["/preferences/language/xx", "/preferences/theme/pink", "/preferences/keys/maybe"])
def test_unknown_choices_are_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_appearance_and_keys(client: FlaskClient) -> None:
    assert "data-theme" not in client.get("/help").text
    client.get("/preferences/theme/dark")
    client.get("/preferences/keys/off")
    page = client.get("/help").text
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page
    client.get("/preferences/theme/system")
    assert "data-theme" not in client.get("/help").text


def test_cookies_are_closed_to_scripts(client: FlaskClient) -> None:
    cookie = client.get("/preferences/theme/dark").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/help", "//elsewhere.example/help", "/\\elsewhere.example", "\\\\elsewhere.example",
        "/not-there", "help", "", None, "/help\r\nSet-Cookie: a=b", "/\t/elsewhere.example", "javascript:alert(1)",
        "http:/help", "///elsewhere.example",
    ],
)  # fmt: skip
def test_redirects_lead_to_known_pages_only(app: Flask, wanted: str | None) -> None:
    with app.test_request_context():
        assert local_target(wanted, "/home") == "/home"


@pytest.mark.parametrize("wanted", ["/help", "/help?a=1&b=%2F", "/preferences"])
def test_redirects_keep_the_query(app: Flask, wanted: str) -> None:
    with app.test_request_context():
        assert local_target(wanted) == wanted


def test_only_languages_with_a_catalogue_are_offered(tmp_path: Path) -> None:
    assert [language.code for language in offered_in([tmp_path])] == ["en"]
    source = tmp_path / "fr" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Help"\nmsgstr "Aide"\n')
    assert compile_catalogues(tmp_path) == ["fr"]
    assert compile_catalogues(tmp_path) == []
    assert [language.code for language in offered_in([tmp_path])] == ["en", "fr"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_error_pages_need_no_actor_and_say_three_things(app: Flask, status: int) -> None:
    kept = [("need", "What I wrote </textarea>")]
    with app.test_request_context():
        html = app.jinja_env.get_template(f"errors/{status}.html").render(kept=kept, retry_after=30)
    assert html.count("<h1") == 1
    assert "What was kept" in html
    assert "What you can do" in html
    assert "What I wrote &lt;/textarea&gt;" in html


def test_the_pages_of_the_footer_have_no_text_outside_the_catalogue(client: FlaskClient) -> None:
    from bs4 import BeautifulSoup

    client.get("/preferences/language/he")
    for path in ("/help", "/accessibility", "/privacy", "/preferences"):
        page = BeautifulSoup(client.get(path).text, "lxml")
        for data in page.select("bdi, time, [translate=no], title"):
            data.decompose()
        for tag in page.find_all(["p", "h1", "h2", "a", "li"]):
            assert pseudo_locale.is_marked(tag.get_text()), (path, tag)
