"""Bytes to a tree of entities: one pass over the boundaries, linear, on bytes.

The standard library's parser was measured and refused for this: it reads line by line (40 MB
of short lines take 11 s), recurses (2,000 levels raise RecursionError) and turns 8-bit headers
into surrogates.  What it accepts this one accepts too; broken structure becomes text and a
sentence in ``defects``, never an exception.  Content stays undecoded until it is asked for.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from poltwt_console.mailbox import limits
from poltwt_console.mailbox.parameters import parse_parameters

_FIELD = re.compile(rb"\A([!-9;-~]{1,200})[ \t]{0,20}:[ \t]?")
_BOUNDARY_LINE = re.compile(rb"(?:\A|\n)--([!-~][!-~ ]{0,69}?)[ \t]{0,20}\r?(?:\n|\Z)")
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


@dataclass(slots=True, eq=False)
class Entity:
    """One part of a mail: its header fields (unfolded bytes), and either children or content.

    ``path`` are the part numbers from the top ("2.1"; the enclosed mail of a message/rfc822 is
    its only child); the top is "".  ``raw[start:end]`` is the undecoded content.
    """

    fields: list[tuple[str, bytes]]
    raw: bytes
    start: int
    end: int
    path: str = ""
    default_type: str = "text/plain"
    children: list[Entity] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    content_type: str = field(init=False)
    parameters: dict[str, str] = field(init=False)
    _disposition: tuple[str, dict[str, str]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        value = self.first("content-type")
        kind, self.parameters = parse_parameters(value) if value else ("", {})
        if not value:
            kind = self.default_type
        elif kind.count("/") != 1:
            kind = "text/plain"  # RFC 2045 5.2
        self.content_type = kind

    def first(self, name: str) -> bytes:
        """The first field of that name (lower case), or empty bytes."""
        for key, value in self.fields:
            if key.lower() == name:
                return value
        return b""

    @property
    def charset(self) -> str:
        return self.parameters.get("charset", "")

    @property
    def disposition(self) -> str:
        return self._read_disposition()[0]

    @property
    def file_name(self) -> str:
        """The name without folders that the sender gave the part, or an empty string."""
        name = self._read_disposition()[1].get("filename") or self.parameters.get("name", "")
        return name.replace("\x00", "").replace("\\", "/").rpartition("/")[2].strip()

    def _read_disposition(self) -> tuple[str, dict[str, str]]:
        if self._disposition is None:
            self._disposition = parse_parameters(self.first("content-disposition"))
        return self._disposition

    @property
    def encoded(self) -> memoryview:
        """The content as it stands in the mail."""
        return memoryview(self.raw)[self.start : self.end]

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    def content(self) -> bytes:
        """The decoded content; what cannot be decoded comes as it stands, with a defect."""
        raw = self.raw[self.start : self.end]
        encoding = self.first("content-transfer-encoding").strip().lower().split(b";")[0].strip()
        if encoding == b"base64":
            return self._from_base64(raw)
        if encoding == b"quoted-printable":
            return quopri.decodestring(raw)
        if encoding in (b"x-uuencode", b"uuencode", b"uue", b"x-uue"):
            return _from_uuencode(raw)
        return raw

    def _from_base64(self, raw: bytes) -> bytes:
        try:
            return binascii.a2b_base64(raw.translate(None, b" \t\r\n"), strict_mode=True)
        except binascii.Error:
            # Line by line, so that a damaged line spoils no other, and blocks set end to end stay apart.
            content = b"".join(_from_base64_line(line) for line in raw.split(b"\n"))
        if raw.strip() and not content:
            self.defects.append("A part says that it is base64 and is not; it is shown as it came.")
            return raw
        self.defects.append("A part of this mail was damaged on its way; what is left of it is shown.")
        return content

    def walk(self) -> Iterator[Entity]:
        """This entity and all below it, in order."""
        waiting = [self]
        while waiting:
            entity = waiting.pop()
            yield entity
            waiting.extend(reversed(entity.children))


@dataclass(slots=True)
class _Budget:
    """What is left to spend on one mail."""

    parts: int = limits.PARTS
    scan: int = limits.SCAN_BYTES


def parse(raw: bytes) -> Entity:
    """The entity tree of one mail."""
    text = raw
    if b"\n" not in raw and b"\r" in raw:
        text = raw.replace(b"\r", b"\n")  # old Macintosh line ends
    start = len(text) - len(text.lstrip(b"\r\n")) if text[:1] in (b"\r", b"\n") else 0
    budget = _Budget()
    top = _read_entity(text, start, len(text), "", "text/plain")
    if len(raw) > limits.MAIL_BYTES:
        top.defects.append(
            "This mail is larger than 64 MB; its large attachments are kept, and were not looked into."
        )
    # A list of what waits instead of recursion: depth is the sender's choice.
    waiting = [(top, 0)]
    while waiting:
        entity, level = waiting.pop()
        if level >= limits.LEVELS:
            top.defects.append("This mail has more than 100 parts within parts; the innermost were not read.")
            entity.content_type = "text/plain" if entity.is_multipart else entity.content_type
            continue
        if entity.is_multipart:
            _split(entity, budget, top)
        elif entity.content_type in ("message/rfc822", "message/global"):
            _enclose(entity)
        waiting.extend((child, level + 1) for child in entity.children)
    return top


def _read_entity(raw: bytes, start: int, end: int, path: str, default_type: str) -> Entity:
    """Read one header block; the content begins after it."""
    fields, body, defects = _read_fields(raw, start, end)
    entity = Entity(fields, raw, body, end, path, default_type)
    entity.defects.extend(defects)
    return entity


def _read_fields(raw: bytes, start: int, end: int) -> tuple[list[tuple[str, bytes]], int, list[str]]:
    """The header fields from ``start``, where the content begins, and what was wrong."""
    fields: list[tuple[str, bytes]] = []
    defects: list[str] = []
    position = start
    pieces: list[bytes] = []
    name = ""
    stop = min(end, start + limits.HEADER_BYTES)
    while position < end:
        newline = raw.find(b"\n", position, stop)
        if newline < 0:
            if stop < end:
                defects.append("The headers of this mail are longer than 1 MB; the rest was read as text.")
                break
            newline = end - 1 if raw[end - 1 : end] == b"\n" else end
        line = raw[position : min(newline, end)]
        if line.endswith(b"\r"):
            line = line[:-1]
        after = min(newline + 1, end)
        if not line:
            position = after
            break
        if line[0] in b" \t":
            if name:
                pieces.append(line)
            position = after
            continue
        match = _FIELD.match(line)
        if match is None:
            if line.startswith((b"From ", b">From ")) and not fields and not name:
                position = after
                continue
            defects.append("The headers are not set apart from the text by an empty line.")
            break
        if name:
            fields.append((name, b"".join(pieces)))
        if len(fields) >= limits.HEADER_FIELDS:
            defects.append("This mail has more than 5,000 header lines; the rest was read as text.")
            name = ""
            break
        name = match.group(1).decode("ascii")
        pieces = [line[match.end() :]]
        position = after
    if name:
        fields.append((name, b"".join(pieces)))
    return fields, position, defects


def _enclose(entity: Entity) -> None:
    """Read the mail inside a message/rfc822 part."""
    path = f"{entity.path}.1".lstrip(".")
    encoding = entity.first("content-transfer-encoding").strip().lower()
    if encoding in (b"base64", b"quoted-printable"):  # forbidden, and common
        inner = entity.content()
        entity.children = [_read_entity(inner, 0, len(inner), path, "text/plain")]
        return
    start = entity.start
    while start < entity.end and entity.raw[start] in b"\r\n":
        start += 1
    entity.children = [_read_entity(entity.raw, start, entity.end, path, "text/plain")]


def _split(entity: Entity, budget: _Budget, top: Entity) -> None:
    """Find the children of a multipart by its boundary, or make it a text if there are none."""
    boundary = entity.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    spans = _find_parts(entity, boundary, budget) if boundary else []
    if not spans:
        sniffed = _BOUNDARY_LINE.search(
            entity.raw, max(entity.start - 1, 0), min(entity.end, entity.start + 65_536)
        )
        if sniffed and sniffed.group(1) != boundary:
            spans = _find_parts(entity, sniffed.group(1), budget)
        if spans:
            entity.defects.append(
                "The boundary of this mail's parts was damaged; it was found from the text."
            )
    if not spans:
        entity.defects.append(
            "This mail says that it has several parts and has none; it is shown as one text."
        )
        entity.content_type = "text/plain"
        return
    default = "message/rfc822" if entity.content_type == "multipart/digest" else "text/plain"
    for number, (start, end) in enumerate(spans, 1):
        if budget.parts <= 0:
            top.defects.append("This mail has more than 2,000 parts; the rest was not read.")
            break
        budget.parts -= 1
        path = f"{entity.path}.{number}".lstrip(".")
        entity.children.append(_read_entity(entity.raw, start, end, path, default))


def _find_parts(entity: Entity, boundary: bytes, budget: _Budget) -> list[tuple[int, int]]:
    """Where the parts between the lines ``--boundary`` start and end; unclosed is closed by the end."""
    raw, end = entity.raw, entity.end
    mark = b"--" + boundary
    spans: list[tuple[int, int]] = []
    open_at = -1
    position = entity.start
    budget.scan -= end - position
    if budget.scan < 0:
        entity.defects.append("The parts of this mail lie too deep within each other; not all were read.")
        return spans
    while len(spans) <= budget.parts:
        found = raw.find(mark, position, end)
        if found < 0:
            break
        position = found + len(mark)
        if found > entity.start and raw[found - 1] not in b"\r\n":
            continue
        newline = raw.find(b"\n", position, min(end, position + 200))
        if newline < 0 and position + 200 < end:
            continue
        rest = raw[position : newline if newline >= 0 else end].strip()
        closing = rest == b"--"
        if rest and not closing:
            continue  # a longer boundary that begins alike
        if open_at >= 0:
            spans.append((open_at, _before_line_end(raw, open_at, found)))
            open_at = -1
        if closing:
            break
        open_at = newline + 1 if newline >= 0 else end
        position = open_at
    if open_at >= 0 and len(spans) <= budget.parts:
        spans.append((open_at, end))
    return spans


def _before_line_end(raw: bytes, start: int, position: int) -> int:
    """``position`` without the line end before it: that belongs to the boundary."""
    if position > start and raw[position - 1] == 10:
        position -= 1
    if position > start and raw[position - 1] == 13:
        position -= 1
    return position


def _from_base64_line(line: bytes) -> bytes:
    letters = line.translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:  # one letter alone holds no byte
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _from_uuencode(raw: bytes) -> bytes:
    """Decode uuencoded lines; damaged ones are left out."""
    out: list[bytes] = []
    for line in raw.splitlines():
        if not line or line.startswith((b"begin ", b"end", b"`")):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)
