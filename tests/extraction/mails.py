"""Mails with answers: folders of ``emails/`` and ``gold.jsonl``, or the sets in tests/data/training."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from poltwt_console.domain.message import Message
from poltwt_console.mailbox import read_message
from tests.extraction.written import written_mails

DATA = Path(__file__).parent.parent / "data"
PACKED = DATA / "training"
_NOW = datetime(2013, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answered:
    """A mail's bytes and what a careful reader found in it."""

    name: str
    raw: bytes
    gold: dict[str, Any]
    #: The set that it is of.
    source: str = ""
    #: How often it counts among the mails to learn from, and how much more often for the judge of kinds.
    times: int = 1
    times_for_kinds: int = 2

    def read(self) -> Message:
        return read_message(self.raw, origin=self.name, now=_NOW)


def answered_mails(source: Path, dressed: bool = False) -> Iterator[Answered]:
    """The mails of a corpus folder, a packed set (a JSON line a mail, raw as latin-1) or a written one.

    ``dressed``: a share of the written ones in other clothes, to learn from.
    """
    if source.is_dir():
        for line in (source / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            yield Answered(gold["file"], (source / "emails" / gold["file"]).read_bytes(), gold)
        return
    if source.suffix == ".txt":
        for name, raw, gold in written_mails(source, dressed):
            yield Answered(name, raw, gold)
        return
    for line in gzip.decompress(source.read_bytes()).decode("utf-8").split("\n"):
        record = json.loads(line)
        yield Answered(record["gold"]["file"], record["raw"].encode("latin-1"), record["gold"])


def training_mails(sources: Sequence[Path]) -> list[Answered]:
    """The mails of sets to learn from, each with what it weighs by ``training.toml``."""
    weights = tomllib.loads((DATA / "training.toml").read_text(encoding="utf-8"))
    return [
        # Sets in folders of their own share a file name: the whole path tells them apart.
        replace(
            mail,
            source=str(source),
            times=_weight(weights["times"], source.name, mail.times),
            times_for_kinds=_weight(weights["times_for_kinds"], source.name, mail.times_for_kinds),
        )
        for source in sources
        for mail in answered_mails(source, dressed=True)
    ]


def _weight(weights: dict[str, int], name: str, usual: int) -> int:
    """What a set of this name weighs by the first pattern that fits it."""
    return next((weight for pattern, weight in weights.items() if fnmatch(name, pattern)), usual)


def pack(source: Path, target: Path) -> None:
    """Write a corpus folder as a packed set, the same bytes for the same mails."""
    lines = [
        json.dumps({"gold": mail.gold, "raw": mail.raw.decode("latin-1")}, ensure_ascii=False, sort_keys=True)
        for mail in answered_mails(source)
    ]
    target.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
