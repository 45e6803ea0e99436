"""Many mails: parsed and read in order, in processes of their own where that pays.

The processes are spawned, never forked: Qt and SQLite do not survive a fork.  Each opens the
vocabulary and the gazetteer when it reads its first mail; parsing needs neither.
"""

from __future__ import annotations

import gc
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from functools import cache, partial
from itertools import chain, islice
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

from poltwt_console.collecting import COLLECT_AFTER, seldom_collected
from poltwt_console.domain.intake import ParsedMail, ReadMail
from poltwt_console.errors import ConsoleError
from poltwt_console.mailbox import RawMail, Unreadable
from poltwt_console.workflow.reading import MailReader, ReadingSettings

Source = RawMail | Unreadable
Item = TypeVar("Item")
Result = TypeVar("Result")

#: From this many mails on processes of their own pay: each takes a second to open the vocabularies.
POOL_FROM = 600
_CHUNK = 50


class Readers:
    """A reader, and processes that help it where there are many mails; they end with the block.

    Holds a few hundred mails at a time, however large the mailbox.
    """

    def __init__(self, reader: MailReader) -> None:
        self._reader = reader
        self._open = ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Readers:
        self._open.enter_context(seldom_collected())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def parse(self, sources: Iterable[Source], now: datetime) -> Iterator[ParsedMail | Unreadable]:
        """Parse mails: the first ones here, so that they are there at once, the rest by all processes."""
        work = partial(_parse, now=now)
        iterator = iter(sources)
        yield from self._in_order(work, islice(iterator, POOL_FROM), many=False)
        yield from self._in_order(work, iterator, many=True)

    def read(
        self, mails: Iterable[Item], read: Callable[[MailReader, Item], Result], count: int
    ) -> Iterator[Result]:
        """Read ``count`` mails; ``read`` is a function of a module, so that each process finds it."""
        yield from self._in_order(read, mails, many=count >= POOL_FROM, needs_words=True)

    def _in_order(
        self,
        work: Callable[[MailReader, Item], Result],
        items: Iterable[Item],
        *,
        many: bool,
        needs_words: bool = False,
    ) -> Iterator[Result]:
        if not many or self._reader.settings.processes < 2:
            for item in items:
                yield work(self._reader, item)
            return
        waiting: deque[Future[list[Result]]] = deque()
        iterator = iter(items)
        while chunk := list(islice(iterator, _CHUNK)):
            waiting.append(self._processes().submit(_work_on, work, chunk, needs_words))
            if len(waiting) > 2 * self._reader.settings.processes + 2:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            settings = self._reader.settings
            self._pool = ProcessPoolExecutor(
                settings.processes, get_context("spawn"), _start_worker, (settings,)
            )
            self._open.callback(self._pool.shutdown, wait=True, cancel_futures=True)
        return self._pool


def read_all(sources: Iterable[Source], reader: MailReader, now: datetime) -> Iterator[ReadMail | Unreadable]:
    """Read mails from anywhere, in order."""
    iterator = iter(sources)
    first = list(islice(iterator, POOL_FROM))
    with Readers(reader) as readers:
        yield from readers.read(chain(first, iterator), partial(_read, now=now), len(first))


def _parse(reader: MailReader, source: Source, now: datetime) -> ParsedMail | Unreadable:
    return _each(reader.parse, source, now)


def _read(reader: MailReader, source: Source, now: datetime) -> ReadMail | Unreadable:
    return _each(reader.read, source, now)


def _each(
    work: Callable[[bytes, str, datetime], Result], source: Source, now: datetime
) -> Result | Unreadable:
    """Work on one mail of many: a fault of the program at one stops none of the others, and is told."""
    if isinstance(source, Unreadable):
        return source
    try:
        return work(source.raw, source.origin, now)
    except ConsoleError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("Reading %s failed", source.origin)
        said = f"The program failed at this mail ({type(error).__name__}: {error})."
        return Unreadable(source.origin, said, "It is not stored: keep its file, and report this.")


# ---------------------------------------------------------------- in a process of its own

_reader: MailReader | None = None


def _start_worker(settings: ReadingSettings) -> None:
    global _reader
    gc.set_threshold(COLLECT_AFTER)
    _reader = MailReader(settings)


@cache
def _open() -> None:
    """Open all that reading needs, once; the collector then leaves it alone for good."""
    assert _reader is not None
    _reader.open()
    gc.freeze()


def _work_on(
    work: Callable[[MailReader, Item], Result], items: list[Item], needs_words: bool
) -> list[Result]:
    assert _reader is not None
    if needs_words:
        _open()
    return [work(_reader, item) for item in items]
