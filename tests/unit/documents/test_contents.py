"""Contents of uploaded files: every kind that is taken, and bad files of every kind, each with its own reason."""

from __future__ import annotations

import hashlib
import io
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from app.documents.checks import Unfit, archives, contents, look_at
from app.documents.vocabulary import FILE_KINDS
from tests.support import files

LIMIT = 1_000_000


def refusal(content: bytes, name: str, limit: int = LIMIT) -> str:
    """The code with which a file is refused."""
    with pytest.raises(Unfit) as refused:
        look_at(io.BytesIO(content), name, limit)
    return refused.value.code.removeprefix("document.")


def test_there_is_a_good_file_of_every_kind() -> None:
    assert set(files.GOOD) == set(FILE_KINDS)


@pytest.mark.parametrize("ending", sorted(FILE_KINDS))
def test_a_good_file_is_taken(ending: str) -> None:
    content = io.BytesIO(files.GOOD[ending])
    looked = look_at(content, f"مشروع.{ending}", LIMIT)
    assert looked.media_type == FILE_KINDS[ending].media_type
    assert looked.size == len(files.GOOD[ending])
    assert looked.sha256 == hashlib.sha256(files.GOOD[ending]).hexdigest()
    assert content.tell() == 0


@pytest.mark.parametrize("ending", sorted(FILE_KINDS))
def test_content_of_another_kind_is_refused_under_every_name(ending: str) -> None:
    """A PDF under every other name, a picture under that of a PDF, a program under all."""
    other = files.GOOD["png"] if ending == "pdf" else files.GOOD["pdf"]
    assert refusal(other, f"law.{ending}") == "content" if ending not in _ARCHIVES else "broken"
    assert refusal(b"MZ\x90\0" + bytes(400), f"law.{ending}") in {"content", "broken"}


_ARCHIVES = {"docx", "xlsx", "pptx", "odt", "ods", "odp"}


def test_one_office_file_is_not_another() -> None:
    assert refusal(files.office("xl/workbook.xml"), "law.docx") == "content"
    assert refusal(files.GOOD["odt"], "law.docx") == "content"
    assert refusal(files.GOOD["docx"], "law.odt") == "content"
    assert refusal(files.open_document(b"spreadsheet"), "law.odt") == "content"
    assert refusal(files.archive({"a.txt": b"x"}), "law.docx") == "content"


def test_an_empty_file_and_one_too_large() -> None:
    assert refusal(b"", "law.pdf") == "empty"
    assert refusal(b"", "law.txt") == "empty"
    size = len(files.GOOD["pdf"])
    assert refusal(files.GOOD["pdf"], "law.pdf", size - 1) == "too_large"
    assert look_at(io.BytesIO(files.GOOD["pdf"]), "law.pdf", size).size == size


@pytest.mark.parametrize(
    "bad",
    [
        files.pdf()[:200],
        b"%PDF-1.7\n" + bytes(300),
        b"%PDF-1.7\n%%EOF",
        files.pdf().replace(b"/Pages", b"/Gapes"),
    ],
    ids=["cut", "zeros", "nothing", "no pages"],
)
def test_a_damaged_pdf(bad: bytes) -> None:
    assert refusal(bad, "law.pdf") == "broken"


def test_a_pdf_with_a_password_to_open_it_is_refused_but_not_one_that_forbids_changes() -> None:
    assert refusal(files.pdf(password="secret"), "law.pdf") == "password"
    protected = files.pdf(owner_password="secret")
    assert look_at(io.BytesIO(protected), "law.pdf", LIMIT).size == len(protected)


def test_a_pdf_that_starts_something() -> None:
    assert refusal(files.pdf(script=True), "law.pdf") == "macros"
    assert refusal(files.pdf_that_starts("/Launch"), "law.pdf") == "macros"
    assert look_at(io.BytesIO(files.pdf_that_starts("/GoTo")), "law.pdf", LIMIT)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.office(word__vbaProject_bin=b"x"), "law.docx"),
        (files.office("xl/workbook.xml", xl__macrosheets__sheet1_xml=b"x"), "list.xlsx"),
        (files.archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
                        "word/document.xml": b"x"}), "law.docx"),
        (files.open_document(Basic__Standard__Module1_xml=b"x"), "law.odt"),
        (files.open_document(Scripts__python__x_py=b"x"), "law.odt"),
    ],
)  # fmt: skip
def test_an_office_file_with_programs(content: bytes, name: str) -> None:
    assert refusal(content, name) == "macros"


def test_an_office_file_with_a_password() -> None:
    assert refusal(files.with_password(), "law.docx") == "password"
    assert refusal(files.with_zip_password(files.office()), "law.docx") == "password"
    sealed = files.open_document(**{"META-INF__manifest_xml": b"<manifest:encryption-data/>"})
    assert refusal(sealed, "law.odt") == "password"


def test_an_old_office_file_under_a_new_name() -> None:
    assert refusal(files.with_password()[:500], "law.docx") == "content"


@pytest.mark.parametrize("cut", [30, 100])
def test_a_damaged_office_file(cut: int) -> None:
    assert refusal(files.office()[:-cut], "law.docx") == "broken"
    whole = files.archive({"[Content_Types].xml": b"x" * 50, "word/document.xml": bytes(range(256)) * 40})
    at = whole.index(b"word/document.xml") + 40
    assert refusal(whole[:at] + bytes(20) + whole[at + 20 :], "law.docx") == "broken"


def test_an_archive_that_unfolds_to_far_more() -> None:
    zeros = {"[Content_Types].xml": b"x", "word/document.xml": bytes(archives._SMALL + 1)}
    bomb = files.archive(zeros)
    assert len(bomb) < 20_000
    assert refusal(bomb, "law.docx") == "bomb"


def test_an_archive_with_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    assert refusal(files.office(a_xml=b"x", b_xml=b"x"), "law.docx") == "bomb"
    assert look_at(io.BytesIO(files.office(a_xml=b"x")), "law.docx", LIMIT)


def test_an_archive_of_too_many_octets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_OCTETS", 100)
    assert refusal(files.office(a_xml=b"xy" * 60), "law.docx") == "bomb"


def test_an_entry_that_says_less_than_it_holds() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"x")
        packed.writestr("word/document.xml", b"abc" * 400)
    told = out.getvalue().replace((1200).to_bytes(4, "little"), (12).to_bytes(4, "little"))
    assert told != out.getvalue()
    assert refusal(told, "law.docx") == "broken"


def test_an_archive_packed_in_a_way_of_no_office_program() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_LZMA) as packed:
        packed.writestr("[Content_Types].xml", b"x" * 1000)
        packed.writestr("word/document.xml", b"x")
    assert refusal(out.getvalue(), "law.docx") == "broken"
    damaged = bytearray(out.getvalue())
    at = damaged.index(b"[Content_Types].xml") + 19
    damaged[at + 4 : at + 6] = b"\xff\xff"
    assert refusal(bytes(damaged), "law.docx") == "broken"


def test_a_list_of_parts_longer_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_LONGEST_PART", 100)
    long = {"[Content_Types].xml": b"x" * 101, "word/document.xml": b"x"}
    assert refusal(files.archive(long), "law.docx") == "bomb"
    assert look_at(io.BytesIO(files.archive({**long, "[Content_Types].xml": b"x"})), "law.docx", LIMIT)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rb"{\rtf1\ansi {\object\objdata 0105}}", "embedded"),
        (rb"{\rtf1\ansi {\object\OBJUPDATE}}", "embedded"),
        (rb"{\rtf1\ansi cut off", "broken"),
        (rb"rtf1", "content"),
    ],
)
def test_bad_rich_text(content: bytes, reason: str) -> None:
    assert refusal(content, "law.rtf") == reason


@pytest.mark.parametrize(
    "content", [b"a\0b", b"<html><script>", b"  <!DOCTYPE html>", b"<svg onload='x'>", b"x" * 9000 + b"\1"]
)
def test_text_that_is_none(content: bytes) -> None:
    assert refusal(content, "law.txt") == "content"
    assert refusal(content, "law.csv") == "content"


@pytest.mark.parametrize(
    "content", ["Текст".encode("utf-16"), "Текст".encode("cp1251"), "نص".encode("cp1256"), b"\xef\xbb\xbfa"]
)
def test_text_of_any_script(content: bytes) -> None:
    assert look_at(io.BytesIO(content), "law.txt", LIMIT).media_type == "text/plain"


def test_a_picture_with_too_many_dots() -> None:
    assert refusal(files.huge_picture(20_000, 5_000), "scan.png") == "pixels"
    assert refusal(files.huge_picture(60_000, 60_000), "scan.png") == "pixels"


def test_a_scan_of_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    out = io.BytesIO()
    pages = [Image.new("1", (2, 2)) for _ in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    assert look_at(io.BytesIO(out.getvalue()), "scan.tiff", LIMIT)
    monkeypatch.setattr(contents, "MOST_FRAMES", 2)
    assert refusal(out.getvalue(), "scan.tiff") == "bomb"


@pytest.mark.parametrize(("form", "name"), [("PNG", "scan.png"), ("JPEG", "scan.jpg"), ("TIFF", "scan.tif")])
def test_a_damaged_picture(form: str, name: str) -> None:
    whole = files.picture(form, (64, 64))
    assert refusal(whole[:14], name) in {"broken", "content"}
    if form == "PNG":
        assert refusal(whole[:-20], name) == "broken"


def test_a_picture_with_a_remark_that_unfolds_to_far_more() -> None:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    remark, out = PngInfo(), io.BytesIO()
    remark.add_text("Comment", "x" * 3_000_000, zip=True)
    Image.new("1", (2, 2)).save(out, "PNG", pnginfo=remark)
    assert refusal(out.getvalue(), "scan.png") == "broken"


def test_a_picture_of_another_form() -> None:
    assert refusal(files.picture("PNG"), "scan.jpg") == "content"
    assert refusal(files.picture("JPEG"), "scan.tiff") == "content"
    assert refusal(files.picture("GIF"), "scan.png") == "content"
