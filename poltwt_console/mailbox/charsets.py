"""Bytes to text, whatever the sender declared.

The order was measured on real mails with wrong declarations: strict UTF-8 first (other
charsets are next to never valid UTF-8 by chance), then what was declared under its WHATWG
meaning (``iso-8859-1`` is ``windows-1252``, ``gb2312`` is ``gb18030`` ...; encoding.spec.whatwg.org)
unless that is Western and the text is not, then a detector, then ``windows-1252`` with replacement
characters.  Stateful charsets, whose bytes are all ASCII (ISO-2022, UTF-7, HZ), and UTF-16/32 are
tried before UTF-8 when declared.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_ALIASES = {
    "": "",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "x-ansi": "cp1252",
    "ansi": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "logical": "iso8859-8",
    "visual": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "euc-kr": "cp949",
    "windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "x-mac-ce": "mac-latin2",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "hz-gb-2312": "hz",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "win-1251": "cp1251",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8_r": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-user-defined": "cp1252",
}
_DECLARED_FIRST = ("iso2022", "utf-7", "hz", "utf-16", "utf-32")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\(J")
_DETECTED_BYTES = 20_000  # of a text that the detector sees: 5 ms each
_SHORT_BYTES = 100
#: Blanks but the ideographic one, which sets columns apart.
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
#: All but the letters that no normal form leaves whole: Indic and Tibetan letters with a dot, Hebrew ones
#: with points, compatible Chinese characters.
_COMPOSED = re.compile(
    "[^\u0958-\u095f\u09dc-\u09df\u0a33-\u0a36\u0a59-\u0a5e\u0b5c\u0b5d\u0f43-\u0fb9\uf900-\ufaff\ufb1d-\ufb4e]+"
)
#: What Windows programs mean by an ISO charset when they use the bytes that it has no letters for.
_WINDOWS = {
    "iso8859-2": "cp1250",
    "iso8859-5": "cp1251",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-13": "cp1257",
    "iso8859-4": "cp1257",
    "iso8859-15": "cp1252",
}
_CONTROLS = re.compile(rb"[\x80-\x84\x86-\x9f]")
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_ODD = re.compile(rb"[A-Za-z][\xa1\xa5\xa6\xaf\xb1\xb3\xb6\xb9\xbc\xbe\xbf](?=[A-Za-z])")
_LEAST_ODD = 3
_ACCENTED = bytes(range(0x80, 0x100))
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST_FOREIGN = 20  # letters that look accented prove something
_LATIN = ("cp125", "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-9", "mac-", "cp437", "cp85")
_MOJIBAKE = re.compile("[ÃÂÐÑ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\x9d“”¦¢]|Ã[a-zŸ¼¶¤]")
_MOJIBAKE_PLACES = 2
_WRONG_SHARE = 200  # one undecodable place in so many characters is damage, not another charset


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that was declared (lower case) and the Python codec that fitted."""

    text: str
    declared: str
    used: str
    certain: bool = True  # False: replacement characters were put in


def find_codec(label: str) -> str:
    """The Python codec for a charset label as mails write it, or an empty string."""
    name = label.strip().strip("\"'").casefold().replace(" ", "")
    if name in _ALIASES:
        return _ALIASES[name]
    for candidate in (
        name,
        name.removeprefix("x-"),
        name.replace("windows-", "cp"),
        name.replace("cp-", "cp"),
    ):
        try:
            info = codecs.lookup(candidate)
        except (LookupError, ValueError):  # ValueError: a label with a NUL in it
            continue
        if info._is_text_encoding:  # not hex, rot13 or zip
            return info.name
    return ""


def compose(text: str) -> str:
    """A text as people type it: letters in one piece, plain blanks, no soft hyphens.

    Some programs send "ü" as "u" and two dots, and blanks that never break: to every rule, list and
    search those are other words.
    """
    if text.isascii():
        return text
    text = _BLANKS.sub(" ", text).replace("\xad", "")
    if unicodedata.is_normalized("NFC", text):
        return text
    return _COMPOSED.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)


def decode(raw: bytes, declared: str = "", hint: str = "") -> Decoded:
    """Decode bytes of a mail; never raises.

    ``hint`` is a charset that is likely where none was declared, such as the body's for a
    header in raw 8-bit.
    """
    label = declared.strip().casefold()
    codec = find_codec(declared) or find_codec(hint)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            text = _strictly(raw, name)
            if text is not None:
                return Decoded(text, label, name)
    if codec.startswith(_DECLARED_FIRST):
        text = _strictly(raw, codec)
        if text is not None and not _looks_empty(text):
            return Decoded(text, label, codec)
    if b"\x1b" in raw and raw.isascii() and _ISO_2022_JP.search(raw):
        text = _strictly(raw, "iso2022_jp_ext")
        if text is not None:
            return Decoded(text, label, "iso2022_jp_ext")
    if raw.isascii():
        return Decoded(raw.decode("ascii"), label, "ascii")
    text = _strictly(raw, "utf-8")
    if text is not None:
        return Decoded(text, label, "utf-8")
    if codec == "cp1252" and _is_foreign(raw):
        found = _detect(raw)
        text = _strictly(raw, found) if found else None
        if text is not None:
            return Decoded(text, label, found)
    sibling = _WINDOWS.get(codec)
    if sibling and _CONTROLS.search(raw):
        text = _strictly(raw, sibling)
        if text is not None:
            return Decoded(text, label, sibling)
    if codec and codec != "utf-8":
        text = _strictly(raw, codec)
        if text is not None:
            return Decoded(text, label, codec)
    return _guess(raw, label, codec)


def _is_foreign(raw: bytes) -> bool:
    """Whether a text is in no Western language: programs declare Western charsets where nobody chose one.

    Of Western texts no more than a fifth of the letters have accents; of Russian ones declared as
    ISO 8859-1 most look as if they had, and Polish ones have signs within their words ("bia³y").
    """
    if len(_ODD.findall(raw, 0, _DETECTED_BYTES)) >= _LEAST_ODD:
        return True
    plain = _TAG.sub(b" ", raw[:_DETECTED_BYTES])
    foreign = len(plain) - len(plain.translate(None, _ACCENTED))
    letters = len(plain) - len(plain.translate(None, _LETTERS))
    return foreign >= _LEAST_FOREIGN and foreign * 2 > letters


def looks_misread(text: str) -> bool:
    """Whether a text seems to be UTF-8 that somebody read as Windows-1252 (``StraÃŸe``).

    It is only told: a repair would move every span, and may be wrong.
    """
    if not ("Ã" in text or "â€" in text or "Ð" in text or "Â" in text):
        return False
    if len(_MOJIBAKE.findall(text[:100_000])) < _MOJIBAKE_PLACES:
        return False
    try:
        return len(text[:2_000].encode("cp1252").decode("utf-8")) < len(text[:2_000])
    except UnicodeError:
        return len(_MOJIBAKE.findall(text[:100_000])) > 2 * _MOJIBAKE_PLACES


def _guess(raw: bytes, label: str, codec: str) -> Decoded:
    """The text of bytes that are neither UTF-8 nor as declared."""
    for name in ("utf-8", codec):
        if name:
            damaged = raw.decode(name, "replace")
            if damaged.count("\ufffd") * _WRONG_SHARE <= len(damaged):
                return Decoded(damaged, label, name, certain=False)
    found = _detect(raw)
    if found:
        text = _strictly(raw, found)
        if text is not None:
            return Decoded(text, label, found)
    name = codec or "cp1252"
    damaged = raw.decode(name, "replace")
    return Decoded(damaged, label, name, certain="\ufffd" not in damaged)


def _detect(raw: bytes) -> str:
    """The detector's codec, or an empty string where it is known to guess wildly.

    Where few letters are not ASCII the text is in a Latin script; too short a one is anybody's
    guess, and Western Europe the likeliest.
    """
    foreign = sum(byte > 127 for byte in raw[:_DETECTED_BYTES])
    latin = foreign * 4 < len(raw[:_DETECTED_BYTES])
    if latin and len(raw) < _SHORT_BYTES:
        return ""
    import chardet  # 50 ms to load, and most mails never need it

    found = find_codec(str(chardet.detect(raw[:_DETECTED_BYTES]).get("encoding") or ""))
    return "" if latin and not found.startswith(_LATIN) else found


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        text = raw.decode(codec)
        if codec == "utf-7":
            text.encode("utf-8")  # this codec lets halves of surrogate pairs through
    except (UnicodeError, LookupError):
        return None
    return text


def _looks_empty(text: str) -> bool:
    """Whether a wide charset turned ordinary bytes into nonsense (UTF-16 declared on ASCII)."""
    return bool(text) and text.count("\x00") > len(text) // 2
