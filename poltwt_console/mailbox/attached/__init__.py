"""Attached files that can hold registrations: bytes to sheets of text with tables.

A plain tuple of readers; a file belongs to the first that its name, declared type or first bytes
fit, in this order: senders name their files right more often than programs declare them.  All
others are kept and listed.  Each reader gets bytes, the declared charset and a deadline, and
raises UnreadableError with a sentence for the organiser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from poltwt_console.mailbox import charsets, limits
from poltwt_console.mailbox.attached.cards import read_cards
from poltwt_console.mailbox.attached.delimited import lay_out, read_delimited
from poltwt_console.mailbox.attached.document import read_document
from poltwt_console.mailbox.attached.portable import read_portable
from poltwt_console.mailbox.attached.sheet import Deadline, Sheet
from poltwt_console.mailbox.attached.workbook import read_workbook
from poltwt_console.mailbox.html import read_html

__all__ = ["READERS", "Deadline", "Reader", "Sheet", "find_reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads one kind of file; ``read`` takes bytes, declared charset and deadline."""

    name: str
    suffixes: tuple[str, ...]
    types: tuple[str, ...]
    read: Callable[[bytes, str, Deadline], list[Sheet]]


def read_plain(raw: bytes, charset: str, _deadline: Deadline) -> list[Sheet]:
    """A text file; one with tabs in columns is a table too."""
    found = charsets.decode(raw[: limits.TEXT_BYTES], charset)
    return [lay_out(found.text, found.used, ("\t",))]


def read_web_page(raw: bytes, charset: str, _deadline: Deadline) -> list[Sheet]:
    """An attached HTML file."""
    found = charsets.decode(raw[: limits.TEXT_BYTES], charset)
    page = read_html(charsets.compose(found.text))
    return [Sheet(page.text, "", page.tables, page.links, found.used, page.struck)]


_OFFICE = "application/vnd.openxmlformats-officedocument."

READERS: tuple[Reader, ...] = (
    Reader("workbook", (".xlsx", ".xlsm"), (f"{_OFFICE}spreadsheetml.sheet",), read_workbook),
    Reader("document", (".docx", ".docm"), (f"{_OFFICE}wordprocessingml.document",), read_document),
    Reader("portable", (".pdf",), ("application/pdf", "application/x-pdf"), read_portable),
    Reader(
        "delimited",
        (".csv", ".tsv", ".tab"),
        ("text/csv", "text/tab-separated-values", "text/comma-separated-values", "application/csv"),
        read_delimited,
    ),
    Reader(
        "cards",
        (".vcf", ".vcard", ".ics"),
        ("text/vcard", "text/x-vcard", "text/directory", "text/calendar", "application/ics"),
        read_cards,
    ),
    Reader("web page", (".html", ".htm"), ("text/html",), read_web_page),
    Reader("plain", (".txt", ".text", ".md", ".log"), ("text/plain",), read_plain),
)


def find_reader(name: str, content_type: str) -> Reader | None:
    """The reader for a file name and a declared type, or None."""
    suffix = PurePath(name).suffix.lower()
    for reader in READERS:
        if suffix and suffix in reader.suffixes:
            return reader
    for reader in READERS:
        if content_type in reader.types:
            return reader
    return None
