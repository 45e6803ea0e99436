"""Attached tables, documents and cards: text with spans of their own, within limits."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from collections.abc import Callable

import pytest

from poltwt_console.domain.message import Message, TextPart
from poltwt_console.mailbox import attachment_bytes
from poltwt_console.mailbox.attached.delimited import lay_out

Read = Callable[[bytes], Message]
ReadSample = Callable[[str], Message]


def with_attachment(content: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    head = (
        b"From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee file\n--b\n"
    )
    head += f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n\n'.encode()
    return head + base64.encodebytes(content) + b"--b--\n"


def rows(part: TextPart, number: int = 0) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in part.tables[number].cells:
        found.setdefault(cell.row, []).append(part.text[cell.start : cell.end])
    return list(found.values())


def office(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\nc;d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
        ("a|b\nc|d\n", [["a", "b"], ["c", "d"]]),
        ('a;b\n"Street 1, City";"x;y"\n', [["a", "b"], ["Street 1, City", "x;y"]]),
        ('a,b\n"two\nlines",d\n', [["a", "b"], ["two\nlines", "d"]]),
        ("sep=;\na;b\nc;d\n", [["a", "b"], ["c", "d"]]),
        ("\ufeffa;b\r\n\r\nc;d\r\n", [["a", "b"], ["c", "d"]]),
        ("Name, of all;x\nMain, Street;y\n", [["Name, of all", "x"], ["Main, Street", "y"]]),
    ],
)
def test_separators(text: str, expected: list[list[str]]) -> None:
    sheet = lay_out(text)
    part = TextPart("x", None, sheet.text, tables=sheet.tables)  # type: ignore[arg-type]
    assert rows(part) == expected


def test_a_text_without_columns_is_no_table() -> None:
    assert not lay_out("We are the police, really\nand live in Springfield\n").tables


def test_csv(read_sample: ReadSample) -> None:
    message = read_sample("csv-attached")
    part = message.part("attachment:1")
    assert rows(part)[1] == ["PP Nord", "@sample_nord", "Am Tor 1\nHinterhaus"]
    assert (part.name, part.charset_used) == ("Präsidien.csv", "cp1252")


def test_workbook(read_sample: ReadSample) -> None:
    part = read_sample("xlsx-attached").part("attachment:1/List")
    assert rows(part) == [["Our accounts"], ["Agency", "Twitter"], ["Sample Police", "@sample_xlsx", "2169"]]
    assert part.tables[0].cells[0].column_span == 3
    assert [link.target for link in part.links] == ["https://twitter.com/sample_xlsx"]


def test_a_workbook_written_by_openpyxl(read: Read) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Accounts"
    sheet.append(["Agency", "Twitter", "Postcode"])
    sheet.append(["Größe Police", "@sample", 2169])
    sheet.merge_cells("A4:B5")
    sheet["A4"] = "merged"
    stream = io.BytesIO()
    book.save(stream)
    part = read(with_attachment(stream.getvalue(), "a.xlsx")).part("attachment:1/Accounts")
    assert rows(part) == [["Agency", "Twitter", "Postcode"], ["Größe Police", "@sample", "2169"], ["merged"]]
    merged = part.tables[0].cells[-1]
    assert (merged.row, merged.row_span, merged.column_span) == (3, 2, 2)


def test_what_a_workbook_hides_is_not_read(read: Read) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Agency", "Twitter"], ["Riverton Police", "@RivertonPD"], ["Laketon Police", "@LaketonPD"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    last_year = book.create_sheet("Last year")
    last_year.append(["Harlow Police", "@HarlowPD"])
    last_year.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    parts = [part for part in read(with_attachment(stream.getvalue(), "a.xlsx")).parts if part.tables]
    assert [rows(part) for part in parts] == [[["Agency", "Twitter"], ["Laketon Police", "@LaketonPD"]]]


def test_what_a_workbook_strikes_out_is_told(read: Read) -> None:
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Agency", "Twitter"])
    sheet.append(["Riverton Police", "@RivertonPD"])
    for cell in sheet[2]:
        cell.font = Font(strike=True)
    old = TextBlock(InlineFont(strike=True), " @LaketonCops ")
    sheet.append(["Laketon Police", CellRichText(old, TextBlock(InlineFont(b=True), "@LaketonPD "))])
    stream = io.BytesIO()
    book.save(stream)
    part = read(with_attachment(stream.getvalue(), "a.xlsx")).part("attachment:1/Sheet")
    assert rows(part)[1:] == [
        ["Riverton Police", "@RivertonPD"],
        ["Laketon Police", "@LaketonCops @LaketonPD"],
    ]
    assert part.kept().split() == ["Agency", "Twitter", "Laketon", "Police", "@LaketonPD"]


def struck_book(styles: str, runs: str, link: str = "") -> bytes:
    """A workbook of one cell of the style 1, with these runs."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = f'<c r="A1" s="1" t="inlineStr"><is>{runs}</is></c>'
    sheet = f'<worksheet {space}><sheetData><row r="1">{cell}</row></sheetData>{link}</worksheet>'
    return office({"xl/workbook.xml": BOOK, "xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet})


STYLES = """<styleSheet><fonts><font/><font><strike{}/></font></fonts>
<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>"""


@pytest.mark.parametrize(
    ("styles", "runs", "kept"),
    [
        (STYLES.format(""), "<t>@old</t>", ""),
        (STYLES.format(' val="0"'), "<t>@old</t>", "@old"),
        # A run that has a look of its own takes none from its cell.
        (STYLES.format(""), "<r><t>@old </t></r><r><rPr><b/></rPr><t>@new</t></r>", "@new"),
        ("<styleSheet><strike", "<t>@old</t>", "@old"),
        ("", "<t>@old</t>", "@old"),
    ],
)
def test_a_cell_is_struck_out_as_the_program_shows_it(read: Read, styles: str, runs: str, kept: str) -> None:
    message = read(with_attachment(struck_book(styles, runs), "a.xlsx"))
    (part,) = [part for part in message.parts if part.tables]
    assert part.kept().strip() == kept


def test_a_link_of_several_runs_is_one(read: Read) -> None:
    relations = '<hyperlinks xmlns:r="r"><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'
    runs = "<r><t>@River</t></r><r><rPr><b/></rPr><t>tonPD</t></r>"
    raw = io.BytesIO(struck_book(STYLES.format(""), runs, relations))
    with zipfile.ZipFile(raw, "a") as archive:
        target = (
            '<Relationships><Relationship Id="rId1" Target="https://twitter.com/RivertonPD"/></Relationships>'
        )
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", target)
    message = read(with_attachment(raw.getvalue(), "a.xlsx"))
    (part,) = [part for part in message.parts if part.tables]
    assert [part.text[link.start : link.end] for link in part.links] == ["@RivertonPD"]


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("look", "kept"),
    [("<w:strike/>", "now @b"), ("<w:dstrike/>", "now @b"), ('<w:strike w:val="0"/>', "@a now @b")],
)
def test_what_a_document_strikes_out_is_told(read: Read, look: str, kept: str) -> None:
    runs = f"<w:r><w:rPr>{look}</w:rPr><w:t>@a</w:t></w:r><w:r><w:t> now @b</w:t></w:r>"
    document = f"<w:document {WORD}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    part = read(with_attachment(office({"word/document.xml": document}), "a.docx")).part("attachment:1")
    assert (part.text.strip(), part.kept().strip()) == ("@a now @b", kept)


@pytest.mark.parametrize(
    ("paragraph", "run", "kept"),
    [
        ("", '<w:rStyle w:val="Out"/>', "now @b"),
        ("", '<w:rStyle w:val="OutToo"/>', "now @b"),  # based on it
        ("", '<w:rStyle w:val="Back"/>', "@a now @b"),  # based on it, and says that it does not
        ("", '<w:rStyle w:val="Round"/>', "@a now @b"),  # based on itself
        ("", '<w:rStyle w:val="Out"/><w:strike w:val="0"/>', "@a now @b"),  # its own look rules
        ("Out", "", ""),
        ("Out", '<w:rStyle w:val="Out"/>', "@a"),  # the two turn each other round
        ("Plain", "", "@a now @b"),
    ],
)
def test_what_a_document_strikes_out_by_a_style_is_told(
    read: Read, paragraph: str, run: str, kept: str
) -> None:
    looks = {
        "Out": "<w:rPr><w:strike/></w:rPr>",
        "OutToo": '<w:basedOn w:val="Out"/>',
        "Back": '<w:basedOn w:val="Out"/><w:rPr><w:strike w:val="0"/></w:rPr>',
        "Round": '<w:basedOn w:val="Round"/>',
        "Plain": "",
    }
    styles = "".join(f'<w:style w:styleId="{name}">{look}</w:style>' for name, look in looks.items())
    look = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    runs = f"<w:r><w:rPr>{run}</w:rPr><w:t>@a</w:t></w:r><w:r><w:t> now @b</w:t></w:r>"
    document = f"<w:document {WORD}><w:body><w:p>{look}{runs}</w:p></w:body></w:document>"
    files = {"word/document.xml": document, "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>"}
    part = read(with_attachment(office(files), "a.docx")).part("attachment:1")
    assert (part.text.strip(), part.kept().strip()) == ("@a now @b", kept)


def test_a_document_with_damaged_styles_keeps_its_words(read: Read) -> None:
    document = f"<w:document {WORD}><w:body><w:p><w:r><w:t>@a</w:t></w:r></w:p></w:body></w:document>"
    files = {"word/document.xml": document, "word/styles.xml": "<w:styles><w:strike"}
    assert read(with_attachment(office(files), "a.docx")).part("attachment:1").kept().strip() == "@a"


def test_document(read_sample: ReadSample) -> None:
    part = read_sample("docx-attached").part("attachment:1")
    assert rows(part) == [["Twitter", "our account"], ["Address", "High Street 5\nSpringfield"]]
    assert part.text.startswith("Registration\n")
    assert [(part.text[link.start : link.end], link.target) for link in part.links] == [
        ("our account", "https://twitter.com/sample_docx")
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pdf-attached", ["Sample Police @sample_pdf", "Harbour Road 6"]),
        ("vcard-attached", ["FN: José Pérez", "ADR: Calle Mayor 1, Madrid, 28013, Spain", "https://twitter.com/sample_vcf"]),
        ("ics-attached", ["DESCRIPTION: We join\nas @sample_ics", "ATTENDEE (ACCEPTED): a@b.example"]),
        ("tabs-attached", ["East\t@sample_east"]),
    ],
)  # fmt: skip
def test_other_kinds(read_sample: ReadSample, name: str, words: list[str]) -> None:
    part = read_sample(name).part("attachment:1")
    assert all(word in part.text for word in words)


def test_other_files_are_kept_and_opened_again(read_sample: ReadSample) -> None:
    message = read_sample("picture-attached")
    (attachment,) = message.attachments
    assert (attachment.name, attachment.content_type, attachment.size) == ("scan.png", "image/png", 48)
    assert attachment_bytes(message, attachment.path).startswith(b"\x89PNG")
    assert not [part for part in message.parts if part.id.startswith("attachment")]
    with pytest.raises(KeyError):
        attachment_bytes(message, "9")


SHEET = (
    '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>{}</t></is></c></row></sheetData></worksheet>'
)
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"not a zip", "a.xlsx"),
        (office({"a": "b"}), "a.xlsx"),
        (office({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": "<broken"}), "a.xlsx"),
        (office({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": LAUGHS}), "a.xlsx"),
        (
            office({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": SHEET.format("0" * 210_000_000)}),
            "bomb.xlsx",
        ),
        (office({"word/document.xml": "<x>" * 5}), "a.docx"),
        (b"%PDF-1.4 broken", "a.pdf"),
    ],
    ids=["no zip", "no workbook", "broken", "entities", "bomb", "document", "pdf"],
)
def test_what_cannot_be_read_is_told_in_time(read: Read, content: bytes, name: str) -> None:
    raw = with_attachment(content, name)
    started = time.perf_counter()
    message = read(raw)
    assert time.perf_counter() - started < 2.0
    assert [defect for defect in message.defects if defect.startswith(f"{name}: The ")]
    assert message.attachments[0].size == len(content)


def test_a_large_workbook_stops_in_time(read: Read) -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{n}</t></is></c>' for n in range(20))
    sheet = "<worksheet><sheetData>" + f"<row>{cells}</row>" * 7_000 + "</sheetData></worksheet>"
    started = time.perf_counter()
    read(
        with_attachment(
            office({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": sheet[:8_000_000]}), "a.xlsx"
        )
    )
    assert time.perf_counter() - started < 2.0


def test_a_hostile_pdf_stops_in_time(read: Read) -> None:
    stream = b"BT /F1 12 Tf " + b"(a) Tj 1 0 0 1 0 0 Tm " * 400_000 + b"ET"
    head = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    head += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n"
    content = (
        head
        + b"<</Length %d>>stream\n" % len(stream)
        + stream
        + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    started = time.perf_counter()
    read(with_attachment(content, "a.pdf"))
    assert time.perf_counter() - started < 2.0
