"""``value; name="..."; name*0*=utf-8''...`` of Content-Type and Content-Disposition (RFC 2045, 2231).

Encoded words inside a quoted file name are illegal and common: they are decoded too.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from poltwt_console.mailbox import charsets
from poltwt_console.mailbox.words import decode_words

_PARAMETER = re.compile(
    r';[ \t]{0,50}([^\s=;*"]{1,80})(\*(\d{1,3}))?(\*)?[ \t]{0,20}=[ \t]{0,20}'
    r'(?:"((?:[^"\\]|\\.){0,8000})"?|([^;]{0,8000}))'
)


def parse_parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """The value in lower case, and its parameters by lower-case name, decoded."""
    if not value.isascii():
        text = charsets.decode(value).text
    else:
        text = value.decode("ascii")
    main, semicolon, _ = text.partition(";")
    if not semicolon:
        return main.strip().lower(), {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(text, len(main)):
        name, _, number, extended, quoted, bare = match.groups()
        content = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare.strip()
        pieces.setdefault(name.lower(), []).append((int(number or 0), bool(extended), content))
    return main.strip().lower(), {name: _join(found) for name, found in pieces.items()}


def _join(pieces: list[tuple[int, bool, str]]) -> str:
    """One value from its numbered and percent-encoded pieces."""
    if not any(extended for _, extended, _ in pieces):
        if len({number for number, _, _ in pieces}) == len(pieces):
            return decode_words("".join(text for _, _, text in sorted(pieces, key=lambda piece: piece[0])))
        return decode_words(pieces[0][2])
    charset = ""
    raw = b""
    for number, extended, text in sorted(
        (piece for piece in pieces if piece[1] or piece[0]), key=lambda p: p[0]
    ):
        if extended:
            if number == 0 and text.count("'") >= 2:
                charset, _, text = text.split("'", 2)
            raw += unquote_to_bytes(text)
        else:
            raw += text.encode("utf-8", "replace")
    return charsets.decode(raw, charset).text
