"""The one `field` macro: every kind of field has its label, hint and error tied to its input."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from flask_babel import force_locale
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from app.foundation.field_messages import OwnMessages
from app.foundation.fields import DateThree, choice, error_links, field_kind
from app.foundation.look import init_look

MACROS = '{% from "macros/forms.html" import field, form_open, form_close, error_summary %}'
CHOICES = [choice("a", "First", "A hint"), choice("b", "Second")]


class Person(Form):
    name = StringField("Name", [InputRequired("Enter a name")])


class Everything(Form):
    title = StringField("Title", [InputRequired("Enter a title")], description="At most one line")
    email = EmailField("E-mail", [InputRequired("Enter an e-mail address")])
    word = PasswordField("Password", [InputRequired("Enter a password")])
    need = TextAreaField("Need", [InputRequired("Say what is needed")])
    one = SelectField("One of", [InputRequired("Choose one")], choices=[choice("", "-"), *CHOICES])
    way = RadioField("Way", [InputRequired("Choose a way")], choices=CHOICES)
    kinds = SelectMultipleField("Kinds", [InputRequired("Choose at least one")], choices=CHOICES, description="All")
    start = DateThree("Start", [InputRequired("Enter a date")], description="For example, 15 3 2027")
    sure = BooleanField("I am sure", [InputRequired("Confirm")], description="On behalf of the State")
    paper = FileField("Letter", [Optional()])
    people = FieldList(FormField(Person, label="Person"), "People", min_entries=1)
    version = HiddenField(default="7")


@pytest.fixture(autouse=True)
def _in_a_request(tmp_path: Path) -> Iterator[None]:
    app = Flask("app.foundation", static_folder=None)
    app.config.update(SECRET_KEY="for this test only")
    CSRFProtect(app)
    init_look(app, environment="test", base_url="", data_dir=tmp_path)
    with app.test_request_context():
        yield


def page_of(form: Form) -> BeautifulSoup:
    html = render_template_string(
        MACROS + "{{ error_summary(form) }}{{ form_open(form, '/there') }}"
        "{% for f in form if field_kind(f) != 'hidden' %}{{ field(f) }}{% endfor %}{{ form_close() }}",
        form=form,
    )
    return BeautifulSoup(html, "lxml")


def refused() -> Everything:
    form = Everything(MultiDict({"title": "", "start-day": "31", "start-month": "2", "start-year": "2027"}))
    assert not form.validate()
    return form


def controls(page: BeautifulSoup) -> list[Tag]:
    return page.select("input:not([type=hidden]), select, textarea")


def test_every_input_has_a_label_and_what_describes_it_is_there() -> None:
    for page in (page_of(Everything()), page_of(refused())):
        ids = {str(tag["id"]) for tag in page.find_all(id=True)}
        assert len(ids) == len(page.find_all(id=True))
        for control in controls(page):
            assert page.find("label", attrs={"for": control["id"]}), control
        for tag in page.select("[aria-describedby]"):
            assert set(str(tag["aria-describedby"]).split()) <= ids


@pytest.mark.parametrize("name", ["title", "email", "word", "need", "one", "sure"])
def test_a_wrong_answer_is_marked_and_described(name: str) -> None:
    page = page_of(refused())
    control = page.find(id=name)
    assert isinstance(control, Tag)
    assert control["aria-invalid"] == "true"
    assert f"{name}-error" in str(control["aria-describedby"]).split()
    assert page.find(id=f"{name}-error") is not None


@pytest.mark.parametrize("name", ["way", "kinds", "start"])
def test_a_group_is_a_fieldset_described_by_its_error(name: str) -> None:
    error = page_of(refused()).find(id=f"{name}-error")
    assert isinstance(error, Tag)
    group = error.find_parent("fieldset")
    assert isinstance(group, Tag)
    assert f"{name}-error" in str(group["aria-describedby"]).split()
    assert group.legend is not None


def test_options_have_their_own_hints() -> None:
    option = page_of(Everything()).find(id="way-0")
    assert isinstance(option, Tag)
    assert option["aria-describedby"] == "way-0-hint"


def test_the_summary_leads_to_the_inputs() -> None:
    form = refused()
    page = page_of(form)
    links = page.select(".errsum a")
    assert len(links) == len(error_links(form)) == 10
    ids = {str(control["id"]) for control in controls(page)}
    assert {str(link["href"]).removeprefix("#") for link in links} <= ids
    assert page_of(Everything()).select(".errsum") == []


def test_a_message_that_stands_several_times_names_its_field() -> None:
    form = refused()
    form.title.errors = form.email.errors = ["Enter an answer"]
    form.word.errors = ["Too short"]
    said = dict(error_links(form))
    assert said["title"] == f"{form.title.label.text}: Enter an answer"
    assert said["email"] == f"{form.email.label.text}: Enter an answer"
    assert said["word"] == "Too short"


def test_a_form_carries_its_hidden_fields_and_posts() -> None:
    form = page_of(Everything()).form
    assert isinstance(form, Tag)
    assert (form["method"], form["action"]) == ("post", "/there")
    version = form.find("input", attrs={"name": "version"})
    assert isinstance(version, Tag)
    assert version["value"] == "7"


def test_a_button_without_a_form_behind_it_has_token_key_and_version() -> None:
    draw = MACROS + "{{ form_open(none, '/x', version=3) }}{{ form_close() }}"
    first, second = (BeautifulSoup(render_template_string(draw), "lxml") for _ in range(2))
    values = [{str(i["name"]): str(i["value"]) for i in page.find_all("input")} for page in (first, second)]
    assert set(values[0]) == {"csrf_token", "_key", "version"}
    assert values[0]["_key"] != values[1]["_key"]


def test_an_optional_field_says_so() -> None:
    label = page_of(Everything()).find("label", attrs={"for": "paper"})
    assert isinstance(label, Tag)
    assert "(optional)" in label.get_text()


def test_what_was_typed_comes_back_escaped() -> None:
    page = page_of(Everything(MultiDict({"need": "\n</textarea><b>", "kinds": "b"})))
    area = page.find(id="need")
    assert isinstance(area, Tag)
    assert area.get_text().endswith("</textarea><b>")
    assert [tag["value"] for tag in page.select("input[name=kinds][checked]")] == ["b"]


class When(Form):
    day = DateThree("Day", [InputRequired("Enter a date")])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("15", "3", "2027"), date(2027, 3, 15)),
        ((" 5 ", "03", "2027"), date(2027, 3, 5)),
        (("١٥", "٣", "٢٠٢٧"), date(2027, 3, 15)),
    ],
)
def test_a_date_is_read(typed: tuple[str, str, str], expected: date) -> None:
    form = When(MultiDict(zip(("day-day", "day-month", "day-year"), typed, strict=True)))
    assert form.validate(), form.errors
    assert form.day.data == expected


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("", "", ""), "Enter a date", {"day", "month", "year"}),
        (("31", "2", "2027"), "not in the calendar", {"day", "month"}),
        (("15", "", "2027"), "Enter a day, a month and a year", {"month"}),
        (("15", "March", "2027"), "in numbers", {"month"}),
        (("15", "3", "27"), "four digits", {"year"}),
        (("²", "3", "2027"), "in numbers", {"day"}),
        (("9" * 5000, "3", "2027"), "in numbers", {"day"}),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_keeps_what_was_typed(
    typed: tuple[str, str, str], message: str, wrong: set[str]
) -> None:
    form = When(MultiDict(zip(("day-day", "day-month", "day-year"), typed, strict=True)))
    assert not form.validate()
    assert message in str(form.day.errors[0])
    assert {part for part, _label, _typed, bad in form.day.parts() if bad} == wrong
    assert tuple(form.day.typed.values()) == typed


def test_a_date_starts_with_the_year_where_people_write_it_so() -> None:
    form = When(data={"day": date(2027, 3, 15)})
    assert next((part, typed) for part, _label, typed, _bad in form.day.parts()) == ("day", "15")
    with force_locale("zh"):
        assert [part for part, *_rest in form.day.parts()] == ["year", "month", "day"]


def test_every_kind_is_known() -> None:
    kinds = {field_kind(field) for field in Everything()}
    assert kinds == {
        "input", "password", "textarea", "select", "radio", "checkboxes", "date", "boolean", "file", "list", "hidden",
    }  # fmt: skip


class Asked(Form):
    class Meta(OwnMessages):
        pass

    way = RadioField("Way", choices=CHOICES)
    kinds = SelectMultipleField("Kinds", choices=CHOICES)


def test_what_wtforms_refuses_is_said_in_our_words() -> None:
    form = Asked(MultiDict({"kinds": "z"}))
    assert not form.validate()
    assert set(form.errors["way"]) == set(form.errors["kinds"]) == {"Choose one of the answers in the list"}
