"""vCards and calendar entries as lines of ``NAME: value`` (RFC 6350, RFC 5545, vCard 2.1)."""

from __future__ import annotations

import quopri
import re

from poltwt_console.mailbox import charsets, limits
from poltwt_console.mailbox.attached.sheet import Deadline, Sheet, SheetWriter

_CARD_FIELDS = frozenset(
    ("FN", "ORG", "TITLE", "ROLE", "ADR", "EMAIL", "TEL", "URL", "NOTE", "NICKNAME", "LABEL", "IMPP")
)
_EVENT_FIELDS = frozenset(
    ("SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "COMMENT", "DTSTART", "METHOD")
)
_ESCAPED = re.compile(r"\\([\\;,nN:])")
_COMPONENTS = frozenset(("ADR", "ORG", "N"))
_SPLIT = re.compile(r"(?<!\\);")


def read_cards(raw: bytes, charset: str, _deadline: Deadline) -> list[Sheet]:
    """One sheet with a paragraph for each card or event."""
    found = charsets.decode(raw[: limits.TEXT_BYTES], charset)
    lines = _unfold(found.text)
    named = any(line.upper().startswith(("FN:", "FN;")) for line in lines)
    writer = SheetWriter()
    for line in lines:
        head, colon, value = line.partition(":")
        if not colon:
            continue
        name, *parameters = head.split(";")
        name = name.rpartition(".")[2].upper()  # ``item1.URL``
        if name == "END":
            writer.write("\n")
        elif (
            name in _CARD_FIELDS or name in _EVENT_FIELDS or (name == "N" and not named) or _is_profile(name)
        ):
            _write_field(writer, name, parameters, value)
    return [writer.finish(charset=found.used)]


def _is_profile(name: str) -> bool:
    return name in ("X-SOCIALPROFILE", "SOCIALPROFILE") or name.startswith(("X-TWITTER", "X-ABADR"))


def _write_field(writer: SheetWriter, name: str, parameters: list[str], value: str) -> None:
    settings = {}
    for parameter in parameters:
        key, _, setting = parameter.partition("=")
        settings[key.upper()] = setting.strip('"')
    if settings.get("ENCODING", "").upper() in ("QUOTED-PRINTABLE", "Q") or "QUOTED-PRINTABLE" in settings:
        value = charsets.decode(
            quopri.decodestring(value.encode("utf-8", "replace")), settings.get("CHARSET", "")
        ).text
    if name in _COMPONENTS:
        value = ", ".join(part.strip() for part in _SPLIT.split(value) if part.strip())
    value = _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), value).strip()
    if value[:7].lower() == "mailto:":
        value = value[7:]
    kind = settings.get("PARTSTAT") or settings.get("TYPE", "") if name not in ("ADR", "TEL", "EMAIL") else ""
    if value:
        writer.write(f"{name} ({kind}): " if kind else f"{name}: ")
        writer.write(value)
        writer.write("\n")


def _unfold(text: str) -> list[str]:
    """The logical lines: continuations begin with a blank, or follow ``=`` in vCard 2.1."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[: limits.TEXT_LINES]:
        if lines and line[:1] in (" ", "\t"):
            lines[-1] += line[1:]
        elif lines and lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[-1].upper():
            lines[-1] = lines[-1][:-1] + line
        else:
            lines.append(line)
    return lines
