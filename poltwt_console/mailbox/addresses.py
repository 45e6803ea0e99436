"""Mail addresses in header values: ``"Name" <a@b>, c@d (comment), group: e@f;``.

One pass, no recursion (the standard library recurses on nested comments).  Encoded words are
decoded after the value has been taken apart, so a comma inside an encoded name does not split it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from poltwt_console.domain.message import Sender
from poltwt_console.mailbox import charsets, limits
from poltwt_console.mailbox.words import clean, decode_words

_OUTSIDE = frozenset(' \t\r\n<>()[],;:"@')  # what no plain address holds
#: ``Name <a@b>`` without quotation marks, commas, comments or encoded words.
_PLAIN = re.compile(
    r"\A([^\"(),:;<>\\@=]{0,200})<([^\s\"(),:;<>\\@=]{1,64}@[^\s\"(),:;<>\\@=]{1,253})>\s{0,9}"
)
_BRACKETS = re.compile(r"\[\s{0,3}\]|<\s{0,3}>")  # where an address without them was: ``Name [a@b]``
_SHORT = 200  # characters of a value that is remembered
_LOCAL, _DOMAIN = 64, 253  # characters (RFC 5321 4.5.3.1)
_MAILTO = re.compile(r"[\[<]\s{0,3}mailto:\s{0,3}([^\[<\]>\s]{1,300})\s{0,3}[\]>]", re.IGNORECASE)


def parse_addresses(raw: bytes, hint: str = "") -> tuple[Sender, ...]:
    """The senders or recipients of a raw header value, in order."""
    text = raw.decode("ascii") if raw.isascii() else charsets.decode(raw, "", hint).text
    if "\x1b" in text:
        text = charsets.decode(raw, "iso-2022-jp").text
    return parse_address_text(text)


def parse_address_text(text: str) -> tuple[Sender, ...]:
    """The same for a text, such as the From line of a quoted mail (``Name [mailto:a@b]`` too)."""
    parse = _parse_again if len(text) <= _SHORT else _parse
    return parse(text[: limits.HEADER_CHARACTERS])


def _parse(text: str) -> tuple[Sender, ...]:
    return _Parser().run(_MAILTO.sub(r"<\1>", text))


# The organiser's own address stands in every mail; a long list of recipients is not worth keeping.
_parse_again = lru_cache(maxsize=2_000)(_parse)


class _Parser:
    """One walk over the characters of a value."""

    def __init__(self) -> None:
        self._found: list[Sender] = []
        self._clear()

    def _clear(self) -> None:
        self._words: list[str] = []
        self._comment: list[str] = []
        self._angle: list[str] = []
        self._has_at = False  # in the words or the brackets
        self._has_angle = False

    def run(self, text: str) -> tuple[Sender, ...]:
        plain = _PLAIN.fullmatch(text)
        if plain is not None:  # nearly all are: no need to look at each character
            self._words, self._angle = [plain[1]], [plain[2]]
            self._finish()
            return tuple(self._found)
        depth = 0
        quoted = escaped = inside = False
        for index, char in enumerate(text):
            if escaped:
                (self._comment if depth else self._words).append(char)
                escaped = False
            elif char == "\\" and (quoted or depth):
                escaped = True
            elif depth:
                depth += (char == "(") - (char == ")")
                if depth:
                    self._comment.append(char)
            elif char == '"' and not inside and not _is_letter(text, index):
                quoted = not quoted
            elif quoted:
                self._words.append(char)
            elif inside:
                # A bracket that is never closed ends at the next comma.
                inside = char != ">" and not (char in ",;" and self._has_at)
                if inside:
                    self._angle.append(char)
                    self._has_at = self._has_at or char == "@"
                elif char != ">":
                    self._finish()
            elif char == "(":
                depth = 1
            elif char == "<":
                inside = self._has_angle = True
            else:
                self._plain(char)
            if len(self._found) >= limits.ADDRESSES:
                break
        self._finish()
        return tuple(self._found)

    def _plain(self, char: str) -> None:
        if char == ":" and not (self._has_at or self._has_angle):
            self._words = []  # the name of a group
        elif char == ";" or (
            char == "," and (self._has_at or self._has_angle or self._comment or not self._words)
        ):
            self._finish()
        else:  # a comma among them: ``Weber, Luc <...>`` without its quotation marks
            self._words.append(char)
            self._has_at = self._has_at or char == "@"

    def _finish(self) -> None:
        name = clean(decode_words("".join(self._words)))
        note = clean(decode_words("".join(self._comment)))
        email = "".join("".join(self._angle).split())
        if not email:
            email = _find_bare(name)
            name = _BRACKETS.sub("", name.replace(email, "")).strip(" '")
            name = name or note
        elif "=?" in email:
            email = "".join(decode_words(email).split())
        name = " ".join(_unquote(name).split()) or (note if email else "")
        if "@" in note and name != note:
            name = f"{name} ({note})"  # people write their account there
        if name == email:
            name = ""
        if name or email:
            self._found.append(Sender(name, clean(email)))
        self._clear()


def _is_letter(text: str, index: int) -> bool:
    """Whether a quotation mark is part of a word: 'רפ"ק', 'Jim "Ace"' has none."""
    return text[index - 1 : index].isalnum() and text[index + 1 : index + 2].isalnum()


def first_address(senders: tuple[Sender, ...]) -> Sender:
    """The first of them, or the empty sender."""
    return senders[0] if senders else Sender("", "")


def _find_bare(text: str) -> str:
    """The first address that stands in a text without brackets, or an empty string."""
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > 0 and at - start < _LOCAL and text[start - 1] not in _OUTSIDE:
            start -= 1
        while end < len(text) and end - at <= _DOMAIN and text[end] not in _OUTSIDE:
            end += 1
        if start < at and end > at + 1:
            return text[start:end].strip("'")
        at = text.find("@", at + 1)
    return ""


def _unquote(name: str) -> str:
    name = name.strip(" ,")
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name
