"""MAPI properties (Outlook's way to store a mail) to an entity tree: shared by .msg and TNEF.

Property numbers are those of MS-OXPROPS.  When the mail's own internet headers are kept they
are used as they are, so that an ``.msg`` and the ``.eml`` of the same mail are one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import charsets, mime
from poltwt_console.mailbox.mime import Entity
from poltwt_console.mailbox.rtf import read_rtf

SUBJECT = 0x0037
SUBMIT_TIME = 0x0039
SENDER_OF = 0x0042  # name of the person in whose name it was sent
SENDER_OF_EMAIL = 0x0065
HEADERS = 0x007D
SENDER_NAME = 0x0C1A
SENDER_EMAIL = 0x0C1F
RECIPIENT_KIND = 0x0C15  # 1 To, 2 Cc, 3 Bcc
DELIVERY_TIME = 0x0E06
BODY = 0x1000
RTF = 0x1009
HTML = 0x1013
MESSAGE_ID = 0x1035
IN_REPLY_TO = 0x1042
DISPLAY_NAME = 0x3001
EMAIL = 0x3003
DATA = 0x3701
SHORT_FILE_NAME = 0x3704
FILE_NAME = 0x3707
MIME_TYPE = 0x370E
SMTP = 0x39FE
CODE_PAGE = 0x3FDE
SENDER_SMTP = 0x5D01
SENDER_OF_SMTP = 0x5D02

_RTF_BYTES = 384 * 1024  # compressed; it grows up to nine times, at 4 MB a second
_SECONDS_1601 = datetime(1601, 1, 1, tzinfo=UTC)
_DROPPED = frozenset(
    ("content-type", "content-transfer-encoding", "mime-version", "content-disposition", "content-language")
)


@dataclass(slots=True)
class Properties:
    """The properties of one object: texts, bytes and numbers by their number."""

    texts: dict[int, str] = field(default_factory=dict)
    binaries: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def text(self, *wanted: int) -> str:
        """The first of these that is there and not empty."""
        return next((self.texts[number] for number in wanted if self.texts.get(number)), "")


@dataclass(slots=True)
class MapiMail:
    """A mail as MAPI has it; an attachment is its properties and, if it is a mail itself, that mail."""

    properties: Properties = field(default_factory=Properties)
    recipients: list[Properties] = field(default_factory=list)
    attachments: list[tuple[Properties, MapiMail | None]] = field(default_factory=list)


def compose(mail: MapiMail, path: str = "") -> Entity:
    """The entity tree of a mail; ``path`` is that of its top."""
    original = _parse_headers(mail.properties.text(HEADERS))
    kind = next((value for name, value in original if name.lower() == "content-type"), b"").lower()
    fields = [(name, value) for name, value in original if name.lower() not in _DROPPED]
    fields += _missing_fields(mail, {name.lower() for name, _ in fields})
    top = Entity([*fields, ("Content-Type", b"multipart/mixed")], b"", 0, 0, path)
    bodies = _bodies(mail.properties, kind, top.defects)
    if len(bodies) > 1:
        both = Entity([("Content-Type", b"multipart/alternative")], b"", 0, 0)
        both.children = bodies
        bodies = [both]
    top.children = bodies + [_attached(properties, inner) for properties, inner in mail.attachments]
    number_parts(top, path)
    return top


def number_parts(top: Entity, path: str) -> None:
    """Give an entity and all below it their paths."""
    waiting = [(top, path)]
    while waiting:
        entity, here = waiting.pop()
        entity.path = here
        waiting.extend((child, f"{here}.{n}".lstrip(".")) for n, child in enumerate(entity.children, 1))


def text_entity(text: str, kind: str) -> Entity:
    """A leaf with a text of that MIME type."""
    raw = text.encode("utf-8", "replace")
    return Entity([("Content-Type", f"{kind}; charset=utf-8".encode())], raw, 0, len(raw))


def _parse_headers(text: str) -> list[tuple[str, bytes]]:
    raw = text.strip("\x00\r\n ").encode("utf-8", "replace") + b"\r\n\r\n"
    return mime.parse(raw).fields if ":" in text else []


def _missing_fields(mail: MapiMail, present: set[str]) -> list[tuple[str, bytes]]:
    """Header fields made from properties where the internet headers lack them."""
    properties = mail.properties
    submitted = properties.numbers.get(SUBMIT_TIME) or properties.numbers.get(DELIVERY_TIME) or 0
    values = {
        "From": _address(
            properties.text(SENDER_OF, SENDER_NAME),
            properties.text(SENDER_OF_SMTP, SENDER_SMTP, SENDER_OF_EMAIL, SENDER_EMAIL),
        ),
        "To": ", ".join(_recipients(mail, 1)),
        "Cc": ", ".join(_recipients(mail, 2)),
        "Subject": properties.text(SUBJECT),
        "Date": _date(submitted),
        "Message-ID": properties.text(MESSAGE_ID),
        "In-Reply-To": properties.text(IN_REPLY_TO),
    }
    return [
        (name, " ".join(value.split()).encode("utf-8", "replace"))
        for name, value in values.items()
        if value and name.lower() not in present
    ]


def _recipients(mail: MapiMail, kind: int) -> list[str]:
    return [
        _address(recipient.text(DISPLAY_NAME), recipient.text(SMTP, EMAIL))
        for recipient in mail.recipients
        if recipient.numbers.get(RECIPIENT_KIND, 1) == kind
    ]


def _address(name: str, email: str) -> str:
    """``"Name" <mail>``; an Exchange name (``/O=...``) is no mail address."""
    name = name.replace('"', "'").strip("'")
    if "@" not in email:
        return f'"{name}"' if name else ""
    return f'"{name}" <{email}>' if name and name != email else email


def _date(filetime: int) -> str:
    """A header date from 100 ns since 1601."""
    try:
        return format_datetime(_SECONDS_1601 + timedelta(microseconds=filetime // 10)) if filetime > 0 else ""
    except OverflowError:
        return ""


def _bodies(properties: Properties, kind: bytes, defects: list[str]) -> list[Entity]:
    """Plain and HTML body, as far as the mail came with them: Outlook makes the other one itself."""
    try:
        html = _html(properties)
    except UnreadableError as error:
        html = ""
        defects.append(error.sentence)
    plain = properties.text(BODY)
    if html and kind.startswith(b"text/html"):
        plain = ""
    elif plain and kind.startswith(b"text/plain"):
        html = ""
    bodies = []
    if plain.strip() or not html:
        bodies.append(text_entity(plain, "text/plain"))
    if html:
        bodies.append(text_entity(html, "text/html"))
    return bodies


def _html(properties: Properties) -> str:
    """The HTML body, from RTF if it is only there; plain RTF becomes the plain body."""
    html = properties.text(HTML)
    if html:
        return html
    raw = properties.binaries.get(HTML)
    if raw:
        page = properties.numbers.get(CODE_PAGE, 65001)
        return charsets.decode(raw, "utf-8" if page == 65001 else f"cp{page}").text
    packed = properties.binaries.get(RTF)
    if packed:
        found = read_rtf(decompress(packed))
        if found.is_html:
            return found.text
        if not properties.text(BODY).strip():
            properties.texts[BODY] = found.text
    return ""


def decompress(packed: bytes) -> bytes:
    """RTF out of PR_RTF_COMPRESSED (MS-OXRTFCP); UnreadableError if it is damaged or too large."""
    if len(packed) > _RTF_BYTES:
        raise UnreadableError("The formatted text of an Outlook mail is too large to be read.")
    import compressed_rtf

    try:
        return bytes(compressed_rtf.decompress(packed))
    except Exception as error:  # a bare Exception is what the library raises
        raise UnreadableError("The formatted text of an Outlook mail is damaged.") from error


def _attached(properties: Properties, inner: MapiMail | None) -> Entity:
    name = properties.text(FILE_NAME, SHORT_FILE_NAME, DISPLAY_NAME)
    kind = properties.text(MIME_TYPE) or "application/octet-stream"
    if inner is not None:
        kind = "message/rfc822"
    disposition = 'attachment; filename="{}"'.format(name.replace("\\", "_").replace('"', "'"))
    fields = [
        ("Content-Type", " ".join(kind.split()).encode("utf-8", "replace")),
        ("Content-Disposition", " ".join(disposition.split()).encode("utf-8", "replace")),
    ]
    raw = properties.binaries.get(DATA, b"")
    entity = Entity(fields, raw, 0, len(raw))
    if inner is not None:
        entity.children = [compose(inner)]
    return entity
