"""Lists of participants as spreadsheets write them: encodings, separators, words, and what is wrong in which cell."""

from __future__ import annotations

import codecs

import pytest

from app.casework.content.details import Profession
from app.delivery.activities.lists.decoding import decoded, lines_of
from app.delivery.activities.lists.reading import MOST_LINES, ReadList, Words, normalized, read_list
from app.delivery.activities.vocabulary import Gender

WORDS = Words(
    columns={name: name for name in ("state", "profession", "gender", "number")} | {"pays": "state", "sexe": "gender"},
    states={"uga": "UGA", "uganda": "UGA", normalized("Côte d'Ivoire"): "CIV"},
    professions={"judges": Profession.JUDGES, "juge": Profession.JUDGES, "prosecutors": Profession.PROSECUTORS},
    genders={"women": Gender.WOMEN, "f": Gender.WOMEN, "men": Gender.MEN, "notstated": Gender.NOT_STATED},
)
TABLE = "State,Profession,Gender,Number\r\nCôte d'Ivoire,judges,women,3\r\nUGA,prosecutors,men,2\r\n"
GOOD = {("CIV", Profession.JUDGES, Gender.WOMEN): 3, ("UGA", Profession.PROSECUTORS, Gender.MEN): 2}


def read(text: str) -> ReadList:
    return read_list(text.encode(), WORDS)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
        TABLE.encode("cp1252"),
        TABLE.encode("latin-1"),
        TABLE.replace("\r\n", "\n").encode(),
        TABLE.replace("\r\n", "\r").encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace(",", "|").encode(),
        b"sep=;\r\n" + TABLE.replace(",", ";").encode(),
        ("\r\n\r\n" + TABLE).encode(),
    ],
)
def test_whatever_a_spreadsheet_writes_is_read(content: bytes) -> None:
    found = read_list(content, WORDS)
    assert not found.faults
    assert found.groups == GOOD
    assert (found.lines, found.good, found.people) == (2, 2, 5)


def test_each_line_is_one_person_without_a_number_and_names_are_not_kept() -> None:
    found = read("Name;Sexe;Profession;E-mail\nVera Nix;F;Juge;v@example.org\nIda Bo;f;juge;\nUwe Ax;;prosecutors;\n")
    assert found.groups == {
        (None, Profession.JUDGES, Gender.WOMEN): 2,
        (None, Profession.PROSECUTORS, Gender.NOT_STATED): 1,
    }
    assert found.ignored == ["Name", "E-mail"]
    assert "Vera" not in repr(found)


def test_what_is_wrong_is_named_by_line_and_column() -> None:
    found = read(
        "state,profession,gender,number\n"
        "UGA,judges,women,1\n"
        '"Atlan\ntis",judges,women,1\n'
        "UGA,dentists,women,1\n"
        "UGA,,both,-3\n"
        "UGA,judges\n"
    )
    wrong = [(one.line, one.column, one.found, one.code) for one in found.faults]
    assert wrong == [
        (3, "state", "Atlan\ntis", "list.state"),
        (5, "profession", "dentists", "list.profession"),
        (6, "profession", "", "list.profession_missing"),
        (6, "gender", "both", "list.gender"),
        (6, "number", "-3", "list.number"),
        (7, "number", "", "list.number"),
    ]
    assert (found.lines, found.good) == (5, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "list.empty"),
        ("\n\n ,, \n", "list.empty"),
        ("Name,E-mail\nVera,v@example.org\n", "list.no_profession"),
        ("profession,gender\n", "list.no_lines"),
        ("profession\n" + "judges\n" * (MOST_LINES + 1), "list.too_long"),
        ("profession,state\n" + "x" * 200_000 + ",UGA\n", "list.no_table"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(text: str, code: str) -> None:
    found = read(text)
    assert [one.code for one in found.faults] == [code]
    assert not found.groups


def test_nothing_that_is_no_text_breaks_the_reading() -> None:
    for content in (
        bytes(range(256)) * 4,
        b"\0" * 500,
        b"PK\x03\x04" + b"\xff\xfe\0" * 99,
        codecs.BOM_UTF16_LE + b"\0",
    ):
        assert not read_list(content, WORDS).groups


@pytest.mark.parametrize(
    "cell", ["=1+1", "+5", "@SUM(A1)", "-2", "1e9", "2.5", "0", "100001", "٣x", "=cmd|' /C calc'!A0"]
)
def test_a_number_is_a_number_and_a_formula_is_none(cell: str) -> None:
    found = read(f'profession,number\njudges,"{cell}"\n')
    assert [one.code for one in found.faults] == ["list.number"]


@pytest.mark.parametrize("cell", ["7", " 7 ", "7.0", "7,00", "٧"])
def test_numbers_as_people_and_spreadsheets_write_them(cell: str) -> None:
    assert read(f'profession,number\njudges,"{cell}"\n').people == 7


def test_long_cells_are_shown_in_part() -> None:
    (fault,) = read("profession\n" + "y" * 500 + "\n").faults
    assert len(fault.found) <= 60


def test_lines_are_counted_as_an_editor_does() -> None:
    lines = lines_of(decoded(b'profession\n"a\nb"\n\nc\n'), lambda cell: cell == "profession")
    assert [line.number for line in lines] == [1, 2, 5]
