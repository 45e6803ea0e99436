"""Files of other programs, written by hand: compound files (.msg), TNEF, and the sample mails."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poltwt_console.domain.message import Message, Organiser
from poltwt_console.mailbox import read_message

NOW = datetime(2013, 10, 31, 12, 0, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "data" / "mail"
ORGANISER = Organiser(frozenset({"organiser@tweetathon.example"}))

Tree = Mapping[str, "bytes | Tree"]
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def organiser() -> Organiser:
    return ORGANISER


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """The bytes of a sample mail by its name."""
    return lambda name: (SAMPLES / f"{name}.eml").read_bytes()


@pytest.fixture
def read_sample(sample: Callable[[str], bytes]) -> Callable[[str], Message]:
    """A sample mail, read."""
    return lambda name: read_message(sample(name), origin=name, now=NOW, organiser=ORGANISER)


@pytest.fixture
def read() -> Callable[[bytes], Message]:
    return lambda raw: read_message(raw, now=NOW, organiser=ORGANISER)


def _pad(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _chain(count: int, first: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


class _CompoundFile:
    """A compound file (MS-CFB version 3) from a tree of storages and streams."""

    def __init__(self, tree: Tree) -> None:
        self._entries: list[dict[str, object]] = []
        self._mini = b""
        self._mini_fat: list[int] = []
        self._large: list[tuple[int, bytes]] = []
        self._add("Root Entry", 5, tree)

    def _add(self, name: str, kind: int, content: bytes | Tree) -> int:
        index = len(self._entries)
        entry: dict[str, object] = {"name": name, "kind": kind, "child": _FREE, "start": _END, "size": 0}
        entry["left"] = entry["right"] = _FREE
        self._entries.append(entry)
        if isinstance(content, bytes):
            entry["size"] = len(content)
            if len(content) >= _CUTOFF:
                self._large.append((index, content))
            elif content:
                entry["start"] = len(self._mini) // _MINI
                count = -(-len(content) // _MINI)
                self._mini_fat += _chain(count, len(self._mini) // _MINI)
                self._mini += _pad(content, _MINI)
        else:
            names = sorted(content, key=lambda key: (len(key), key.upper()))
            children = [
                self._add(key, 2 if isinstance(content[key], bytes) else 1, content[key]) for key in names
            ]
            entry["child"] = self._balance(children)
        return index

    def _balance(self, indexes: list[int]) -> int:
        if not indexes:
            return _FREE
        middle = len(indexes) // 2
        entry = self._entries[indexes[middle]]
        entry["left"], entry["right"] = self._balance(indexes[:middle]), self._balance(indexes[middle + 1 :])
        return indexes[middle]

    def build(self) -> bytes:
        sectors: list[bytes] = []
        fat: list[int] = []

        def store(data: bytes) -> int:
            start = len(sectors)
            padded = _pad(data, _SECTOR)
            pieces = [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
            sectors.extend(pieces)
            fat.extend(_chain(len(pieces), start))
            return start if pieces else _END

        for index, content in self._large:
            self._entries[index]["start"] = store(content)
        self._entries[0]["start"], self._entries[0]["size"] = store(self._mini), len(self._mini)
        mini_fat = b"".join(struct.pack("<I", value) for value in self._mini_fat)
        mini_count = -(-len(mini_fat) // _SECTOR)
        mini_start = store(mini_fat + b"\xff" * (-len(mini_fat) % _SECTOR))
        directory_start = store(b"".join(self._pack(entry) for entry in self._entries))
        count = 1
        while (len(sectors) + count) * 4 > count * _SECTOR:
            count += 1
        fat_start = len(sectors)
        fat += [_FAT] * count
        table = b"".join(struct.pack("<I", value) for value in fat)
        table += b"\xff" * (count * _SECTOR - len(table))
        header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
        header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack(
            "<IIIIIIIII", 0, count, directory_start, 0, _CUTOFF, mini_start, mini_count, _END, 0
        )
        slots = list(range(fat_start, fat_start + count)) + [_FREE] * (109 - count)
        return header + struct.pack("<109I", *slots) + b"".join(sectors) + table

    @staticmethod
    def _pack(entry: dict[str, object]) -> bytes:
        name = (str(entry["name"]) + "\0").encode("utf-16-le")
        head = _pad(name, 64)[:64] + struct.pack("<HBB", len(name), entry["kind"], 1)
        links = struct.pack("<III", entry["left"], entry["right"], entry["child"])
        return head + links + bytes(36) + struct.pack("<IQ", entry["start"], entry["size"])


def _storage(properties: Mapping[int, object], header_size: int) -> dict[str, bytes | Tree]:
    """The streams of one MAPI object: texts, bytes and numbers (filetimes are over 32 bits)."""
    streams: dict[str, bytes | Tree] = {}
    table = bytes(header_size)
    for number, value in properties.items():
        if isinstance(value, str):
            streams[f"__substg1.0_{number:04X}001F"] = value.encode("utf-16-le")
        elif isinstance(value, bytes):
            streams[f"__substg1.0_{number:04X}0102"] = value
        elif isinstance(value, int):
            kind = 0x40 if value > 0xFFFFFFFF else 0x03
            table += struct.pack("<HHIQ", kind, number, 6, value)
    streams["__properties_version1.0"] = table
    return streams


def _mail_storage(mail: Mapping[str, object], header_size: int) -> dict[str, bytes | Tree]:
    properties, recipients, attachments = (
        mail["properties"],
        mail.get("recipients", ()),
        mail.get("attachments", ()),
    )
    tree = _storage(properties, header_size)  # type: ignore[arg-type]
    for number, recipient in enumerate(recipients):  # type: ignore[arg-type, var-annotated]
        tree[f"__recip_version1.0_#{number:08X}"] = _storage(recipient, 8)
    for number, attachment in enumerate(attachments):  # type: ignore[arg-type, var-annotated]
        inner = attachment.get("mail")
        storage = _storage({key: value for key, value in attachment.items() if key != "mail"}, 8)
        if inner is not None:
            storage["__substg1.0_3701000D"] = _mail_storage(inner, 24)
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree


@pytest.fixture
def write_msg() -> Callable[[Mapping[str, object]], bytes]:
    """An ``.msg`` from ``{"properties": {number: value}, "recipients": [...], "attachments": [...]}``."""
    return lambda mail: _CompoundFile(_mail_storage(mail, 32)).build()


@pytest.fixture
def write_compound_file() -> Callable[[Tree], bytes]:
    return lambda tree: _CompoundFile(tree).build()


def _tnef_properties(properties: Mapping[int, object]) -> bytes:
    out = struct.pack("<I", len(properties))
    for number, value in properties.items():
        if isinstance(value, int):
            out += struct.pack("<HHI", 0x0003, number, value)
            continue
        kind, data = (
            (0x001F, (value + "\0").encode("utf-16-le")) if isinstance(value, str) else (0x0102, value)
        )
        out += struct.pack("<HHII", kind, number, 1, len(data)) + _pad(data, 4)  # type: ignore[arg-type]
    return out


def _tnef_attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


@pytest.fixture
def write_tnef() -> Callable[..., bytes]:
    """A ``winmail.dat`` from properties and ``{name: bytes}`` attachments."""

    def write(properties: Mapping[int, object], attachments: Mapping[str, bytes] | None = None) -> bytes:
        out = b"\x78\x9f\x3e\x22\x01\x00" + _tnef_attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
        out += _tnef_attribute(1, 0x00069003, _tnef_properties(properties))
        for name, content in (attachments or {}).items():
            out += _tnef_attribute(2, 0x00069002, bytes(14))
            out += _tnef_attribute(2, 0x00018010, name.encode() + b"\0")
            out += _tnef_attribute(2, 0x0006800F, content)
        return out

    return write
