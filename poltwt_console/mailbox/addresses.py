"""Mail addresses in header values: ``"Name" <a@b>, c@d (comment), group: e@f;``.

One pass, no recursion (the standard library recurses on nested comments).  Encoded words are
decoded after the value has been taken apart, so a comma inside an encoded name does not split it.
"""

from __future__ import annotations

import re

from poltwt_console.domain.message import Sender
from poltwt_console.mailbox import charsets, limits
from poltwt_console.mailbox.words import clean, decode_words

_BARE = re.compile(r"[^\s<>()\[\],;:\"@]{1,200}@[^\s<>()\[\],;:\"@]{1,253}")
_MAILTO = re.compile(r"[\[<]\s{0,3}mailto:\s{0,3}([^\]>\s]{1,300})\s{0,3}[\]>]", re.IGNORECASE)


def parse_addresses(raw: bytes, hint: str = "") -> tuple[Sender, ...]:
    """The senders or recipients of a raw header value, in order."""
    text = raw.decode("ascii") if raw.isascii() else charsets.decode(raw, "", hint).text
    if "\x1b" in text:
        text = charsets.decode(raw, "iso-2022-jp").text
    return parse_address_text(text)


def parse_address_text(text: str) -> tuple[Sender, ...]:
    """The same for a text, such as the From line of a quoted mail (``Name [mailto:a@b]`` too)."""
    text = _MAILTO.sub(r"<\1>", text[: limits.HEADER_CHARACTERS])
    found: list[Sender] = []
    words: list[str] = []
    comment: list[str] = []
    angle: str | None = None
    depth = 0
    quoted = escaped = in_angle = False
    for char in text + ",":
        if escaped:
            (comment if depth else words).append(char)
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif depth:
            if char == "(":
                depth += 1
            elif char == ")":
                depth -= 1
            if depth:
                comment.append(char)
        elif char == '"' and not in_angle:
            quoted = not quoted
        elif quoted:
            words.append(char)
        elif in_angle:
            if char == ">":
                in_angle = False
            elif char in ",;" and "@" in (angle or ""):
                in_angle = False
                _add(found, words, comment, angle)
                words, comment, angle = [], [], None
            else:
                angle = (angle or "") + char
        elif char == "(":
            depth = 1
        elif char == "<":
            in_angle, angle = True, angle or ""
        elif char == ":" and "@" not in words and angle is None:
            words = []  # the name of a group
        elif char in ",;":
            if char == "," and angle is None and words and not _BARE.search("".join(words)) and not comment:
                words.append(",")  # ``Weber, Luc <...>`` without its quotation marks
                continue
            _add(found, words, comment, angle)
            words, comment, angle = [], [], None
            if len(found) >= limits.ADDRESSES:
                break
        else:
            words.append(char)
    if words or angle:
        while words and not words[-1].strip(", "):
            words.pop()
        _add(found, words, comment, angle)
    return tuple(found)


def first_address(senders: tuple[Sender, ...]) -> Sender:
    """The first of them, or the empty sender."""
    return senders[0] if senders else Sender("", "")


def _add(found: list[Sender], words: list[str], comment: list[str], angle: str | None) -> None:
    name = clean(decode_words("".join(words)))
    note = clean(decode_words("".join(comment)))
    email = "".join((angle or "").split())
    if not email:
        bare = _BARE.search(name)
        if bare:
            email = bare.group()
            name = name.replace(email, "").strip()
        name = name or note
    elif "=?" in email:
        email = "".join(decode_words(email).split())
    name = _unquote(name) or (note if email else "")
    if name == email:
        name = ""
    if name or email:
        found.append(Sender(name, clean(email)))


def _unquote(name: str) -> str:
    name = name.strip(" ,")
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name
