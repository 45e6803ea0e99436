"""How long an import takes beside the mere parsing of the same mails.

The baseline is the standard library's parser (compat32) on one core, with subject, sender, date
and body decoded.  An import, in two processes, first parses and stores all mails; then it reads them:
what they say, and where their addresses are.
"""

from __future__ import annotations

import email
import email.header
import email.utils
import mailbox
import re
import time
from pathlib import Path

from poltwt_console.domain.changes import Silent
from poltwt_console.store import Store
from poltwt_console.workflow import intake
from poltwt_console.workflow.reading import MailReader, ReadingSettings

COUNT = 10_000
SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "demo").glob("*.eml"))


def write_mailbox(path: Path) -> None:
    """Ten thousand mails with Message-IDs of their own."""
    raws = [sample.read_bytes().replace(b"\r\n", b"\n") for sample in SAMPLES]
    with path.open("wb") as file:
        for n in range(COUNT):
            raw = re.sub(rb"(?mi)^Message-ID:\s*<", b"Message-ID: <%d." % n, raws[n % len(raws)], count=1)
            file.write(
                b"From - Mon Oct 14 10:00:00 2013\n" + re.sub(rb"(?m)^(>*From )", rb">\1", raw) + b"\n\n"
            )


def parse_only(path: Path) -> float:
    """Seconds to parse all mails on one core and decode the four things that a list shows."""
    started = time.perf_counter()
    box = mailbox.mbox(path)
    for message in box:
        for name in ("Subject", "From"):
            str(email.header.make_header(email.header.decode_header(message[name] or "")))
        email.utils.parsedate_to_datetime(message["Date"])
        for part in message.walk():
            if part.get_content_maintype() == "text":
                part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace")
    box.close()
    return time.perf_counter() - started


class Stopwatch(Silent):
    """Notes when the last mails were stored, before they are read."""

    stored = 0.0

    def report(self, done: int, total: int, words: str) -> None:
        if words == f"{COUNT:,} mails stored":
            self.stored = time.perf_counter()


def test_import_against_parsing(tmp_path: Path):
    path = tmp_path / "many.mbox"
    write_mailbox(path)
    baseline = min(parse_only(path) for _ in range(3))  # the quickest: others' work only makes it longer
    with Store.open(tmp_path / "many.db") as store:
        reader, watch = MailReader(ReadingSettings(processes=2)), Stopwatch()
        started = time.perf_counter()
        changes = intake.import_mail(store, reader, "2013-11", [path], progress=watch)
        stored, read = watch.stored - started, time.perf_counter() - started
    assert changes.counts["new"] == COUNT
    print(
        f"\nimport of {COUNT} mails in two processes: stored after {stored:.1f} s, read after {read:.1f} s; "
        f"parsing alone on one core: {baseline:.1f} s; "
        f"ratios {stored / baseline:.1f} and {read / baseline:.1f}"
    )
