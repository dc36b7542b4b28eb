"""A form is sent as a browser without JavaScript sends it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, jsonify, request

from tests.support.client import InspectedClient, form_values
from tests.support.inspection import BadPage

FORM = """<!doctype html><html lang="en" dir="ltr"><head><title>T</title></head><body><main><h1>T</h1>
<form method="post" action="?kept=1"><input type="hidden" name="csrf_token" value="token">
<label>A <input name="a" value="old"></label><label>B <input type="checkbox" name="b" value="1" checked></label>
<label>B <input type="checkbox" name="b" value="2"></label>
<label>B <input type="checkbox" name="b" value="3" checked></label>
<label>C <select name="c"><option value="x">X</option><option value="y" selected>Y</option></select></label>
<label>D <textarea name="d">\nmany\nlines</textarea></label><label>E <input name="e" value="off" disabled></label>
<label>F <input type="file" name="f"></label>
<button name="act" value="save">Save</button><button name="act" value="send">Send</button>
<button name="stop" disabled>Stop</button></form></main></body></html>"""


@pytest.fixture
def small() -> InspectedClient:
    app = Flask(__name__)
    app.test_client_class = InspectedClient

    @app.route("/form", methods=["GET", "POST"])
    def form() -> Any:
        if request.method == "POST":
            return jsonify(form=request.form.to_dict(flat=False), query=request.args.to_dict())
        return FORM

    @app.get("/bad")
    def bad() -> str:
        return "<html><body>No heading</body></html>"

    @app.after_request
    def harden(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = "default-src 'self'; form-action 'self'; frame-ancestors 'none'"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    client = app.test_client()
    assert isinstance(client, InspectedClient)
    return client


def test_everything_in_the_form_is_sent_with_the_changes(small: InspectedClient) -> None:
    answer = small.submit(small.get("/form"), {"a": "new"}, button="send").get_json()
    assert answer["query"] == {"kept": "1"}
    assert answer["form"] == {
        "csrf_token": ["token"],
        "a": ["new"],
        "b": ["1", "3"],
        "c": ["y"],
        "d": ["many\nlines"],
        "act": ["send"],
    }


def test_without_a_name_the_first_button_is_pressed(small: InspectedClient) -> None:
    assert small.submit(small.get("/form")).get_json()["form"]["act"] == ["save"]


def test_a_field_that_is_not_there_cannot_be_filled(small: InspectedClient) -> None:
    with pytest.raises(AssertionError, match="no field 'missing'"):
        small.submit(small.get("/form"), {"missing": "x"})
    with pytest.raises(AssertionError, match="no field 'e'"):
        small.submit(small.get("/form"), {"e": "x"})


@pytest.mark.parametrize(("button", "fault"), [("stop", "disabled"), ("none", "no button")])
def test_a_button_that_cannot_be_pressed_is_not(small: InspectedClient, button: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        small.submit(small.get("/form"), button=button)


def test_every_page_is_inspected(small: InspectedClient) -> None:
    with pytest.raises(BadPage, match="GET /bad -> 200"):
        small.get("/bad")


def test_a_select_without_choice_sends_its_first_option() -> None:
    form = BeautifulSoup("<form><select name=a><option>x</option><option>y</option></select></form>", "lxml").form
    assert form is not None
    assert form_values(form) == {"a": ["x"]}
