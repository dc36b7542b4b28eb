"""Static files: names by content, compression, caching, weight, and the rules of the stylesheet."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import tinycss2
from flask import Flask, render_template, session
from flask_wtf import CSRFProtect
from werkzeug.test import Client

from app.foundation.assets import PREFIX, SOURCE, build, fingerprint
from app.foundation.look import init_look

STYLES = (SOURCE / "app.css").read_text()
TOKENS, COMPONENTS = STYLES.split("/* end of tokens */")
PHYSICAL = re.compile(r"^(min-|max-)?(width|height)$|(^|-)(left|right|top|bottom)(-|$)")
TEMPLATES = Path(__file__).resolve().parents[3] / "app"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = Flask("app.foundation", static_folder=None)
    app.config.update(SECRET_KEY="for this test only", TESTING=True)
    CSRFProtect(app)
    init_look(app, environment="demo", base_url="http://127.0.0.1", data_dir=tmp_path)

    @app.get("/")
    def first() -> str:
        return render_template("layout.html")

    return app


def test_a_name_follows_the_content(tmp_path: Path) -> None:
    assert fingerprint(b"one", "a.css") != fingerprint(b"two", "a.css")
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", fingerprint(b"one", "a.css"))


def test_building_twice_writes_once(tmp_path: Path) -> None:
    names = build(SOURCE, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert build(SOURCE, tmp_path) == names
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert len(before) == 3 * len(names)


def test_first_visit_is_light(app: Flask) -> None:
    client = app.test_client()
    accepted = {"Accept-Encoding": "gzip"}
    page = client.get("/", headers=accepted)
    urls = set(re.findall(rf'"({PREFIX}[^"#]+)', gzip.decompress(page.data).decode()))
    answers = [client.get(url, headers=accepted, buffered=True) for url in urls]
    assert {answer.status_code for answer in answers} == {200}
    assert 1 + len(urls) <= 4
    assert all(answer.headers["Content-Encoding"] == "gzip" for answer in answers)
    # An empty page: the fullest page may add 15 kB, see the browser tests.
    assert sum(len(answer.data) for answer in [page, *answers]) <= 15_000


def test_script_is_small() -> None:
    assert len(gzip.compress((SOURCE / "app.js").read_bytes(), 9)) <= 4_000


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_served_compressed_and_for_a_year(app: Flask, encoding: str, unpack: object) -> None:
    with app.app_context():
        url = app.jinja_env.globals["static_url"]("app.css")  # type: ignore[operator]
    answer = app.test_client().get(url, headers={"Accept-Encoding": encoding}, buffered=True)
    assert unpack(answer.data).decode() == STYLES  # type: ignore[operator]
    assert answer.headers["Cache-Control"] == f"max-age={365 * 24 * 3600}, public, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == 'text/css; charset="utf-8"'


def test_static_files_never_reach_the_application(app: Flask) -> None:
    asked: list[str] = []

    @app.before_request
    def count() -> None:
        asked.append("a request")
        session["seen"] = True

    client = Client(app.wsgi_app)
    names = build(SOURCE, Path(app.extensions["static_build"]))
    assert client.get(PREFIX + names["app.js"], buffered=True).status_code == 200
    assert client.get(PREFIX + "app.js").status_code == 404
    assert client.get(PREFIX + "../../etc/passwd").status_code == 404
    assert client.post(PREFIX + names["app.js"]).status_code == 405
    assert asked == []


def test_pages_are_compressed(app: Flask) -> None:
    answer = app.test_client().get("/", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"


def test_colours_stand_in_the_token_block_only() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", COMPONENTS) == []


def test_both_dark_blocks_are_the_same() -> None:
    blocks = re.findall(r":root(?::not\(\[data-theme=light\]\)|\[data-theme=dark\]) \{(.*?)\}", TOKENS, re.DOTALL)
    assert len(blocks) == 2
    assert blocks[0].split() == blocks[1].split()


def test_every_token_that_is_used_exists() -> None:
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))
    assert set(re.findall(r"var\((--[\w-]+)", STYLES)) - defined == set()


def test_no_physical_sides_and_nothing_old_browsers_lack() -> None:
    assert list(_faults(tinycss2.parse_stylesheet(STYLES, skip_comments=True, skip_whitespace=True))) == []
    assert not re.search(r"light-dark\(|@layer|@import|url\(|@font-face", STYLES)


def _faults(rules: list[object]) -> Iterator[str]:
    for rule in rules:
        assert not isinstance(rule, tinycss2.ast.ParseError), rule
        if isinstance(rule, tinycss2.ast.AtRule) and rule.content and rule.lower_at_keyword == "media":
            yield from _faults(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif isinstance(rule, tinycss2.ast.QualifiedRule):
            for part in tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True):
                assert isinstance(part, tinycss2.ast.Declaration), f"line {part.source_line}: {part}"
                value = tinycss2.serialize(part.value)
                if PHYSICAL.search(part.name) or re.search(r"\b(left|right)\b", value):
                    yield f"{part.name}: {value}"


def test_templates_have_no_inline_style_script_or_handler() -> None:
    found = [
        f"{path.name}: {match.group(0)}"
        for path in TEMPLATES.rglob("*.html")
        for match in re.finditer(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", path.read_text())
    ]
    assert found == []


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (SOURCE / "icons.svg").read_text()))
    named = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'\bicon\("([\w-]+)"', path.read_text())}
    assert named
    assert named - sprite == set()
