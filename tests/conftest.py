"""What all tests share: where they run, and that none is passed over unseen on CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from poltwt_console.compiled import is_in_use
from poltwt_console.domain.intake import ReadMail
from poltwt_console.store import Store, batches, messages, registrations
from poltwt_console.workflow.reading import MailReader, ReadingSettings
from tests.fakes import Clock, FakeReader

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SPEAKS_TO = ("server", "program")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """On CI a test that skips for want of a server or program fails."""
    report = yield
    wanting = report.skipped and any(item.get_closest_marker(name) for name in _SPEAKS_TO)
    if wanting and os.environ.get("POLTWT_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but this test must run here: {report.longrepr}"
    return report


def pytest_report_header(config: pytest.Config) -> str:
    return f"compiled modules: {'in use' if is_in_use() else 'none, the sources run'}"


def pytest_ignore_collect(collection_path, config):
    """Benchmarks run only when they are asked for by name."""
    if collection_path.name == "benchmarks" and not any("benchmarks" in arg for arg in config.args):
        return True
    return None


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty database."""
    return str(tmp_path / "poltwt.db")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: str, clock: Clock) -> Iterator[Store]:
    with Store.open(database, clock=clock, author="lauri") as opened:
        yield opened


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def take_in(store: Store) -> Callable[..., list[str]]:
    """Store mails as one import; returns the ids of the messages."""

    def take_in(*mails: ReadMail, edition: str = "2013-11") -> list[str]:
        with store.write("Import a test", "import_mail") as write:
            batch = batches.add_batch(write.writer, edition, "a test", ())
            known = messages.add_messages(write.writer, edition, batch, [(m, False) for m in mails])
            messages.add_readings(write.writer, edition, {k.id: m for k, m in zip(known, mails, strict=True)})
            batches.count_batch(write.writer, batch, (), len(mails), "finished")
        return [k.id for k in known]

    return take_in


@pytest.fixture
def registration_ids(store: Store) -> Callable[[Sequence[str]], list[str]]:
    """The registrations of messages, in order."""

    def find(message_ids: Sequence[str]) -> list[str]:
        with store.read() as connection:
            return [r.id for m in message_ids for r in registrations.registrations_of(connection, m)]

    return find


@pytest.fixture(scope="session")
def real_reader() -> MailReader:
    """A reader with the real file of places."""
    return MailReader(ReadingSettings(processes=1))
