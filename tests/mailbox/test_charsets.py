"""Every charset that mails come in, declared rightly, wrongly and not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.mailbox.charsets import compose, decode, find_codec, looks_misread

#: Charset label, a text that it can write, and the Python codec that writes it.
TABLE = [
    ("us-ascii", "Main Street 1", "ascii"),
    ("utf-8", "Größe – 警察 – полиция", "utf-8"),
    ("UTF8", "Größe", "utf-8"),
    ("iso-8859-1", "Größe “quoted” 5 €", "cp1252"),
    ("windows-1252", "Größe – 5 €", "cp1252"),
    ("iso-8859-2", "Łódź, ulica Żółta", "iso8859-2"),
    ("windows-1250", "Łódź – ulica Żółta", "cp1250"),
    ("iso-8859-3", "Ħal Għaxaq", "iso8859-3"),
    ("iso-8859-4", "Šiauliai", "iso8859-4"),
    ("iso-8859-5", "Полиция", "iso8859-5"),
    ("windows-1251", "Полиция, улица", "cp1251"),
    ("koi8-r", "Полиция города", "koi8-r"),
    ("koi8-u", "Поліція міста Київ", "koi8-u"),
    ("macintosh", "Größe Straße", "mac-roman"),
    ("iso-8859-6", "شرطة", "iso8859-6"),
    ("windows-1256", "شرطة دبي", "cp1256"),
    ("iso-8859-7", "Αστυνομία", "iso8859-7"),
    ("windows-1253", "Αστυνομία", "cp1253"),
    ("iso-8859-8-i", "משטרה", "iso8859-8"),
    ("windows-1255", "משטרה", "cp1255"),
    ("iso-8859-9", "İstanbul Şişli", "cp1254"),
    ("windows-1254", "İstanbul Şişli", "cp1254"),
    ("iso-8859-13", "Šiauliai, Rīga", "iso8859-13"),
    ("windows-1257", "Šiauliai, Rīga", "cp1257"),
    ("iso-8859-14", "Ŵyddgrug", "iso8859-14"),
    ("iso-8859-15", "5 € œuvre", "iso8859-15"),
    ("windows-1258", "Công an", "cp1258"),
    ("tis-620", "ตำรวจ", "cp874"),
    ("windows-874", "ตำรวจ", "cp874"),
    ("iso-2022-jp", "警察署", "iso2022_jp"),
    ("euc-jp", "警察署です", "euc_jp"),
    ("shift_jis", "①警察署", "cp932"),
    ("gb2312", "朱镕基警察", "gb18030"),
    ("gbk", "警察局長", "gbk"),
    ("gb18030", "警察㐂", "gb18030"),
    ("big5", "警察局", "big5"),
    ("euc-kr", "경찰서", "euc_kr"),
    ("ks_c_5601-1987", "똠방각하", "cp949"),
    ("iso-2022-kr", "경찰서", "iso2022_kr"),
    ("hz-gb-2312", "警察", "hz"),
    ("utf-7", "Größe", "utf-7"),
    ("utf-16", "Komenda Łódź", "utf-16"),
    ("utf-16le", "Komenda Łódź", "utf-16-le"),
    ("unicode-1-1-utf-7", "Größe", "utf-7"),
]


@pytest.mark.parametrize(("label", "text", "codec"), TABLE)
def test_declared_rightly(label: str, text: str, codec: str) -> None:
    found = decode(text.encode(codec), label)
    assert found.text == text
    assert found.declared == label.casefold()
    assert found.certain


@pytest.mark.parametrize(("label", "text", "codec"), TABLE)
def test_utf8_wins_over_any_wrong_declaration(label: str, text: str, codec: str) -> None:
    if codec.startswith(("utf-16", "iso2022", "hz", "utf-7")):
        return
    assert decode(text.encode("utf-8"), label).text == text


UNDECLARED = [
    (
        "Добрый день! Просим включить нас в список участников, адрес: город Казань, улица Баумана.",
        "cp1251",
    ),
    (
        "Добрый день! Просим включить нас в список участников, адрес: город Казань, улица Баумана.",
        "koi8-r",
    ),
    ("警察署です。よろしくお願いいたします。住所は東京都千代田区です。", "cp932"),
    ("警察署です。よろしくお願いいたします。住所は東京都千代田区です。", "euc_jp"),
    ("我们警察局想参加这个活动，地址在北京市海淀区中关村大街一号。", "gb18030"),
    ("경찰서에서 참여하고 싶습니다. 주소는 서울특별시 종로구입니다.", "cp949"),
    ("Καλημέρα, η αστυνομία θέλει να συμμετάσχει. Διεύθυνση: Αθήνα, οδός Σταδίου.", "cp1253"),
    ("Grüße aus der Polizeidirektion, Straße 5", "cp1252"),
]


@pytest.mark.parametrize(("text", "codec"), UNDECLARED)
def test_not_declared_at_all(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *(entry for entry in UNDECLARED if entry[1] != "cp1252"),
        (
            "Dzień dobry! Zgłaszam Komendę Powiatową Policji w Zakopanem, ul. Jagiellońska 32. Proszę o "
            "krótkie potwierdzenie, jeśli tym razem wiadomość doszła. Będziemy wdzięczni.",
            "iso8859-2",
        ),
    ],
)
def test_a_western_charset_declared_for_another_script(text: str, codec: str) -> None:
    for label in ("iso-8859-1", "us-ascii", "windows-1252"):
        assert decode(text.encode(codec), label).text == text
    assert decode(f"<p style='color:red'>{text}</p>".encode(codec), "iso-8859-1").text.count(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Übergrößenträger äußern Ärger über öde Öfen – schöne Grüße aus Köln",
        "Hola, ¿qué tal? La col·lecció de l´Àrea, n° 5, 2ª planta: «été» à l’île d’Yeu, où il gèle déjà",
        "Þórður Ægir Óskarsson, lögregluþjónn á Þórshöfn",
        "ÄÖÜ",
    ],
)
def test_a_western_text_stays_as_declared(text: str) -> None:
    assert decode(text.encode("cp1252"), "iso-8859-1").text == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Ulica Žarka Šošića 12, Zadar", "cp1250", "iso-8859-2"),
        ("Αστυνομία “Άγιος”", "cp1253", "iso-8859-7"),
        ("1 High Street – the “old” one", "cp1252", "iso-8859-15"),
    ],
)
def test_a_windows_charset_declared_as_its_iso_sibling(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), label).text == text


def test_declared_and_used_are_both_told() -> None:
    found = decode("Größe".encode(), "ISO-8859-1")
    assert (found.declared, found.used) == ("iso-8859-1", "utf-8")


def test_a_cut_off_character_spoils_no_other() -> None:
    raw = ("Größe " * 100 + "警").encode()[:-1]
    found = decode(raw, "utf-8")
    assert found.used == "utf-8"
    assert not found.certain
    assert found.text.startswith("Größe Größe")


@pytest.mark.parametrize(
    "label", ["", "x-klingon", "hex", "rot13", "zip", "\x00", "a" * 300, "utf-8; x", "idna"]
)
def test_no_label_raises(label: str) -> None:
    assert find_codec(label) == "" or label
    assert decode(b"abc", label).text == "abc"


def test_mojibake_is_told_and_left_alone() -> None:
    assert looks_misread("StraÃŸe 5, KÃ¶ln, GrÃ¼ÃŸe")
    assert not looks_misread("São Paulo, Ângela, Água")
    assert not looks_misread("Straße 5")


@given(st.binary(max_size=300), st.sampled_from([label for label, _, _ in TABLE]))
def test_never_raises_and_gives_text_that_can_be_stored(raw: bytes, label: str) -> None:
    decode(raw, label).text.encode("utf-8")


@given(st.text(max_size=100))
def test_utf8_comes_back_whatever_is_declared(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    if "\x1b" not in text and not text.startswith("\ufeff"):
        try:
            raw.decode("utf-8")
        except UnicodeError:
            return
        assert decode(raw, "windows-1251").text == text


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("Zu\u0308rich, Ba\u0301i To\u031b\u0300", "Zürich, Bái Tờ"),
        ("1\xa0High\u202fStreet", "1 High Street"),
        ("Poli\xadzei\xadinspektion", "Polizeiinspektion"),
        ("\u1109\u1165\u110b\u116e\u11af", "서울"),
        ("\u0627\u0654\u0645\u0646", "أمن"),
        ("\u09dc \u095c \u3000", "\u09dc \u095c \u3000"),
    ],
)
def test_letters_in_pieces_and_odd_blanks(sent: str, text: str) -> None:
    assert compose(sent) == text
