"""Bytes of one mail to a :class:`Message`; whatever the bytes are, there is one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from poltwt_console.domain.message import (
    Attachment,
    Message,
    Organiser,
    Role,
    Segment,
    SegmentKind,
    Sender,
    TextPart,
)
from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import charsets, flowed, limits
from poltwt_console.mailbox.addresses import first_address, parse_addresses
from poltwt_console.mailbox.alternatives import plain_suffices
from poltwt_console.mailbox.attached import Deadline, Sheet, find_reader
from poltwt_console.mailbox.dates import parse_date
from poltwt_console.mailbox.digests import digest_message
from poltwt_console.mailbox.html import HtmlText, read_html
from poltwt_console.mailbox.mime import Entity
from poltwt_console.mailbox.segments import find_segments
from poltwt_console.mailbox.tree import build, is_msg, is_tnef
from poltwt_console.mailbox.words import decode_header

_ENCLOSED = ("message/rfc822", "message/global")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_TEXTS = ("text/plain", "text/html", "text/enriched", "text/richtext")
_BODIES = (*_TEXTS, "multipart/alternative")


def read_message(
    raw: bytes, *, origin: str = "", now: datetime, organiser: Organiser | None = None
) -> Message:
    """Read one mail; never raises, and takes less than two seconds.

    ``now`` (aware) is the date of a mail that has none.  ``origin`` says where it was read.
    """
    try:
        return _Reading(build(raw), organiser).finish(raw, origin, now)
    except UnreadableError as error:
        return _shown_as_it_came(raw, origin, now, f"{error.sentence} {error.hint}")
    except Exception as error:  # noqa: BLE001 - the tolerant wall: no mail is ever refused
        defect = f"This mail could not be taken apart ({type(error).__name__}); it is shown as it came."
        return _shown_as_it_came(raw, origin, now, defect)


def _shown_as_it_came(raw: bytes, origin: str, now: datetime, defect: str) -> Message:
    text = charsets.decode(raw[: limits.TEXT_BYTES]).text.replace("\x00", "\ufffd")
    segments = (Segment(SegmentKind.BODY, 0, len(text)),) if text else ()
    part = TextPart("body", Role.BODY, text, segments=segments)
    digest = hashlib.sha256(b"\n".join(raw.splitlines())).hexdigest()
    return Message(
        message_id="",
        digest=digest,
        raw=raw,
        subject="",
        sender=Sender("", ""),
        date=now.astimezone(UTC),
        date_given=False,
        parts=(part,),
        defects=(defect,),
        origin=origin,
    )


@dataclass(slots=True)
class _Letter:
    """One mail of several: the outer one, or one that is enclosed in it."""

    prefix: str  # of its parts' ids: "" or "message:1/"
    subject: str
    sender: Sender
    date: datetime | None
    is_answer: bool
    whole: SegmentKind
    hint: str  # charset of raw 8-bit headers
    bodies: int = 0
    attachments: int = 0
    enclosed: int = 0


@dataclass(slots=True)
class _Reading:
    """What is found in one entity tree."""

    top: Entity
    organiser: Organiser | None
    parts: list[TextPart] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    fingerprints: list[str] = field(default_factory=list)  # of attachments, for the digest
    defects: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    text_left: int = limits.MAIL_TEXT_BYTES
    lines_left: int = limits.MAIL_LINES

    def finish(self, raw: bytes, origin: str, now: datetime) -> Message:
        letter = self._open(self.top, "", SegmentKind.BODY)
        self._read(self.top, letter)
        hint = letter.hint
        for entity in self.top.walk():
            self.defects.extend(entity.defects)
        headers = tuple((name, decode_header(value, hint)) for name, value in self.top.fields)
        recipients = parse_addresses(self.top.first("to"), hint) + parse_addresses(self.top.first("cc"), hint)
        reply_to = parse_addresses(self.top.first("reply-to"), hint)
        message_id = _read_id(self.top.first("message-id"))
        return Message(
            message_id=message_id,
            digest=digest_message(
                message_id=message_id,
                sender=letter.sender,
                recipients=recipients,
                subject=letter.subject,
                date=letter.date,
                texts=(part.text for part in self.parts if part.role is Role.BODY),
                attachments=self.fingerprints,
            ),
            raw=raw,
            subject=letter.subject,
            sender=letter.sender,
            date=letter.date or now.astimezone(UTC),
            date_given=letter.date is not None,
            reply_to=reply_to[0] if reply_to else None,
            recipients=recipients,
            headers=headers,
            parts=tuple(self.parts),
            attachments=tuple(self.attachments),
            defects=tuple(dict.fromkeys(self.defects)),
            origin=origin,
        )

    def _open(self, entity: Entity, prefix: str, whole: SegmentKind) -> _Letter:
        """Read the headers of a mail; subject and sender are its first parts."""
        hint = next((part.charset for part in entity.walk() if part.charset), "")
        subject = decode_header(entity.first("subject"), hint)
        sender = first_address(parse_addresses(entity.first("from") or entity.first("sender"), hint))
        date = parse_date(entity.first("date").decode("ascii", "replace"))
        answer = bool(entity.first("in-reply-to") or entity.first("references"))
        letter = _Letter(prefix, subject, sender, date, answer, whole, hint)
        enclosed = {"sender": sender, "date": date} if prefix else {}
        if subject:
            self.parts.append(TextPart(f"{prefix}subject", Role.SUBJECT, subject, **enclosed))  # type: ignore[arg-type]
        if str(sender):
            self.parts.append(TextPart(f"{prefix}from", Role.SENDER, str(sender), **enclosed))  # type: ignore[arg-type]
        return letter

    def _read(self, entity: Entity, letter: _Letter) -> None:
        """Read a part and what is below it."""
        kind = entity.content_type
        if (kind in _ENCLOSED or is_msg(entity)) and entity.children:
            self._read_enclosed(entity, letter)
        elif is_tnef(entity) and entity.children:
            self._read_tnef(entity.children[0], letter)
        elif kind == "multipart/alternative":
            self._read_alternative(entity, letter)
        elif kind == "multipart/signed" and entity.children:
            self._read(entity.children[0], letter)
            for child in entity.children[1:]:
                self._keep(child, letter)
        elif entity.children:
            report = kind == "multipart/report"
            for child in entity.children:
                if report and child.content_type in _ENCLOSED and child.children:
                    self._read_enclosed(child, letter, SegmentKind.QUOTED)
                else:
                    self._read(child, letter)
        elif kind in _TEXTS and entity.disposition != "attachment" and not entity.file_name:
            self._read_body(entity, letter)
        else:
            self._keep(entity, letter)

    def _read_enclosed(
        self, entity: Entity, letter: _Letter, whole: SegmentKind = SegmentKind.FORWARDED
    ) -> None:
        letter.enclosed += 1
        if letter.enclosed > limits.ENCLOSED_MAILS:
            self.defects.append("This mail encloses more than 50 mails; the rest was not read.")
            return
        inner = self._open(entity.children[0], f"{letter.prefix}message:{letter.enclosed}/", whole)
        own = self.organiser is not None and self.organiser.wrote(inner.sender)
        if own or letter.whole is SegmentKind.QUOTED:
            inner.whole = SegmentKind.QUOTED
        self._read(entity.children[0], inner)

    def _read_tnef(self, inner: Entity, letter: _Letter) -> None:
        """Read a winmail.dat: its attachments, and its body where the mail has none of its own."""
        said = any(part.role is Role.BODY and part.text.strip() for part in self.parts)
        for child in inner.children:
            is_body = child.content_type in _BODIES and not child.file_name
            if not (is_body and said):
                self._read(child, letter)

    def _read_alternative(self, entity: Entity, letter: _Letter) -> None:
        """Read one of the alternatives, and keep what none of them is (invitations, pictures)."""
        plain = html = None
        others: list[Entity] = []
        for child in entity.children:
            leaves = [part for part in child.walk() if not part.children]
            if plain is None and child.content_type == "text/plain":
                plain = child
            elif html is None and any(leaf.content_type == "text/html" for leaf in leaves):
                html = child
            else:
                others.append(child)
        chosen = plain or html
        if plain is not None and html is not None:
            leaf = next(part for part in html.walk() if part.content_type == "text/html")
            if not plain_suffices(self._decode(plain).text, self._decode(leaf).text):
                chosen = html
        if chosen is not None:
            self._read(chosen, letter)
        if html is not None and chosen is not html and html.children:
            others[:0] = [
                leaf for leaf in html.walk() if not leaf.children and leaf.content_type != "text/html"
            ]
        for other in others:
            self._read(other, letter)

    def _decode(self, entity: Entity) -> charsets.Decoded:
        raw = entity.content()
        most = min(limits.TEXT_BYTES, self.text_left)
        self.text_left -= min(len(raw), most)
        if len(raw) > most:
            raw = raw[:most]
            entity.defects.append("A text of this mail is longer than 2 MB; only its beginning was read.")
        found = charsets.decode(raw, entity.charset)
        if not found.certain:
            entity.defects.append("Some characters of this mail could not be decoded; they show as \ufffd.")
        if charsets.looks_misread(found.text):
            entity.defects.append(
                "Some letters look misread before this mail was sent (Ã© for é); see the original."
            )
        text = charsets.compose(found.text)
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
        return charsets.Decoded(text, found.declared, found.used, found.certain)

    def _read_body(self, entity: Entity, letter: _Letter) -> None:
        found = self._decode(entity)
        html = HtmlText(found.text)
        if entity.content_type == "text/html":
            html = read_html(found.text)
        elif entity.parameters.get("format", "").lower() == "flowed":
            html = HtmlText(flowed.unwrap(found.text, entity.parameters.get("delsp", "").lower() == "yes"))
        text = html.text
        letter.bodies += 1
        most_lines = min(self.lines_left, limits.TEXT_LINES)
        self.lines_left -= min(text.count("\n"), most_lines)
        enclosed = bool(letter.prefix)
        part_id = f"{letter.prefix}body" if letter.bodies == 1 else f"{letter.prefix}body:{letter.bodies}"
        self.parts.append(
            TextPart(
                part_id,
                Role.BODY,
                text,
                content_type=entity.content_type,
                charset_declared=found.declared,
                charset_used=found.used,
                segments=find_segments(
                    text,
                    subject=letter.subject,
                    is_answer=letter.is_answer,
                    quotes=html.quotes,
                    organiser=self.organiser,
                    whole=letter.whole,
                    author=letter.sender if enclosed else None,
                    date=letter.date if enclosed else None,
                    most_lines=most_lines,
                ),
                links=html.links,
                tables=html.tables,
                struck=html.struck,
                sender=letter.sender if enclosed else None,
                date=letter.date if enclosed else None,
            )
        )

    def _keep(self, entity: Entity, letter: _Letter) -> None:
        """List an attachment, and read it if it can hold registrations."""
        if entity.content_type in _SEALED:
            self.defects.append("This mail is encrypted or sealed (S/MIME, PGP) and cannot be read here.")
        large = len(entity.encoded) > limits.ATTACHMENT_BYTES
        content = entity.encoded if large else entity.content()
        letter.attachments += 1
        sha256 = hashlib.sha256(content).hexdigest()
        alike = sha256
        if not large and entity.content_type.startswith(("text/", "message/")):
            alike = hashlib.sha256(bytes(content).replace(b"\r\n", b"\n")).hexdigest()
        self.fingerprints.append(alike)
        self.attachments.append(
            Attachment(entity.path or "0", entity.file_name, entity.content_type, len(content), sha256)
        )
        reader = find_reader(entity.file_name, entity.content_type)
        if reader is None or large or letter.attachments > limits.ATTACHMENTS_READ:
            return
        try:
            sheets = reader.read(bytes(content), entity.charset, self._deadline())
        except UnreadableError as error:
            name = entity.file_name or "An attachment"
            self.defects.append(f"{name}: {error.sentence} {error.hint}")
            return
        for sheet in sheets:
            self._add_sheet(sheet, entity, letter)

    def _deadline(self) -> Deadline:
        """One for all attachments of the mail."""
        if self.deadline is None:
            self.deadline = Deadline.after(limits.ATTACHMENT_SECONDS)
        return self.deadline

    def _add_sheet(self, sheet: Sheet, entity: Entity, letter: _Letter) -> None:
        enclosed = bool(letter.prefix)
        part_id = f"{letter.prefix}attachment:{letter.attachments}"
        self.parts.append(
            TextPart(
                f"{part_id}/{sheet.name}" if sheet.name else part_id,
                Role.ATTACHMENT,
                sheet.text,
                content_type=entity.content_type,
                name=sheet.name or entity.file_name,
                charset_declared=entity.charset.casefold(),
                charset_used=sheet.charset,
                links=sheet.links,
                tables=sheet.tables,
                struck=sheet.struck,
                sender=letter.sender if enclosed else None,
                date=letter.date if enclosed else None,
            )
        )


def _read_id(value: bytes) -> str:
    """A Message-ID without its brackets."""
    text = decode_header(value)
    start, end = text.find("<"), text.find(">")
    if 0 <= start < end:
        text = text[start + 1 : end]
    return "".join(text.split())[:998]


def attachment_bytes(message: Message, path: str) -> bytes:
    """The bytes of an attachment of a message; KeyError if there is none at that path."""
    return attachment_in(message.raw, path)


def attachment_in(raw: bytes, path: str) -> bytes:
    """The bytes of an attachment of a raw mail; KeyError if there is none at that path."""
    top = build(raw)
    for entity in top.walk():
        if (entity.path or "0") == path:
            return entity.content()
    raise KeyError(path)
